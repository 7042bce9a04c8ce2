/// Reads the dateline in front of a report: where, when and by which agency it was sent.
///
/// All datelines follow one pattern: an optional author, a place, an optional date, an agency in brackets, a dash.
/// Except in the first sentence, a place in capitals, a date or an agency is required, so that "The mayor — long a
/// critic — gave in" is left unchanged.
struct DatelineParser {
  private let bytes: Bytes
  private let start: Int
  private let limit: Int
  private let end: Int
  /// Whether this is the first sentence of the text. Only there may a dateline be a name alone: "Berlin – Die Minister
  /// …".
  private let isFirst: Bool

  /// Returns where the sentence begins after its dateline: its start if it has none, its end if nothing follows.
  static func end(in sentence: SentenceRange, isFirst: Bool, _ bytes: Bytes) -> Int {
    var index = sentence.start
    let opensBracket = bytes[index] == 0x28 && index + 1 < sentence.end && scalar(bytes, at: index + 1).isUnspaced
    if opensBracket || scalar(bytes, at: index).value >= 0x3000 { return EasternDateline.end(in: sentence, bytes) }
    // A list mark in front: "- LONDON (Reuters) - ".
    if sentence.end - index > 8, BoilerplateFilter.isDash(scalar(bytes, at: index)) {
      let mark = index + scalar(bytes, at: index).length
      if bytes[mark] == 0x20 { index = mark + 1 }
    }
    // A second dateline may follow the first: "(ANSA) - ROMA, 26 APR - ".
    let first = index
    for _ in 0..<2 {
      let parser = DatelineParser(index, sentence, isFirst: isFirst, bytes)
      guard let next = parser.parse() else { break }
      index = next
    }
    return index == first ? sentence.start : index
  }

  /// Whether what was read is a dateline and nothing else: it begins with a word in capitals or holds an agency in
  /// brackets, which is one word, and no small letter follows. A date before a dash may be that of an entry in a list, and
  /// a term may have its meaning behind a dash: "CPI (consumer prices) - is published each month".
  static func isCertain(from start: Int, to end: Int, _ bytes: Bytes) -> Bool {
    guard end < bytes.count, scalar(bytes, at: end).kind != .letter || scalar(bytes, at: end).isUnspaced else {
      return false
    }
    let first = scalar(bytes, at: start)
    if first.kind == .upper, scalar(bytes, at: start + first.length).kind == .upper { return true }
    guard let opening = bytes[start..<end].firstIndex(of: 0x28),
      let closing = bytes[opening..<end].firstIndex(of: 0x29)
    else { return false }
    return !bytes[opening..<closing].contains(0x20)
  }

  static let longest = 100

  private init(_ start: Int, _ sentence: SentenceRange, isFirst: Bool, _ bytes: Bytes) {
    self.bytes = bytes
    self.start = start
    self.isFirst = isFirst
    end = sentence.end
    limit = min(sentence.end, start + Self.longest)
  }

  private struct DatelineSegment: OptionSet {
    let rawValue: UInt8
    static let number = DatelineSegment(rawValue: 1)
    static let word = DatelineSegment(rawValue: 2)
  }

  /// The state of the reading so far.
  private struct DatelineReading {
    var words = 0
    var letters = 0
    var isCapitalized = true
    var hasDigit = false
    /// Whether the text since the last comma has a number and a word, as in ", 26 abr".
    /// Three numbers are one as well: ", 27.6.2025".
    var hasDate: Bool {
      segment == [.number, .word] || segment == .number && (numbers == 3 || isBehindDate && numbers == 1)
    }
    /// Whether the part before the last comma was a date, which a year may follow: ", March 4, 2024".
    var isBehindDate = false
    var segment: DatelineSegment = []
    /// The numbers since the last comma.
    var numbers = 0
    var hasComma = false
    /// The index of the first opening bracket; `closed` is the index after the last closing one, or -1.
    var opened: Int?
    var closed = -1
    /// Whether the first word is in capitals.
    var startsInCapitals = false
  }

  private func parse() -> Int? {
    if let agency = afterBareAgency() { return agency }
    guard
      BoilerplateFilter.mayHaveDash(bytes, from: start, to: limit + 2)
        || ByteVector.mayFind(in: bytes, from: start, to: limit, { $0.lanes(of: 0x28) .| $0.lanes(of: 0x2F) })
        || isFirst && startsInCapitals
    else { return nil }
    var reading = DatelineReading()
    reading.startsInCapitals = startsInCapitals
    var index = start
    while index < limit {
      let next = scalar(bytes, at: index)
      switch next.kind {
      case .upper, .letter, .mark, .digit:
        guard read(next, &reading) else { return nil }
        index += next.length
        continue
      case .opener where next.value == 0x28 && reading.opened == nil: reading.opened = index
      case .closer where next.value == 0x29 && reading.opened != nil:
        reading.closed = index + 1
        if let end = afterBracket(reading) { return end }
      case .space: break
      default:
        if BoilerplateFilter.isDash(next) || next.value == 0x3A, let after = afterDash(index, next, reading) {
          return after
        }
        if next.value == 0x2C || next.value == 0x60C {
          reading.isBehindDate = reading.hasComma && reading.hasDate
          reading.segment = []
          reading.numbers = 0
          reading.hasComma = true
        }
        if next.value == 0x3A, let after = afterColon(index, reading) { return after }
        // In Korean "=" takes the place of the dash after the agency and the reporter: "(서울=연합뉴스) 홍길동 기자 = ".
        if next.value == 0x3D, reading.closed > 0, index + 2 < end, bytes[index - 1] == 0x20, bytes[index + 1] == 0x20 {
          return index + 2
        }
        if next.value == 0x2F, reading.startsInCapitals, reading.hasDate, let after = afterSlashes(index) {
          return after
        }
        guard mayStandInside(next, at: index, reading) else { return nil }
      }
      reading.letters = 0
      index += next.length
    }
    return nil
  }

  /// Reads one letter or digit. Returns false for a word that no dateline contains: an uncapitalised word of more than
  /// three letters, unless it is in brackets or follows a number ("26 abril"). Also returns false after 14 words.
  private func read(_ next: ScannedScalar, _ reading: inout DatelineReading) -> Bool {
    if reading.letters == 0 {
      reading.words += 1
      reading.isCapitalized =
        next.kind != .letter || lowercased(next.value) != next.value || Self.isCaseless(next.value)
    }
    if next.kind == .digit {
      reading.hasDigit = true
      if reading.letters == 0 { reading.numbers += 1 }
      reading.segment.insert(.number)
    } else if reading.opened == nil {
      reading.segment.insert(.word)
    }
    reading.letters += 1
    if reading.opened != nil && reading.closed < 0 || reading.hasDigit || reading.isCapitalized {
      return reading.words <= 14
    }
    return reading.letters <= 3
  }

  /// Whether a letter belongs to a script without capitals.
  private static func isCaseless(_ value: UInt32) -> Bool { value >= 0x590 && value < 0x1E00 || value > 0x2C00 }

  private func mayStandInside(_ next: ScannedScalar, at index: Int, _ reading: DatelineReading) -> Bool {
    switch next.value {
    case 0x2C, 0x2E, 0x27, 0x2019, 0x2D, 0x2010, 0x2F, 0x60C, 0x26: true
    default: reading.opened != nil && reading.closed < 0
    }
  }

  private var startsInCapitals: Bool {
    var index = start
    var upper = 0
    while index < limit, bytes[index] != 0x20, bytes[index] != 0x2C {
      let next = scalar(bytes, at: index)
      if next.kind == .letter && bytes[start] != 0x28 { return false }
      if next.kind == .upper { upper += 1 }
      index += next.length
    }
    return upper >= 2
  }

  /// Returns where the report begins after a dash; nil if the dash does not end a dateline.
  private func afterDash(_ index: Int, _ dash: ScannedScalar, _ reading: DatelineReading) -> Int? {
    guard index > start else { return nil }
    let isBehindAgency = reading.closed > 0 && index - reading.closed <= 2
    let isApart = bytes[index - 1] == 0x20 || dash.value == 0x2014
    guard isApart || isBehindAgency, dash.value != 0x3A || isBehindAgency else { return nil }
    var after = index
    while after < end, scalar(bytes, at: after).value == dash.value { after += dash.length }
    guard after < end, bytes[after] == 0x20 || dash.value == 0x2014 else { return nil }
    while after < end, bytes[after] == 0x20 { after += 1 }
    guard after < end else { return nil }
    if isBehindAgency { return isAgency(reading) ? after : nil }
    if reading.startsInCapitals { return isNothingButAnAgency(after, reading) ? end : after }
    if reading.hasComma && reading.hasDate { return after }
    // A state: "Lyde, Conn. – ".
    let isState = reading.hasComma && reading.words <= 4 && bytes[index - 1] == 0x20 && bytes[index - 2] == 0x2E
    if isFirst && isState { return after }
    guard isFirst, reading.words <= 3 else { return nil }
    return isStarter(at: after) || isLonePlace(before: after, reading) ? after : nil
  }

  /// Whether up to two words before the only dash of a whole sentence are its place: "München – Kurz vor Mitternacht
  /// …". A second dash would make the words between the two an aside.
  private func isLonePlace(before after: Int, _ reading: DatelineReading) -> Bool {
    guard reading.words <= 2, !reading.hasDigit, reading.opened == nil, end - after >= Self.shortestReport,
      scalar(bytes, at: after).kind == .upper
    else { return false }
    var index = after
    while index + 3 < end {
      if bytes[index] == 0x20 {
        let dash = scalar(bytes, at: index + 1)
        if BoilerplateFilter.isDash(dash), bytes[index + 1 + dash.length] == 0x20 { return false }
      }
      index += 1
    }
    return true
  }

  /// The length in bytes of the shortest sentence that a place may open without other signs.
  private static let shortestReport = 50

  /// Returns where the report begins after a place in capitals and a colon: "NEW DELHI: The minister". A single word
  /// may be a speaker or a subject, unless a sentence follows. A whole date may stand between: "Lyde, Ohio, Monday, March
  /// 4, 2024: The mayor".
  private func afterColon(_ index: Int, _ reading: DatelineReading) -> Int? {
    if isFirst, reading.isBehindDate, reading.hasDate, reading.opened == nil, index + 2 < end, bytes[index + 1] == 0x20,
      isStarter(at: index + 2)
    {
      return index + 2
    }
    guard isFirst, reading.startsInCapitals, reading.words <= 3, reading.opened == nil, index + 2 < end,
      bytes[index + 1] == 0x20, bytes[start..<index].allSatisfy({ $0 &- 0x61 >= 26 }),
      scalar(bytes, at: index + 2).kind == .upper
    else { return nil }
    return reading.words > 1 || isStarter(at: index + 2) ? index + 2 : nil
  }

  /// Whether the part in brackets is short and begins near the start of the dateline.
  private func isAgency(_ reading: DatelineReading) -> Bool {
    guard let opened = reading.opened else { return false }
    return reading.closed - opened <= 32 && opened - start <= 72
  }

  /// Returns where the report begins after a date and an agency, which need no dash: "नयी दिल्ली, 26 अप्रैल (भाषा)
  /// सरकार", "MADRID, 26 abr (EFE). El gobierno".
  private func afterBracket(_ reading: DatelineReading) -> Int? {
    guard reading.hasComma, reading.hasDate, isAgency(reading),
      reading.startsInCapitals || Self.isCaseless(scalar(bytes, at: start).value) || isInCapitals(reading)
    else { return nil }
    var after = reading.closed
    if after < end, bytes[after] == 0x2E || bytes[after] == 0x3A { after += 1 }
    guard after < end, bytes[after] == 0x20 else { return nil }
    while after < end, bytes[after] == 0x20 { after += 1 }
    guard after < end else { return nil }
    let next = scalar(bytes, at: after)
    return next.isWord || next.kind == .closer || next.kind == .opener ? after : nil
  }

  /// Whether the part in brackets is capitals alone: "(PTI)", but not "(born in 1911)".
  private func isInCapitals(_ reading: DatelineReading) -> Bool {
    guard let opened = reading.opened, reading.closed - opened >= 4 else { return false }
    return bytes[opened + 1..<reading.closed - 1].allSatisfy { $0 &- 0x41 < 26 }
  }

  /// Returns where the report begins after an agency between slashes: "МОСКВА, 26 апреля. /ТАСС/. ".
  private func afterSlashes(_ index: Int) -> Int? {
    var after = index + 1
    while after < min(end, index + 20), bytes[after] != 0x2F { after += 1 }
    guard after < end, bytes[after] == 0x2F else { return nil }
    after += 1
    while after < end, bytes[after] == 0x2E || bytes[after] == 0x20 { after += 1 }
    return after
  }

  /// Whether only an agency follows: "МОСКВА, 26 апр — РИА Новости.". Up to three capitalised words contain no verb.
  private func isNothingButAnAgency(_ after: Int, _ reading: DatelineReading) -> Bool {
    guard reading.hasDate, end - after <= 40 else { return false }
    var index = after
    var words = 0
    var isInWord = false
    while index < end {
      let next = scalar(bytes, at: index)
      if next.isWord, !isInWord {
        words += 1
        if next.kind != .upper { return false }
      }
      isInWord = next.isWord
      index += next.length
    }
    return words <= 3
  }

  /// Whether a capitalised stop word of any language is at `index`. Such a word begins a sentence.
  private func isStarter(at index: Int) -> Bool {
    guard scalar(bytes, at: index).kind == .upper else { return false }
    var wordEnd = index
    while wordEnd < end, wordEnd - index < 24, scalar(bytes, at: wordEnd).isWord {
      wordEnd += scalar(bytes, at: wordEnd).length
    }
    return WordLexicon.shared.isStopWord(index..<wordEnd, bytes)
  }

  /// Returns where the report begins after an agency at the very start without a dash: "(CNN)The ministers".
  private func afterBareAgency() -> Int? {
    guard bytes[start] == 0x28 else { return nil }
    var index = start + 1
    while index < end, asciiKind(bytes[index]) == .upper || bytes[index] == 0x20 { index += 1 }
    let length = index - start
    guard length >= 3, length <= 12, index + 1 < end, bytes[index] == 0x29 else { return nil }
    let after = bytes[index + 1] == 0x20 ? index + 2 : index + 1
    return after < end && scalar(bytes, at: after).kind == .upper ? after : nil
  }
}

extension BoilerplateFilter {
  /// Whether there may be a long dash, or a hyphen or underscore after a space. This check rules out most sentences.
  static func mayHaveDash(_ bytes: Bytes, from start: Int, to end: Int) -> Bool {
    guard let base = bytes.baseAddress, start > 0, bytes.count > ByteVector.width else { return true }
    let last = bytes.count - ByteVector.width
    var found = ByteVector.Lanes(repeating: false)
    var index = start
    while index < end {
      let position = min(index, last)
      let (block, before) = (ByteVector(base + position), ByteVector(base + position - 1))
      // The last two bytes of U+2013 and U+2014.
      let long = (block.lanes(of: 0x93) .| block.lanes(of: 0x94)) .& before.lanes(of: 0x80)
      let short = (block.lanes(of: 0x2D) .| block.lanes(of: 0x5F)) .& before.lanes(of: 0x20)
      found = found .| long .| short
      index &+= ByteVector.width
    }
    return ByteVector.isAny(found)
  }

  static func isDash(_ scalar: ScannedScalar) -> Bool {
    scalar.value == 0x2D || scalar.value == 0x5F || scalar.value == 0x2013 || scalar.value == 0x2014
  }
}

/// Reads the dateline of a Chinese or Japanese report: the mark of a telegram, or its sender in brackets.
enum EasternDateline {
  /// Returns where the report begins after the mark of a telegram and its sender in brackets: "新华社北京4月26日电（记者王小明）",
  /// "（中央社台北26日電）", "【ロンドン時事】".
  static func end(in sentence: SentenceRange, _ bytes: Bytes) -> Int {
    let limit = min(sentence.end, sentence.start + DatelineParser.longest)
    var index = sentence.start
    var opener = scalar(bytes, at: index)
    if opener.kind == .opener, let close = bracketEnd(from: index, to: limit, bytes) {
      guard opener.value == 0x3010 || namesSender(index, close, bytes) else { return sentence.start }
      return close < sentence.end ? close : sentence.start
    }
    var previous: UInt32 = 0
    while index < limit {
      let next = scalar(bytes, at: index)
      guard next.isUnspaced || next.kind == .digit || next.kind == .space else { return sentence.start }
      index += next.length
      // The marks of a telegram: 日电, 日電, 日讯, 日訊.
      if previous == 0x65E5, [0x7535, 0x96FB, 0x8BAF, 0x8A0A].contains(next.value) { break }
      if next.kind != .space { previous = next.value }
    }
    guard index < limit else { return sentence.start }
    while index < limit, scalar(bytes, at: index).kind == .space { index += scalar(bytes, at: index).length }
    guard index < limit else { return sentence.start }
    opener = scalar(bytes, at: index)
    if opener.kind == .opener, let close = bracketEnd(from: index, to: limit, bytes) { index = close }
    while index < sentence.end, scalar(bytes, at: index).kind == .space { index += scalar(bytes, at: index).length }
    return index < sentence.end ? index : sentence.start
  }

  private static func bracketEnd(from start: Int, to limit: Int, _ bytes: Bytes) -> Int? {
    var index = start
    while index < limit {
      let next = scalar(bytes, at: index)
      index += next.length
      if next.value == 0x3011 || next.value == 0xFF09 || next.value == 0x29 { return index }
    }
    return nil
  }

  /// Whether brackets name a sender: 社 is an agency, 电, 電, 讯 or 訊 a telegram, 记 or 記 a reporter.
  private static func namesSender(_ start: Int, _ end: Int, _ bytes: Bytes) -> Bool {
    var index = start
    while index < end {
      let next = scalar(bytes, at: index)
      if [0x793E, 0x7535, 0x96FB, 0x8BAF, 0x8A0A, 0x8BB0, 0x8A18].contains(next.value) { return true }
      index += next.length
    }
    return false
  }
}
