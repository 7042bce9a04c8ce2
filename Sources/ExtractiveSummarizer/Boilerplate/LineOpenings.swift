/// What the first words of a line tell about it.
struct LineKinds: OptionSet {
  let rawValue: UInt16
  /// Boilerplate in any line: it points elsewhere or states who and when.
  static let boilerplate = LineKinds(rawValue: 1)
  /// Boilerplate in a short line without a full stop.
  static let heading = LineKinds(rawValue: 2)
  /// Asks something of the reader.
  static let call = LineKinds(rawValue: 4)
  /// Begins with a word for "by".
  static let byline = LineKinds(rawValue: 8)
  /// May be a note on a series.
  static let seriesNote = LineKinds(rawValue: 16)
  /// Points at a picture; `inPicture` and `ofPicture` need a further word for that.
  static let picture = LineKinds(rawValue: 32)
  static let inPicture = LineKinds(rawValue: 64)
  static let ofPicture = LineKinds(rawValue: 128)
  /// May state how many articles are left to read.
  static let quota = LineKinds(rawValue: 256)
  /// May be the footer of a feed.
  static let footer = LineKinds(rawValue: 512)
  /// May have lost its end and run into the next sentence.
  static let runOn = LineKinds(rawValue: 1024)
  /// The heading of story highlights.
  static let highlights = LineKinds(rawValue: 2048)
  /// Describes the author.
  static let editorsNote = LineKinds(rawValue: 4096)
  /// Names the source of a picture.
  static let credit = LineKinds(rawValue: 8192)
  /// Names writers and editors, in brackets.
  static let bracketedCredit = LineKinds(rawValue: 16384)
  /// Names the source of a picture, and nothing else, unless a sentence lost its line end and follows.
  static let pictureCredit = LineKinds(rawValue: 32768)
}

/// Openings of lines with the kinds that they stand for, all found by one look-up.
struct LineOpenings: Sendable {
  /// The first eight bytes of an opening, and the range of all its bytes in `bytes`.
  private struct LineOpening {
    let first: UInt64
    let mask: UInt64
    let start: Int32
    let count: Int32
    let kinds: LineKinds
  }

  /// Openings in groups: those of group `g` have the numbers `bounds[g]..<bounds[g + 1]`.
  private struct OpeningGroups {
    // Allocated once and never freed: the openings live as long as the process.
    let openings: UnsafePointer<LineOpening>
    let bounds: UnsafePointer<Int32>

    init(_ all: borrowing UncheckedList<LineOpening>, group: (LineOpening) -> Int) {
      var bounds = UncheckedList<Int32>(repeating: 0, count: 257)
      for index in 0..<all.count { bounds[group(all[index]) + 1] += 1 }
      for group in 0..<256 { bounds[group + 1] += bounds[group] }
      self.bounds = bounds.leak()
      let openings = UnsafeMutablePointer<LineOpening>.allocate(capacity: all.count)
      for index in 0..<all.count {
        let position = group(all[index])
        (openings + Int(bounds[position])).initialize(to: all[index])
        bounds[position] += 1
      }
      self.openings = UnsafePointer(openings)
    }
  }

  /// Bit sets of the low five bits of the fifth and of the sixth byte of the openings in a group.
  private struct OpeningFilter {
    var fifth: UInt32 = 0
    var sixth: UInt32 = 0

    mutating func insert(_ octet: UInt64, count: Int) {
      fifth |= count > 4 ? Self.bit(octet &>> 32) : ~0
      sixth |= count > 5 ? Self.bit(octet &>> 40) : ~0
    }

    @inline(__always)
    func mayHave(_ octet: UInt64) -> Bool {
      fifth & Self.bit(octet &>> 32) != 0 && sixth & Self.bit(octet &>> 40) != 0
    }

    @inline(__always)
    private static func bit(_ byte: UInt64) -> UInt32 { 1 &<< UInt32(truncatingIfNeeded: byte & 31) }
  }

  private nonisolated(unsafe) let bytes: UnsafePointer<UInt8>
  /// Grouped by a hash of their first three bytes, and by their first byte.
  private nonisolated(unsafe) let byHead: OpeningGroups
  private nonisolated(unsafe) let byFirst: OpeningGroups
  /// The filters of the groups by head. They alone rule out most lines.
  private nonisolated(unsafe) let filters: UnsafePointer<OpeningFilter>

  /// - Parameter lists: Openings of each kind, separated by bars. An ASCII opening has at least three bytes.
  init(_ lists: [(kind: LineKinds, openings: StaticString)]) {
    var bytes = UncheckedList<UInt8>(capacity: 8192)
    var all = UncheckedList<LineOpening>(capacity: 512)
    for list in lists {
      list.openings.withUTF8Buffer { text in
        var start = bytes.count
        for index in 0...text.count {
          if index < text.count, text[index] != UInt8(ascii: "|") {
            // Line ends only wrap the list.
            if text[index] != 0x0A, text[index] != 0x20 || bytes.count > start { bytes.append(text[index]) }
            continue
          }
          let count = bytes.count - start
          if count == 0 { continue }
          precondition(count >= 3 || bytes[start] >= 0x80, "an opening is too short")
          let octet = ByteOctet(bytes.base + start, at: 0, limit: count)
          all.append(
            LineOpening(
              first: octet.bits, mask: ByteOctet.first(min(count, 8)), start: Int32(start), count: Int32(count),
              kinds: list.kind))
          start = bytes.count
        }
      }
    }
    self.bytes = bytes.leak()
    byHead = OpeningGroups(all) { Self.head($0.first) }
    byFirst = OpeningGroups(all) { Int($0.first & 0xFF) }
    var filters = UncheckedList<OpeningFilter>(repeating: OpeningFilter(), count: 256)
    for index in 0..<all.count {
      filters[Self.head(all[index].first)].insert(all[index].first, count: Int(all[index].count))
    }
    self.filters = filters.leak()
  }

  /// A hash of the first three bytes.
  @inline(__always)
  private static func head(_ octet: UInt64) -> Int {
    Int(truncatingIfNeeded: (octet &<< 40 &* 0x9E37_79B9_7F4A_7C15) &>> 56)
  }

  /// Returns the kinds of all openings that the line begins with, ignoring ASCII case. An opening that ends in a letter
  /// must end a word of the line.
  func kinds(of line: Bytes) -> LineKinds {
    guard let base = line.baseAddress, let first = line.first else { return [] }
    let octet = ByteOctet(base, at: 0, limit: line.count)
    let isPlain = octet.bits & ByteOctet.highs == 0
    let lowercased = octet.bits | octet.letters &>> 2
    let head = Self.head(lowercased)
    if isPlain, !filters[head].mayHave(lowercased) { return [] }
    let hasPlainHead = octet.bits & 0x80_8080 == 0
    let groups = hasPlainHead ? byHead : byFirst
    let group = hasPlainHead ? head : Int(Self.lower(first))
    var number = Int(groups.bounds[group])
    let end = Int(groups.bounds[group &+ 1])
    var kinds: LineKinds = []
    while number < end {
      let opening = groups.openings + number
      // Eight bytes distinguish most openings. With a non-ASCII byte among them, such as a curly apostrophe, all bytes
      // are compared.
      if !isPlain || lowercased & opening.pointee.mask == opening.pointee.first,
        matches(bytes + Int(opening.pointee.start), Int(opening.pointee.count), line)
      {
        kinds.formUnion(opening.pointee.kinds)
      }
      number &+= 1
    }
    return kinds
  }

  private func matches(_ opening: UnsafePointer<UInt8>, _ count: Int, _ line: Bytes) -> Bool {
    guard count <= line.count else { return false }
    for offset in 0..<count {
      let byte = Self.lower(line[offset])
      if byte == 0xE2, opening[offset] == 0x27 { return matchesCurly(opening, count, line) }
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
