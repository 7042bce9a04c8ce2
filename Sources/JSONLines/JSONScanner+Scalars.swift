import Basics

extension JSONScanner {
  /// Skips the rest of a string, from the byte after its opening quote to the byte after its closing quote.
  /// - Returns: whether the string has escapes.
  @inline(__always)
  mutating func string() throws(JSONFault) -> Bool {
    // Keys and short values mostly end in the first block.
    let stops = LaneSet(Bytes16(base, at: index, limit: limit).stringStops)
    if !stops.isEmpty && byte(at: index &+ stops.first) == .quote {
      index &+= stops.first &+ 1
      return false
    }
    let (end, hasEscapes) = try endOfLongString()
    index = end
    return hasEscapes
  }

  @inline(never)
  private func endOfLongString() throws(JSONFault) -> (index: Int, hasEscapes: Bool) {
    var scanner = self
    let hasEscapes = try scanner.longString()
    return (scanner.index, hasEscapes)
  }

  @inline(__always)
  private mutating func longString() throws(JSONFault) -> Bool {
    let start = index
    var hasEscapes = false
    var escapes = EscapeState()
    while index < end {
      let block = Bytes16(base, at: index, limit: limit)
      let backslashes = LaneSet(block .== .all(.backslash)).bits
      var stops = LaneSet((block .== .all(.quote)) .| (block .< .all(0x20))).bits
      if backslashes | stops == 0 && !escapes.isOpen {
        index &+= Bytes16.width
        skipPlainBytes()
        continue
      }
      if backslashes != 0 || escapes.isOpen {
        hasEscapes = true
        let escaped = escapes.escapedLanes(backslashes)
        stops &= ~(escaped &* 15)
        // Lanes after the first stop are not part of this string.
        let inside = stops ^ (stops &- 1)
        guard escapes.areValid(escaped, in: block, inside) else { throw stringFault(from: start) }
      }
      if stops != 0 {
        index &+= stops.trailingZeroBitCount &>> 2
        guard byte == .quote else { throw stringFault(from: start) }
        index &+= 1
        return hasEscapes
      }
      index &+= Bytes16.width
    }
    throw stringFault(from: start)
  }

  /// Skips bytes that cannot end a string, four blocks at a time. In the last four blocks it goes to the exact stop,
  /// without a hard-to-predict branch on which of them holds it.
  @inline(__always)
  private mutating func skipPlainBytes() {
    while index &+ 64 <= limit {
      let a = Bytes16(loading: base + index).stringStops
      let b = Bytes16(loading: base + index + 16).stringStops
      let c = Bytes16(loading: base + index + 32).stringStops
      let d = Bytes16(loading: base + index + 48).stringStops
      let ab = a .| b
      if !LaneSet(ab .| (c .| d)).isEmpty {
        let inFirstHalf = !LaneSet(ab).isEmpty
        let near = LaneSet(inFirstHalf ? a : c)
        let far = LaneSet(inFirstHalf ? b : d)
        index &+= (inFirstHalf ? 0 : 32) &+ (near.isEmpty ? 16 &+ far.first : near.first)
        return
      }
      index &+= 64
    }
  }

  /// Finds the fault in the string from `start` on, byte by byte, since this happens only once for a line.
  @inline(never)
  private func stringFault(from start: Int) -> JSONFault {
    var scanner = self
    scanner.index = start
    while scanner.index < end {
      let stop = scanner.byte
      if stop < 0x20 { return scanner.fault("unescaped control character in a string") }
      scanner.index += 1
      guard stop == .backslash, scanner.index < end else { continue }
      if scanner.byte == 0x75 {
        guard scanner.index + 5 <= end, HexQuad(base + scanner.index + 1).isValid else {
          return scanner.fault("expected four hexadecimal digits after \\u")
        }
      } else if !#""\/bfnrt"#.utf8.contains(scanner.byte) {
        return scanner.fault("unknown escape in a string")
      }
      scanner.index += 1
    }
    return scanner.fault("unterminated string")
  }
}

extension JSONScanner {
  /// Skips `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
  @inline(__always)
  mutating func number() throws(JSONFault) {
    if let length = shortNumber() {
      index &+= length
    } else {
      index = try endOfLongNumber()
    }
  }

  /// The length of a number without an exponent that ends within a block, found without a branch for each digit; nil
  /// for all other numbers, malformed ones included.
  @inline(__always)
  private func shortNumber() -> Int? {
    let sign = byte == 0x2D ? 1 : 0
    var others = ~LaneSet(Bytes16(base, at: index, limit: limit).decimalDigits).bits & ~UInt64(15 &* sign)
    var length = others.trailingZeroBitCount &>> 2
    let startsWithZero = byte(at: index &+ sign) == 0x30
    if length == sign || length >= Bytes16.width &- 1 || (startsWithZero && length > sign &+ 1) { return nil }
    if byte(at: index &+ length) == 0x2E {
      others &= ~0 &<< UInt64(truncatingIfNeeded: length &* 4 &+ 4)
      let fraction = others.trailingZeroBitCount &>> 2
      if fraction == Bytes16.width || fraction == length &+ 1 { return nil }
      length = fraction
    }
    return byte(at: index &+ length) | 0x20 == 0x65 ? nil : length
  }

  @inline(never)
  private func endOfLongNumber() throws(JSONFault) -> Int {
    var scanner = self
    try scanner.longNumber()
    return scanner.index
  }

  private mutating func longNumber() throws(JSONFault) {
    if byte == 0x2D { index &+= 1 }
    if byte == 0x30 {
      index &+= 1
      if isDigit { throw fault("a number cannot begin with 0") }
    } else {
      try digits()
    }
    if byte == 0x2E {
      index &+= 1
      try digits()
    }
    if byte | 0x20 == 0x65 {
      index &+= 1
      if byte == 0x2B || byte == 0x2D { index &+= 1 }
      try digits()
    }
  }

  @inline(__always)
  private var isDigit: Bool { byte &- 0x30 < 10 }

  @inline(__always)
  private mutating func digits() throws(JSONFault) {
    guard isDigit else { throw fault("expected a digit") }
    repeat { index &+= 1 } while isDigit
  }
}
