/// Where in FILE the record of each article of this input stands, in the order of the input: 6 bytes each, in pieces, so
/// that growing copies nothing.
struct OffsetList {
  private static let piece = 1 << 16
  private static let width = 6
  private static let none = UInt64(1) << 48 - 1

  private var pieces: [[UInt8]] = []
  private(set) var count = 0

  /// nil for an article that has no record in FILE. Setting one behind the end lengthens the list.
  subscript(ordinal: Int) -> Int? {
    get {
      guard ordinal < count else { return nil }
      let place = ordinal % Self.piece * Self.width
      var value: UInt64 = 0
      for byte in pieces[ordinal / Self.piece][place..<place + Self.width].reversed() {
        value = value << 8 | UInt64(byte)
      }
      return value == Self.none ? nil : Int(value)
    }
    set {
      while pieces.count <= ordinal / Self.piece {
        pieces.append([UInt8](repeating: 0xFF, count: Self.piece * Self.width))
      }
      count = max(count, ordinal + 1)
      let value = newValue.map { UInt64($0) } ?? Self.none
      let place = ordinal % Self.piece * Self.width
      for byte in 0..<Self.width {
        pieces[ordinal / Self.piece][place + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))
      }
    }
  }

  /// Calls `body` with every offset, in the order of the input.
  func forEach<Failure: Error>(_ body: (Int) throws(Failure) -> Void) throws(Failure) {
    for ordinal in 0..<count {
      if let offset = self[ordinal] { try body(offset) }
    }
  }
}

/// A list of truth values, a bit each.
struct BitList {
  private var words: [UInt64] = []
  private(set) var count = 0

  mutating func append(_ bit: Bool) {
    if count % 64 == 0 { words.append(0) }
    if bit { words[count / 64] |= 1 << UInt64(count % 64) }
    count += 1
  }

  subscript(place: Int) -> Bool { words[place / 64] >> UInt64(place % 64) & 1 == 1 }
}
