/// The credit of a picture: "Photo: Jane Roe", "© Lower Quay Images".
enum PictureCredit {
  /// The length in bytes within which a label has its mark.
  private static let longestLabel = 16
  /// The maximum number of words of a name with its agency.
  private static let mostWords = 8
  /// The length up to which a small word may be part of a name: "van der", "of".
  private static let longestParticle = 3

  /// Returns the start of the sentence into which a credit runs that lost its line end, "Photo: Jane Roe A ferry ran
  /// aground"; nil if there is no credit or its end cannot be found.
  static func prose(in sentence: SentenceRange, _ bytes: Bytes) -> Int? {
    let first = bytes[sentence.start]
    if first == 0x28 || first == 0x5B { return afterBrackets(sentence, bytes) }
    // A label has a colon or the sign "©", or is one of few words, or of a script without spaces.
    let limit = min(sentence.end, sentence.start + longestLabel)
    guard
      ByteVector.mayFind(in: bytes, from: sentence.start, to: limit, { $0.lanes(of: 0x3A) .| $0.lanes(of: 0xA9) })
        || first | 0x20 == 0x70 || first >= 0xE3,
      BoilerplatePhrases.kinds(of: sentence, bytes).contains(.pictureCredit)
    else { return nil }
    return scalar(bytes, at: sentence.start).isUnspaced ? afterSpace(sentence, bytes) : afterNames(sentence, bytes)
  }

  /// Returns the index behind a credit in brackets at the start of a line: "(AP Photo/Jane Roe) A ferry ran aground".
  /// Within a line, "(Source: …)" is that of the sentence before it.
  private static func afterBrackets(_ sentence: SentenceRange, _ bytes: Bytes) -> Int? {
    let closing: UInt8 = bytes[sentence.start] == 0x28 ? 0x29 : 0x5D
    let limit = min(sentence.end, sentence.start + longestLine)
    guard sentence.opensBlock, let end = bytes[sentence.start..<limit].firstIndex(of: closing), end + 2 < sentence.end,
      bytes[end + 1] == 0x20, !isSmall(end + 2..<sentence.end, bytes)
    else { return nil }
    let inner = SentenceRange(start: sentence.start + 1, end: end)
    let isCredit =
      inner.end > inner.start && BoilerplatePhrases.kinds(of: inner, bytes).contains(.pictureCredit)
      || BoilerplatePhrases.isCredit(sentence, endsCaption: false, bytes)
    return isCredit ? end + 2 : nil
  }

  /// Returns the index behind the space after the name, in a script without spaces.
  private static func afterSpace(_ sentence: SentenceRange, _ bytes: Bytes) -> Int? {
    var index = sentence.start
    while index < sentence.end, index - sentence.start <= longestName {
      let next = scalar(bytes, at: index)
      index += next.length
      if next.kind == .space { return index < sentence.end && scalar(bytes, at: index).isUnspaced ? index : nil }
    }
    return nil
  }

  /// Returns the index of the first word behind the names that begins a sentence.
  private static func afterNames(_ sentence: SentenceRange, _ bytes: Bytes) -> Int? {
    var previous = 0..<0
    var names = 0
    var index = afterLabel(sentence, bytes)
    while true {
      let word = word(from: index, sentence, bytes)
      guard !word.isEmpty, names <= mostWords else { return nil }
      if names > 0, beginsSentence(word, behind: previous, names, sentence, bytes) { return word.lowerBound }
      guard mayBeName(word, bytes) else { return nil }
      names += 1
      previous = word
      index = word.upperBound
    }
  }

  /// Returns the index behind the colon, or the first word of a label without one.
  private static func afterLabel(_ sentence: SentenceRange, _ bytes: Bytes) -> Int {
    let limit = min(sentence.end, sentence.start + longestLabel)
    if let colon = bytes[sentence.start..<limit].firstIndex(of: 0x3A) { return colon + 1 }
    let first = word(from: sentence.start, sentence, bytes)
    return first.upperBound
  }

  private static func word(from index: Int, _ sentence: SentenceRange, _ bytes: Bytes) -> Range<Int> {
    var start = index
    while start < sentence.end, bytes[start] == 0x20 { start += 1 }
    var end = start
    while end < sentence.end, bytes[end] != 0x20 { end += 1 }
    return start..<end
  }

  /// Whether a word has a capital, a digit or a mark, or is short: "Roe/Lower", "(LQT)", "van".
  private static func mayBeName(_ word: Range<Int>, _ bytes: Bytes) -> Bool {
    word.count <= longestParticle || scalar(bytes, at: word.lowerBound).kind != .letter
      || bytes[word].contains(0x2F)
  }

  /// Whether a word behind names begins a sentence: it has a capital and is an article, a pronoun or another word that
  /// is in no name. One name alone may be the first word of a title, and such a word of another language part of a name,
  /// unless a small letter follows soon.
  private static func beginsSentence(
    _ word: Range<Int>, behind previous: Range<Int>, _ names: Int, _ sentence: SentenceRange, _ bytes: Bytes
  ) -> Bool {
    guard scalar(bytes, at: word.lowerBound).kind == .upper, mayEndCredit(previous, bytes) else { return false }
    let isStarter = RunOnLine.starters.contains(PackedWord(Bytes(rebasing: bytes[word])))
    let next = self.word(from: word.upperBound, sentence, bytes)
    let isBeforeSmall = isSmall(next, bytes)
    // What ends in a bracket, has a slash or is alone and in capitals is an agency. The word behind it begins the
    // sentence, whatever it is.
    let isBehindAgency =
      bytes[previous.upperBound - 1] == 0x29 || bytes[previous].contains(0x2F)
      || names == 1 && previous.count > 1 && bytes[previous].allSatisfy { asciiKind($0) == .upper }
    if isBehindAgency && isBeforeSmall { return true }
    guard isStarter || WordLexicon.shared.isStopWord(word, bytes) else { return false }
    if isStarter && names > 1 { return true }
    return isBeforeSmall || isSmall(self.word(from: next.upperBound, sentence, bytes), bytes)
  }

  private static func mayEndCredit(_ word: Range<Int>, _ bytes: Bytes) -> Bool {
    let last = scalar(bytes, before: word.upperBound)
    return (last.isWord || last.value == 0x29) && !RunOnLine.joints.contains(PackedWord(Bytes(rebasing: bytes[word])))
  }

  private static func isSmall(_ word: Range<Int>, _ bytes: Bytes) -> Bool {
    !word.isEmpty && scalar(bytes, at: word.lowerBound).kind == .letter
  }

  /// The length in bytes up to which a line is nothing but a credit, with its label and without.
  private static let longestLine = 96
  private static let longestName = 40

  /// Whether a line without a full stop is the credit below a caption, which is the sentence before it.
  ///
  /// A paragraph may also stand above a picture. So the two must be a block of their own, or the credit be in brackets,
  /// or the sentence be that of the first picture.
  static func isBelowCaption(at index: Int, _ sentences: [SentenceRange], _ bytes: Bytes) -> Bool {
    let (caption, line) = (sentences[index - 1], sentences[index])
    guard caption.opensBlock, caption.isTerminated, index + 1 < sentences.count, line.end - line.start <= longestLine
    else { return false }
    let isInBrackets = isInBrackets(line, bytes)
    let isApart =
      isInBrackets || mayEndFirstCaption(at: index, sentences) || isBlock(from: caption, to: line, bytes)
    guard isApart else { return false }
    return isInBrackets && isAgencyAndName(line, bytes)
      || BoilerplatePhrases.isCredit(line, endsCaption: !mayBeSourceOfFigure(line, of: caption, bytes), bytes)
      || line.end - line.start <= longestName
        && BoilerplatePhrases.endsInCredit(line, SentenceSurvey(line, bytes), bytes)
  }

  /// Whether the sentence at an index stands behind the first one, which is shorter than the one that follows: a caption
  /// is shorter than the lead.
  static func mayEndFirstCaption(at index: Int, _ sentences: [SentenceRange]) -> Bool {
    guard index == 1, sentences.count > 2 else { return false }
    return sentences[0].end - sentences[0].start < sentences[2].end - sentences[2].start
  }

  /// Whether a line without a word for a picture is below a sentence with a figure, of which it names the source:
  /// "Source: Bureau of Statistics".
  private static func mayBeSourceOfFigure(_ line: SentenceRange, of sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    let limit = min(line.end, line.start + longestLabel)
    let label = bytes[line.start..<limit].prefix { $0 != 0x3A && $0 != 0x20 }
    return sources.contains(PackedWord(Bytes(rebasing: label)))
      && bytes[sentence.start..<sentence.end].contains { asciiKind($0) == .digit }
  }

  private static let sources = PackedWordSet("source sources quelle fuente fonte bron källa źródło источник Источник")

  /// Whether a line is an agency of at most three names, a slash and another name: "(AP Photo/Jane Roe)".
  private static func isAgencyAndName(_ line: SentenceRange, _ bytes: Bytes) -> Bool {
    guard let slash = bytes[line.start..<line.end].firstIndex(of: 0x2F),
      scalar(bytes, at: slash + 1).kind == .upper
    else { return false }
    var words = 0
    for index in line.start + 1..<slash where index == line.start + 1 || bytes[index - 1] == 0x20 {
      guard scalar(bytes, at: index).kind == .upper else { return false }
      words += 1
    }
    return (1...3).contains(words)
  }

  private static func isInBrackets(_ line: SentenceRange, _ bytes: Bytes) -> Bool {
    switch bytes[line.start] {
    case 0x28: bytes[line.end - 1] == 0x29
    case 0x5B: bytes[line.end - 1] == 0x5D
    default: false
    }
  }

  /// Whether two lines are a block, between blank lines or at an end of the text.
  private static func isBlock(from first: SentenceRange, to second: SentenceRange, _ bytes: Bytes) -> Bool {
    guard TextBlock.goesOn(after: first.end, bytes), !TextBlock.goesOn(after: second.end, bytes) else { return false }
    var lines = 0
    var index = first.start
    while index > 0, bytes[index - 1] <= 0x20 {
      index -= 1
      if bytes[index] == 0x0A { lines += 1 }
    }
    return index == 0 || lines > 1
  }
}

/// Removes the captions of figures, which are sentences but not part of the report.
enum CaptionRemover {
  /// Returns the text without its captions; the text itself if nothing else would be left.
  ///
  /// - Parameter captions: Where they are in the UTF-8 of the text, in its order.
  static func removed(_ captions: [Range<Int>], from text: String) -> String {
    guard !captions.isEmpty else { return text }
    let bytes = Array(text.utf8)
    var rest: [UInt8] = []
    rest.reserveCapacity(bytes.count)
    var index = 0
    for caption in captions where caption.lowerBound >= index && caption.upperBound <= bytes.count {
      rest += bytes[index..<caption.lowerBound]
      index = caption.upperBound
    }
    rest += bytes[index...]
    return rest.contains { $0 > 0x20 } ? String(decoding: rest, as: UTF8.self) : text
  }
}
