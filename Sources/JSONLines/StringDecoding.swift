import Basics

extension String {
  /// The text of a JSON string from the bytes between its quotes, which a scanner has accepted: an escape is never shorter
  /// than what it stands for.
  init(unescaping bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count <= 1 << 16 else {
      // Decoded in place: looking at the bytes once more costs less than to hold a long text twice.
      self.init(unsafeUninitializedCapacity: bytes.count) { output in
        StringDecoder.decode(bytes, into: output)
      }
      return
    }
    self = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { output in
      String(validated: UnsafeBufferPointer(rebasing: output[..<StringDecoder.decode(bytes, into: output)]))
    }
  }

  /// The text of bytes that are known to be UTF-8: a line is checked once, as a whole, and not for each of its strings.
  init(validated bytes: UnsafeBufferPointer<UInt8>) {
    guard #available(macOS 26, *) else {
      self.init(decoding: bytes, as: UTF8.self)
      return
    }
    self.init(copying: UTF8Span(unchecked: bytes.span))
  }
}

private struct StringDecoder {
  let source: UnsafePointer<UInt8>
  let count: Int
  let target: UnsafeMutablePointer<UInt8>
  var index = 0
  var written = 0

  /// - Returns: how many bytes were written.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
    guard let source = bytes.baseAddress, let target = output.baseAddress else { return 0 }
    var decoder = StringDecoder(source: source, count: bytes.count, target: target)
    decoder.run()
    return decoder.written
  }

  private mutating func run() {
    while index < count {
      copyPlainBytes()
      if index < count { escape() }
    }
  }

  /// Copies up to the next backslash. Blocks are stored whole: the target lags behind the source, so it has the room.
  private mutating func copyPlainBytes() {
    while index &+ Bytes16.width <= count {
      let bytes = Bytes16(loading: source + index)
      UnsafeMutableRawPointer(target + written).storeBytes(of: bytes, as: Bytes16.self)
      let stops = LaneSet(bytes .== .all(.backslash))
      let length = stops.isEmpty ? Bytes16.width : stops.first
      index &+= length
      written &+= length
      if length < Bytes16.width { return }
    }
    while index < count && source[index] != .backslash {
      put(source[index])
      index &+= 1
    }
  }

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    target[written] = byte
    written &+= 1
  }

  private mutating func escape() {
    let letter = source[index &+ 1]
    index &+= 2
    switch letter {
    case 0x75: unicodeEscape()
    case 0x6E: put(0x0A)
    case 0x74: put(0x09)
    case 0x72: put(0x0D)
    case 0x62: put(0x08)
    case 0x66: put(0x0C)
    default: put(letter)
    }
  }

  /// From the first digit. Two halves of a pair become one character, a half alone U+FFFD.
  private mutating func unicodeEscape() {
    let unit = UInt32(HexQuad(source + index).codeUnit)
    index &+= 4
    guard unit & 0xF800 == 0xD800 else { return put(scalar: unit) }
    if unit < 0xDC00, index &+ 6 <= count, source[index] == .backslash, source[index &+ 1] == 0x75 {
      let low = UInt32(HexQuad(source + index + 2).codeUnit)
      if low & 0xFC00 == 0xDC00 {
        index &+= 6
        return put(scalar: 0x10000 &+ (unit & 0x3FF) &<< 10 &+ (low & 0x3FF))
      }
    }
    put(scalar: 0xFFFD)
  }

  private mutating func put(scalar: UInt32) {
    func continuation(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | (scalar &>> shift & 0x3F)) }
    func lead(_ mark: UInt32, _ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: mark | scalar &>> shift) }
    switch scalar {
    case ..<0x80:
      put(UInt8(truncatingIfNeeded: scalar))
    case ..<0x800:
      put(lead(0xC0, 6))
      put(continuation(0))
    case ..<0x10000:
      put(lead(0xE0, 12))
      put(continuation(6))
      put(continuation(0))
    default:
      put(lead(0xF0, 18))
      put(continuation(12))
      put(continuation(6))
      put(continuation(0))
    }
  }
}
