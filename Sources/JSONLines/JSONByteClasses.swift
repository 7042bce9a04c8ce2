import Basics

// The classes of bytes in JSON text, for one byte and for sixteen at a time.

extension UInt8 {
  package static var quote: UInt8 { 0x22 }
  package static var backslash: UInt8 { 0x5C }
  package static var newline: UInt8 { 0x0A }
  package static var carriageReturn: UInt8 { 0x0D }

  /// Whether the byte is JSON white space: space, tab, line feed, carriage return.
  @inline(__always)
  package var isJSONSpace: Bool {
    self <= 0x20 && (self == 0x20 || self == .newline || self == .carriageReturn || self == 0x09)
  }
}

extension Collection<UInt8> {
  /// Whether there are only spaces, tabs and carriage returns, or no bytes at all.
  package var isBlankLine: Bool {
    if let first, first > 0x20 { return false }
    return allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == .carriageReturn }
  }
}

extension Bytes16 {
  /// The lanes that end a run of plain bytes in a JSON string: quotes, backslashes, control characters.
  @inline(__always)
  var stringStops: Lanes16 {
    (self .== .all(.quote)) .| (self .== .all(.backslash)) .| (self .< .all(0x20))
  }

  /// The lanes with a byte that may follow a backslash: `"` `/` `\` `b` `f` `n` `r` `t` `u`.
  @inline(__always)
  var escapeLetters: Lanes16 {
    let signs = (self .== .all(.quote)) .| (self .== .all(0x2F)) .| (self .== .all(.backslash))
    let bf = (self .== .all(0x62)) .| (self .== .all(0x66))
    let nr = (self .== .all(0x6E)) .| (self .== .all(0x72))
    let tu = (self .== .all(0x74)) .| (self .== .all(0x75))
    return (signs .| bf) .| (nr .| tu)
  }

  @inline(__always)
  var hexDigits: Lanes16 {
    let letters = (self | .all(0x20)) &- .all(0x61)
    return decimalDigits .| (letters .< .all(6))
  }

  @inline(__always)
  var decimalDigits: Lanes16 { (self &- .all(0x30)) .< .all(10) }

  /// The lanes at which a writer has to stop: `stringStops`, DEL, and the lead byte of U+0080 to U+00BF.
  @inline(__always)
  var writerStops: Lanes16 {
    stringStops .| (self .== .all(0x7F)) .| (self .== .all(0xC2))
  }

  /// The lanes of a verbatim JSON value at which the writer may have to change something.
  @inline(__always)
  var verbatimStops: Lanes16 {
    (self .== .all(.backslash)) .| (self .== .all(0x7F)) .| (self .== .all(0xC2))
  }
}
