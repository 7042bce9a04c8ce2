/// Separates prose from boilerplate such as bylines, captions, share lines, addresses and headings.
enum BoilerplateFilter {
  /// Drops boilerplate and strips datelines; returns all sentences, the first without a dateline, if no
  /// prose would be left.
  static func filter(_ sentences: [SentenceRange], _ bytes: Bytes, title: Bytes = Bytes(start: nil, count: 0))
    -> [SentenceRange]
  {
    if let rows = ResultsTable.rows(in: sentences, bytes) { return rows }
    var kept: [SentenceRange] = []
    kept.reserveCapacity(sentences.count)
    var isAmongHighlights = false
    var followsNote = false
    var mayHaveList = false
    var hasDateline = false
    let endsLines = linesEnd(sentences, bytes)
    for index in sentences.indices {
      var sentence = sentences[index]
      if index == 0 { followsNote = PageHeader.opensNote(sentence, bytes) }
      let endsLine = index + 1 == sentences.count || sentences[index + 1].opensBlock
      if endsLine {
        // The last byte rules out most sentences: 0x9A also ends a wide colon.
        let last = bytes[sentence.end - 1]
        if last == 0x3A || last == 0x9A { mayHaveList = true }
      }
      if PageHeader.opensHighlights(sentence, bytes) {
        isAmongHighlights = !sentence.isTerminated
      } else if isAmongHighlights {
        isAmongHighlights = !sentence.isTerminated
        if isAmongHighlights { continue }
      }
      if index < PageHeader.sentences || kept.isEmpty,
        PageHeader.isPath(sentence, bytes) || PageHeader.repeatsTitle(sentence, title, bytes)
      {
        continue
      }
      sentence = withoutRunOnLine(sentence, bytes)
      let dateline = sentence.start
      sentence = withoutDateline(sentence, isFirst: kept.isEmpty, bytes)
      if sentence.start == sentence.end { continue }
      if sentence.start > dateline {
        if !hasDateline, !kept.isEmpty, index <= mostBlocksBeforeReport,
          sentences[...index].allSatisfy(\.opensBlock) || SentenceScore.isQuestion(sentences[0], bytes),
          DatelineParser.isCertain(from: dateline, to: sentence.start, bytes)
        {
          // The report begins at its dateline. A sentence of its own before it is a caption or sums it up, and a question
          // asks readers for their pictures. Of several reports the others are kept.
          kept.removeAll()
        }
        hasDateline = true
      }
      if followsNote, sentence.start > sentences[index].start {
        // All text before the dateline was the note: "Editor's note: Jane Roe teaches law. She lives in Lyde. (CNN) --
        // The lead".
        kept.removeAll()
        followsNote = false
      }
      if sentence.opensBlock {
        if isDefinition(sentence, bytes) { sentence.isListItem = true }
        if index > 0, endsLine, !sentence.isTerminated, PictureCredit.isBelowCaption(at: index, sentences, bytes) {
          if let last = kept.last, last.end == sentences[index - 1].end { kept.removeLast() }
          continue
        }
      } else if endsLine, sentences[index - 1].opensBlock,
        BoilerplatePhrases.isCredit(
          sentence, endsCaption: PictureCredit.mayEndFirstCaption(at: index, sentences), bytes)
      {
        // The line is a caption: "A tanker in the harbour on Friday. Photograph: Jane Doe".
        if let last = kept.last, last.end == sentences[index - 1].end { kept.removeLast() }
        continue
      }
      if endsLine, !kept.isEmpty, index + 1 < sentences.count,
        ArticleEnd.isIntroduction(sentence, before: sentences[index + 1], bytes)
      {
        continue
      }
      if !kept.isEmpty, sentence.opensBlock, ArticleEnd.isPostscript(sentence, bytes) { continue }
      let survey = SentenceSurvey(sentence, bytes)
      guard isProse(sentence, survey, endsLines: endsLines, isFirst: kept.isEmpty, bytes) else { continue }
      sentence.mayHaveColon = survey.mayHaveCredit
      kept.append(sentence)
    }
    if mayHaveList { ListedItems.remove(from: &kept, sentences, bytes) }
    if !kept.isEmpty { return kept }
    guard let first = sentences.first else { return [] }
    let rest = trimmed(first, isFirst: true, bytes)
    // Nothing is copied where nothing changes.
    return rest.start == first.start || rest.start == first.end ? sentences : [rest] + sentences.dropFirst()
  }

  /// Returns the sentence without a run-on line or a dateline in front of it; empty if it is a byline.
  static func trimmed(_ sentence: SentenceRange, isFirst: Bool, _ bytes: Bytes) -> SentenceRange {
    withoutDateline(withoutRunOnLine(sentence, bytes), isFirst: isFirst, bytes)
  }

  private static func withoutRunOnLine(_ sentence: SentenceRange, _ bytes: Bytes) -> SentenceRange {
    var sentence = sentence
    while let start = RunOnLine.prose(in: sentence, bytes) { sentence.start = start }
    return sentence
  }

  private static func withoutDateline(_ sentence: SentenceRange, isFirst: Bool, _ bytes: Bytes) -> SentenceRange {
    var sentence = sentence
    // "(CNN) -- " may also follow an editor's note.
    if sentence.opensBlock, sentence.end - sentence.start <= StoppedByline.longest,
      StoppedByline.isOne(sentence, isFirst: isFirst, bytes)
    {
      sentence.start = sentence.end
    } else if sentence.opensBlock || isFirst || bytes[sentence.start] == 0x28 {
      sentence.start = DatelineParser.end(in: sentence, isFirst: isFirst, bytes)
    }
    return sentence
  }

  /// Whether a sentence is prose.
  ///
  /// - Parameters:
  ///   - endsLines: Whether most lines of the text end with a full stop, so that one without is a heading.
  ///   - isFirst: Whether no prose precedes the sentence.
  private static func isProse(
    _ sentence: SentenceRange, _ survey: SentenceSurvey, endsLines: Bool, isFirst: Bool, _ bytes: Bytes
  ) -> Bool {
    if sentence.isTerminated, survey.isPlain {
      let kinds = BoilerplatePhrases.kinds(of: sentence, bytes)
      return bytes[sentence.end - 1] != 0x3A && !BoilerplatePhrases.opens(sentence, kinds, bytes)
        && !BoilerplatePhrases.endsInCredit(sentence, survey, bytes)
        && !BoilerplatePhrases.namesContributors(sentence, bytes)
        && !BoilerplatePhrases.isOfPage(sentence, kinds, survey, bytes)
    }
    let shape = LineShape(sentence, bytes)
    if shape.unspaced * 2 > shape.letters {
      return shape.letters >= 4 && !BoilerplatePhrases.opens(sentence, bytes)
        && (sentence.isTerminated || !endsLines || shape.letters >= longestHeading)
    }
    // A word of Arabic or Korean can hold what other languages say in two.
    let fewest = sentence.isTerminated && shape.isCaseless ? 3 : 4
    if shape.words < fewest || shape.letters < (sentence.isTerminated ? 8 : 12) { return false }
    if shape.letters * 2 < sentence.end - sentence.start && shape.isASCII { return false }
    let kinds = BoilerplatePhrases.kinds(of: sentence, bytes)
    if BoilerplatePhrases.opens(sentence, kinds, bytes) || BoilerplatePhrases.endsInCredit(sentence, survey, bytes)
      || BoilerplatePhrases.isOfPage(sentence, kinds, survey, bytes)
    {
      return false
    }
    // An introduction without what it introduces: "Here is how it works:".
    if bytes[sentence.end - 1] == 0x3A { return false }
    guard !sentence.isTerminated else { return true }
    // A caption with its label: "Stranded: The tanker in the harbour on Friday".
    if hasLabel(sentence, bytes) { return false }
    // The source of a quotation: "— Jane Doe, director of the harbour".
    if isDash(scalar(bytes, at: sentence.start)) { return false }
    // The title repeated, or a heading in a script without capitals.
    if endsLines, isFirst || shape.isCaseless, shape.words < longestHeading / 2 { return false }
    // An unterminated line is a heading or a list item, unless it is long enough to be a statement.
    return shape.words >= 8 && !sentence.isListItem && shape.capitalized * 2 < shape.words
  }

  static func hasLabel(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    let limit = min(sentence.end - 1, sentence.start + longestLabel)
    guard sentence.start < limit else { return false }
    return (sentence.start..<limit).contains { bytes[$0] == 0x3A && bytes[$0 + 1] == 0x20 }
  }

  private static let longestLabel = 24
  /// The maximum number of lines of a page before its report, headings and bylines included.
  private static let mostBlocksBeforeReport = 4
  /// The number of characters from which a line in a script without spaces is not a heading. In other scripts half as
  /// many words suffice.
  private static let longestHeading = 30

  /// Whether most lines of the text end with a full stop or an equivalent mark.
  private static func linesEnd(_ sentences: [SentenceRange], _ bytes: Bytes) -> Bool {
    var (lines, ended) = (0, 0)
    for index in sentences.indices where index + 1 == sentences.count || sentences[index + 1].opensBlock {
      if sentences[index].isTerminated {
        ended += 1
      } else if BoilerplatePhrases.opens(sentences[index], bytes) {
        // Bylines and links to other articles belong to the page and are not counted.
        continue
      }
      lines += 1
    }
    return ended * 2 > lines
  }

  /// Whether a line is a definition: a term of up to three words, a dash and its meaning, as in "Short – Content that
  /// is made quickly".
  private static func isDefinition(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    var index = sentence.start
    guard mayHaveDash(bytes, from: index, to: sentence.end) else { return false }
    var spaces = 0
    while index + 2 < sentence.end, spaces <= 3 {
      if bytes[index] == 0x20 {
        spaces += 1
        let dash = scalar(bytes, at: index + 1)
        let after = index + 1 + dash.length
        if isDash(dash), after + 1 < sentence.end, bytes[after] == 0x20 {
          return scalar(bytes, at: after + 1).kind == .upper
        }
      }
      index += 1
    }
    return false
  }

  /// Counts of the words and letters of a line by kind.
  struct LineShape {
    var words = 0
    var letters = 0
    var capitalized = 0
    /// The number of letters of scripts without spaces.
    var unspaced = 0
    /// Whether all letters belong to scripts without capitals.
    var isCaseless = true
    var isASCII = true

    init(_ sentence: SentenceRange, _ bytes: Bytes) {
      var index = sentence.start
      var inWord = false
      while index < sentence.end {
        let byte = bytes[index]
        if byte &- 0x61 < 26 {
          letters += 1
          isCaseless = false
          if !inWord { words += 1 }
          inWord = true
          index += 1
          continue
        }
        let next = scalar(bytes, at: index)
        if next.value >= 0x80 { isASCII = isASCII && !next.isWord }
        switch next.kind {
        case .letter, .upper, .mark:
          letters += 1
          if next.kind == .upper || next.value < 0x590 { isCaseless = false }
          if !inWord {
            words += 1
            if next.kind == .upper { capitalized += 1 }
          }
          inWord = true
        case .ideograph, .kana:
          unspaced += 1
          letters += 1
        case .digit:
          if !inWord { words += 1 }
          inWord = true
        case .space: inWord = false
        default: break
        }
        index += next.length
      }
    }
  }
}
