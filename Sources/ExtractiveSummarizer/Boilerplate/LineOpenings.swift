/// A set of line openings, grouped by their first byte.
struct LineOpenings: Sendable {
  /// The first eight bytes of an opening, and the range of all its bytes in `bytes`.
  private struct Opening {
    let first: UInt64
    let mask: UInt64
    let start: Int32
    let count: Int32
  }

  // Allocated once and never freed: these sets live as long as the process.
  private nonisolated(unsafe) let bytes: UnsafePointer<UInt8>
  private nonisolated(unsafe) let openings: UnsafePointer<Opening>
  /// The openings that begin with byte `b` have the numbers `groups[b]..<groups[b + 1]`.
  private nonisolated(unsafe) let groups: UnsafePointer<Int32>
  /// For each first byte, a bit set of the low five bits of the second bytes. This check alone rules out most lines.
  private nonisolated(unsafe) let seconds: UnsafePointer<UInt32>

  init(_ list: StaticString) {
    let all = list.withUTF8Buffer { text in
      text.split(separator: UInt8(ascii: "|")).map { $0.filter { $0 != 0x0A } }.map(Self.trimmed)
    }
    var bytes = UncheckedList<UInt8>()
    var openings = UncheckedList<Opening>()
    var groups = UncheckedList<Int32>()
    var seconds = UncheckedList<UInt32>(repeating: 0, count: 256)
    var isFirst = [Bool](repeating: false, count: 256)
    for opening in all { isFirst[Int(opening[0])] = true }
    for first in UInt8.min...UInt8.max {
      groups.append(Int32(openings.count))
      for opening in isFirst[Int(first)] ? all : [] where opening[0] == first {
        seconds[Int(first)] |= opening.count > 1 ? 1 << UInt32(opening[1] & 31) : ~0
        let octet = opening.withUnsafeBufferPointer { ByteOctet($0.baseAddress!, at: 0, limit: $0.count) }
        openings.append(
          Opening(
            first: octet.bits, mask: ByteOctet.first(min(opening.count, 8)), start: Int32(bytes.count),
            count: Int32(opening.count)))
        for byte in opening { bytes.append(byte) }
      }
    }
    groups.append(Int32(openings.count))
    self.bytes = bytes.leak()
    self.openings = openings.leak()
    self.groups = groups.leak()
    self.seconds = seconds.leak()
  }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    Array(bytes.drop { $0 == 0x20 })
  }

  /// Whether the line begins with an opening, ignoring ASCII case. An opening that ends in a letter must end a word of
  /// the line.
  func open(_ line: Bytes) -> Bool {
    guard let base = line.baseAddress, let first = line.first else { return false }
    let group = Int(Self.lower(first))
    let octet = ByteOctet(base, at: 0, limit: line.count)
    let isPlain = octet.bits & ByteOctet.highs == 0
    if isPlain, seconds[group] &>> UInt32(truncatingIfNeeded: octet.bits &>> 8 & 31) & 1 == 0 { return false }
    var number = Int(groups[group])
    let end = Int(groups[group &+ 1])
    let lowercased = octet.bits | octet.letters &>> 2
    while number < end {
      let opening = openings + number
      // Eight bytes distinguish most openings. With a non-ASCII byte among them, such as a curly apostrophe, all bytes
      // are compared.
      if !isPlain || lowercased & opening.pointee.mask == opening.pointee.first,
        matches(bytes + Int(opening.pointee.start), Int(opening.pointee.count), line)
      {
        return true
      }
      number &+= 1
    }
    return false
  }

  private func matches(_ opening: UnsafePointer<UInt8>, _ count: Int, _ line: Bytes) -> Bool {
    guard count <= line.count else { return false }
    for offset in 0..<count {
      var byte = Self.lower(line[offset])
      if byte == 0xE2, opening[offset] == 0x27 { return matchesCurly(opening, count, line) }
      if byte == 0xA0 { byte = 0x20 }
      if byte != opening[offset] { return false }
    }
    return endsWord(opening[count - 1], line, count)
  }

  /// Same as `matches`, where the line has U+2019 for the apostrophe.
  private func matchesCurly(_ opening: UnsafePointer<UInt8>, _ count: Int, _ line: Bytes) -> Bool {
    var index = 0
    for offset in 0..<count {
      guard index < line.count else { return false }
      let next = scalar(line, at: index)
      guard next.value == 0x2019 ? opening[offset] == 0x27 : Self.lower(line[index]) == opening[offset] else {
        return false
      }
      index += next.length
    }
    return endsWord(opening[count - 1], line, index)
  }

  private func endsWord(_ last: UInt8, _ line: Bytes, _ index: Int) -> Bool {
    guard last &- 0x61 < 26, index < line.count else { return true }
    return !scalar(line, at: index).isWord
  }

  @inline(__always)
  private static func lower(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
  }
}
