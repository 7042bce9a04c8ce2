/// Openings of lines that point elsewhere or state who and when: "Read more", "Photo:", "Updated on".
enum BoilerplatePhrases {
  /// The length in bytes up to which a request to the reader says nothing else.
  static let shortLine = 64

  /// Returns what the first words of a sentence tell about it.
  static func kinds(of sentence: SentenceRange, _ bytes: Bytes) -> LineKinds {
    LineOpenings.boilerplate.kinds(of: Bytes(rebasing: bytes[sentence.start..<sentence.end]))
  }

  static func opens(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    opens(sentence, kinds(of: sentence, bytes), bytes)
  }

  /// Whether a sentence, whose kinds these are, opens with a phrase that no prose opens with.
  static func opens(_ sentence: SentenceRange, _ kinds: LineKinds, _ bytes: Bytes) -> Bool {
    if kinds.contains(.bracketedCredit) { return true }
    let start = afterMarks(sentence, bytes)
    let line = Bytes(rebasing: bytes[start..<sentence.end])
    let kinds = start == sentence.start ? kinds : LineOpenings.boilerplate.kinds(of: line)
    if kinds.isDisjoint(with: [.boilerplate, .seriesNote, .call, .heading, .byline]) { return false }
    if kinds.contains(.boilerplate) { return true }
    if kinds.contains(.seriesNote), isNoteOnSeries(line) { return true }
    if kinds.contains(.call), line.count <= shortLine { return true }
    if kinds.contains(.heading), !sentence.isTerminated, line.count <= 2 * shortLine { return true }
    return kinds.contains(.byline) && isByline(line, isTerminated: sentence.isTerminated)
  }

  /// Returns the index of the first word after brackets, stars, bars and similar marks: "[Photo: …", "*This post was
  /// originally …".
  private static func afterMarks(_ sentence: SentenceRange, _ bytes: Bytes) -> Int {
    var index = sentence.start
    while index < sentence.end {
      switch bytes[index] {
      case 0x5B, 0x28, 0x2A, 0x7C, 0x3E, 0x2D, 0x20, 0x5F: index += 1
      default: return index
      }
    }
    return sentence.start
  }

  private static let series = PackedWordSet("series")

  /// Whether a line is a note on a series: "This is part five of a series on harbours", "Part 3 of 7", "This story is
  /// the latest in a series".
  private static func isNoteOnSeries(_ line: Bytes) -> Bool {
    guard line.count <= 200 else { return false }
    var words = 0
    var wasOf = false
    var index = 0
    while index < line.count, words < 18 {
      while index < line.count, line[index] <= 0x20 { index += 1 }
      let start = index
      while index < line.count, line[index] > 0x20, line[index] != 0x2C, line[index] != 0x2E, line[index] != 0x3A {
        index += 1
      }
      let word = PackedWord(Bytes(rebasing: line[start..<index]))
      if series.contains(word) { return true }
      // "Part 3 of 7", "Part one of ten"
      if wasOf, words == 3, line[0] | 0x20 == 0x70 {
        return start < line.count && (line[start] &- 0x30 < 10 || numbers.contains(word))
      }
      wasOf = word == of
      words += 1
      if index < line.count, line[index] > 0x20 { index += 1 }
    }
    return false
  }

  private static let of = PackedWord("of")
  private static let numbers = PackedWordSet("two three four five six seven eight nine ten eleven twelve")

  /// Whether a line is a byline: a word for "by", names and no full stop, as in "By Jane Doe and John Roe", "Von Jana
  /// Doe, Berlin". With a bar it may have one, of initials: "By Jane Doe | Photographs by the U.S.N.A.".
  private static func isByline(_ line: Bytes, isTerminated: Bool) -> Bool {
    guard line.count > 5, line.count < 90, let space = line.firstIndex(of: 0x20) else { return false }
    return scalar(line, at: space + 1).kind == .upper && (!isTerminated || line.contains(0x7C)) && isMostlyNames(line)
  }

  private static let bylineWords = PackedWordSet("by von par por di da door av od przez")

  /// Whether at least two in three words are capitalised. A line with the English "By" needs no such proof.
  private static func isMostlyNames(_ line: Bytes) -> Bool {
    var (words, capitals, isStart) = (0, 0, true)
    var index = 0
    while index < line.count {
      let next = scalar(line, at: index)
      if isStart, next.kind == .upper || next.kind == .letter {
        words += 1
        if next.kind == .upper { capitals += 1 }
      }
      isStart = next.kind == .space
      index += next.length
    }
    return line[0] | 0x20 == 0x62 || capitals * 3 >= words * 2
  }

  /// Whether a sentence is a caption that ends in a credit: "… on Friday (AP Photo/Jane Doe)", "… Photograph: Jane
  /// Doe/Getty Images".
  static func endsInCredit(_ sentence: SentenceRange, _ survey: SentenceSurvey, _ bytes: Bytes) -> Bool {
    var index = max(sentence.start, sentence.end - 56)
    // Every credit contains one of these bytes.
    guard survey.mayHaveCredit,
      ByteVector.mayFind(
        in: bytes, from: index, to: sentence.end, { $0.lanes(of: 0x28) .| $0.lanes(of: 0x2F) .| $0.lanes(of: 0x3A) })
    else { return false }
    while index < sentence.end {
      switch bytes[index] {
      case 0x28, 0x2F, 0x50, 0x49, 0x43:  // ( / P I C
        if LineOpenings.boilerplate.kinds(of: Bytes(rebasing: bytes[index..<sentence.end])).contains(.credit) {
          return true
        }
      default: break
      }
      index += 1
    }
    return false
  }

  /// Whether a sentence is a caption, a notice of the site or a footer of its feed, wherever its words are in the
  /// sentence.
  static func isOfPage(_ sentence: SentenceRange, _ kinds: LineKinds, _ survey: SentenceSurvey, _ bytes: Bytes) -> Bool
  {
    pointsAtPicture(sentence, kinds, survey, bytes) || speaksOfSite(sentence, kinds, survey, bytes)
      || isFeedFooter(sentence, kinds, bytes)
  }

  /// Whether a sentence is a caption that points at its picture: "A tanker (left) in the harbour", "In this photo, …",
  /// "Jane Doe, right, with sailors".
  static func pointsAtPicture(
    _ sentence: SentenceRange, _ kinds: LineKinds, _ survey: SentenceSurvey, _ bytes: Bytes
  ) -> Bool {
    let line = Bytes(rebasing: bytes[sentence.start..<sentence.end])
    if !kinds.isDisjoint(with: [.picture, .inPicture, .ofPicture]) {
      if kinds.contains(.picture) { return true }
      if kinds.contains(.inPicture),
        words(of: line.prefix(64)).prefix(6).contains(where: { pictureWords.contains($0) })
      {
        return true
      }
      if kinds.contains(.ofPicture),
        words(of: line.prefix(96)).prefix(7).contains(where: { pictureVerbs.contains($0) })
      {
        return true
      }
    }
    return survey.mayHaveSide && namesSides(sentence, bytes)
  }

  /// Whether a side stands in brackets or between commas: "(left)", ", centre right,".
  private static func namesSides(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    var letters: UInt8 = 0
    var mark = sentence.start
    while true {
      mark = ByteVector.find(in: bytes, from: mark, to: sentence.end) { $0.lanes(of: 0x28) .| $0.lanes(of: 0x2C) }
      guard mark < sentence.end else { return false }
      let isBracket = bytes[mark] == 0x28
      let start = isBracket ? mark + 1 : mark + 2
      mark += 1
      guard start + 1 < sentence.end, isBracket || bytes[mark] == 0x20 else { continue }
      let (first, second) = (bytes[start] | 0x20, bytes[start + 1])
      if isBracket, second == 0x29 {
        // "(L)" and "(R)" together are sides; one alone is a party.
        letters |= first == 0x6C ? 1 : first == 0x63 ? 2 : first == 0x72 ? 4 : 0
        if letters.nonzeroBitCount >= 2 { return true }
        continue
      }
      // The first two letters of the sides rule out most words.
      switch (first, second | 0x20) {
      case (0x6C, 0x65), (0x72, 0x69), (0x63, 0x65), (0x61, 0x62), (0x62, 0x65), (0x70, 0x69): break
      default: continue
      }
      var end = start
      while end < sentence.end, bytes[end] != 0x29, bytes[end] != 0x2C, bytes[end] != 0x2E, end - start < 24 {
        end += 1
      }
      guard end < sentence.end, isBracket == (bytes[end] == 0x29) else { continue }
      let words = Bytes(rebasing: bytes[start..<end])
      if sides.contains(PackedWord(Bytes(rebasing: words.prefix { $0 != 0x20 }))), isSide(words) { return true }
    }
  }

  /// Whether the words name a side: "pictured left", "centre right". Fillers may follow the first word.
  private static func isSide(_ words: Bytes) -> Bool {
    words.split(separator: 0x20).enumerated().allSatisfy { index, word in
      let word = PackedWord(Bytes(rebasing: word))
      return sides.contains(word) || index > 0 && fillers.contains(word)
    }
  }

  private static let pictureWords = PackedWordSet(
    "photo photograph picture image handout screengrab screenshot photos pictures images")
  private static let pictureVerbs = PackedWordSet("provided released taken shows show made posted obtained")
  private static let sides = PackedWordSet("left right centre center above below pictured")
  private static let fillers = PackedWordSet(
    "from the in on and far row here with foreground background top bottom of second third")

  /// Whether a site speaks of itself and not of the news: "We use cookies on our site", "Wir nutzen Cookies auf dieser
  /// Website", "You have 3 free articles left".
  static func speaksOfSite(
    _ sentence: SentenceRange, _ kinds: LineKinds, _ survey: SentenceSurvey, _ bytes: Bytes
  ) -> Bool {
    let line = Bytes(rebasing: bytes[sentence.start..<sentence.end])
    if survey.mayHaveCookie, mayHaveCookie(sentence, bytes) {
      var hasCookie = false
      var hasSite = false
      var isAddressed = false
      for word in Self.words(of: line) {
        hasCookie = hasCookie || cookies.contains(word)
        hasSite = hasSite || sites.contains(word)
        isAddressed = isAddressed || addressees.contains(word)
      }
      if hasCookie && hasSite && isAddressed { return true }
    }
    return kinds.contains(.quota) && line.count <= 120 && line.contains { $0 &- 0x30 < 10 }
      && words(of: line).count { quotaWords.contains($0) } >= 2
  }

  private static func words(of line: Bytes.SubSequence) -> [PackedWord] { words(of: Bytes(rebasing: line)) }

  private static func words(of line: Bytes) -> [PackedWord] {
    line.split { $0 <= 0x40 && $0 != 0x2D }.map { PackedWord(Bytes(rebasing: $0)) }
  }

  /// Whether the sentence may contain "ook" in small letters, the middle of "cookie" in all languages.
  private static func mayHaveCookie(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    guard let base = bytes.baseAddress, sentence.end - sentence.start >= 32 else { return false }
    var found = ByteVector.Lanes(repeating: false)
    var index = sentence.start
    while index < sentence.end {
      let position = min(index, max(0, bytes.count - ByteVector.width - 2))
      guard position + ByteVector.width + 2 <= bytes.count else { return true }
      let (o, k) = (ByteVector(base + position + 1), ByteVector(base + position + 2))
      found = found .| (o.lanes(of: 0x6F) .& k.lanes(of: 0x6B) .& ByteVector(base + position).lanes(of: 0x6F))
      index &+= ByteVector.width
    }
    return ByteVector.isAny(found)
  }

  private static let cookies = PackedWordSet("cookie cookies")
  private static let sites = PackedWordSet(
    """
    site website browser consent privacy experience web sitio navegador navegación sito navigateur navigation seite webseite
    einwilligung zustimmung sajt webbplats strona stronie serwis ervaring toestemming policy preferences accept settings advertising
    privacidad confidentialité datenschutz personalise personalize analyse
    """)
  /// Words for the sender of such a notice and for its reader.
  private static let addressees = PackedWordSet(
    """
    we our us you your this wir unsere unserer unseren sie ihre ihnen diese dieser nous notre nos vous votre vos ce cette nosotros
    usted tu tus su sus este esta nós nosso nossa você seu sua noi nostro nostra tuo tua questo wij onze uw deze vi vår våra du din
    denna my nasza nasz twoja tej tego
    """)
  private static let quotaWords = PackedWordSet(
    "free article articles story stories remaining left kostenlose artikel articles artículos gratis restants artigos")

  /// Whether a sentence is the footer that a feed adds to every item: "The post … appeared first on …".
  static func isFeedFooter(_ sentence: SentenceRange, _ kinds: LineKinds, _ bytes: Bytes) -> Bool {
    guard kinds.contains(.footer), sentence.end - sentence.start <= 320 else { return false }
    var wasAppeared = false
    for word in words(of: Bytes(rebasing: bytes[sentence.start..<sentence.end])) {
      if wasAppeared, footerEnds.contains(word) { return true }
      wasAppeared = footerVerbs.contains(word)
    }
    return false
  }

  private static let footerVerbs = PackedWordSet(
    "appeared first originally also erschien apparu primero apareceu proviene verscheen dök pochodzi")
  private static let footerEnds = PackedWordSet("first appeared published zuerst en primeiro da eerst först z")

  /// Whether a sentence ends with a list of contributors: "… and Jane Doe in Geneva contributed to this report."
  static func namesContributors(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    let end = bytes[sentence.end - 1] == 0x2E ? sentence.end - 1 : sentence.end
    // All phrases end in "…rt", "…ry", "…le" or "…ng".
    switch bytes[end - 1] {
    case 0x74, 0x79, 0x65, 0x67: break
    default: return false
    }
    return contributions.contains { phrase in
      let start = end - phrase.utf8CodeUnitCount
      return start > sentence.start
        && bytes[start..<end].elementsEqual(
          UnsafeBufferPointer(start: phrase.utf8Start, count: phrase.utf8CodeUnitCount))
    }
  }

  private static let contributions: [StaticString] = [
    "contributed to this report", "contributed to this story", "contributed to this article", "contributed reporting",
  ]

  /// Whether a sentence is the credit of a picture.
  ///
  /// - Parameter endsCaption: Whether it stands where a caption ends, so that "Source: …" is one too, which elsewhere may
  ///   be the source of a number.
  static func isCredit(_ sentence: SentenceRange, endsCaption: Bool, _ bytes: Bytes) -> Bool {
    let kinds = kinds(of: sentence, bytes)
    return kinds.contains(.credit) || endsCaption && kinds.contains(.pictureCredit)
  }
}
