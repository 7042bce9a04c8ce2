extension [UInt8] {
  /// The first place of `byte` at or after `start`; linear, sixteen bytes at a time.
  package func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      let wanted = Bytes16.all(byte)
      var index = start
      while index &+ 4 &* blockWidth <= buffer.count {
        let a = Bytes16(loading: base + index) .== wanted
        let b = Bytes16(loading: base + index + 16) .== wanted
        let c = Bytes16(loading: base + index + 32) .== wanted
        let d = Bytes16(loading: base + index + 48) .== wanted
        if !LaneSet((a .| b) .| (c .| d)).isEmpty { break }
        index &+= 4 &* blockWidth
      }
      while index &+ blockWidth <= buffer.count {
        let found = LaneSet(Bytes16(loading: base + index) .== wanted)
        if !found.isEmpty { return index &+ found.first }
        index &+= blockWidth
      }
      while index < buffer.count {
        if base[index] == byte { return index }
        index &+= 1
      }
      return nil
    }
  }
}

extension Collection<UInt8> {
  /// Space, tab and carriage return only, or nothing at all.
  var isBlankLine: Bool {
    if let first, first > 0x20 { return false }
    return allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == .carriageReturn }
  }
}

enum BlockSearch {
  /// The first place at or after `start` whose lane is in what `stops` makes of a block.
  @inline(__always)
  static func first(
    _ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ stops: (Bytes16) -> Lanes16
  ) -> Int? {
    var index = start
    while index &+ blockWidth <= count {
      let found = LaneSet(stops(Bytes16(loading: base + index)))
      if !found.isEmpty { return index &+ found.first }
      index &+= blockWidth
    }
    guard index < count else { return nil }
    // The rest, in a block of its own; a filler that stops nothing stands after it.
    var rest = Bytes16.all(0x20)
    for lane in 0..<(count &- index) { rest[lane] = base[index &+ lane] }
    let found = LaneSet(stops(rest))
    return found.isEmpty ? nil : index &+ found.first
  }
}
