import Basics

/// Writes the bytes of a string one by one, each escaped if it has to be: at most six bytes for one.
struct Escaper {
  let output: UnsafeMutablePointer<UInt8>
  var count = 0

  @inline(__always)
  mutating func put(_ byte: UInt8) {
    if byte >= 0x20 && byte != .quote && byte != .backslash && byte != 0x7F {
      output[count] = byte
      count &+= 1
      return
    }
    let letter: UInt8
    switch byte {
    case .quote, .backslash: letter = byte
    case .newline: letter = 0x6E
    case .carriageReturn: letter = 0x72
    case 0x09: letter = 0x74
    case 0x08: letter = 0x62
    case 0x0C: letter = 0x66
    default: return put(unicode: byte)
    }
    output[count] = .backslash
    output[count &+ 1] = letter
    count &+= 2
  }

  /// `\u00xx`, in lower case.
  mutating func put(unicode byte: UInt8) {
    output[count] = .backslash
    output[count &+ 1] = 0x75
    output[count &+ 2] = 0x30
    output[count &+ 3] = 0x30
    output[count &+ 4] = Hexadecimal.digit(byte &>> 4)
    output[count &+ 5] = Hexadecimal.digit(byte & 15)
    count &+= 6
  }
}
