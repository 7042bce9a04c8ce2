internal import PlainText
public import Summarization

/// The built-in engine. It needs no model, no key and no network, and returns the same bytes on every machine.
///
/// Sentences are ranked by position, words shared with the title and word weights. The sentiment comes from a lexicon
/// adapted to news. The keywords are the words and phrases with the highest weighted counts. Time and memory are linear
/// in the length of the article.
public struct ExtractiveSummarizer: Summarizer {
  /// The maximum width in columns of a sentence in the summary; a longer one is cut.
  static let longestSentence = 600

  private let request: SummaryRequest
  private let workspaces = WorkspacePool(lexicon: .shared)

  public init(_ request: SummaryRequest) { self.request = request }

  /// True: no summary takes waiting.
  public var isImmediate: Bool { true }

  public func summarizeAtOnce(_ article: Article, attempt: Int) throws(ArticleError) -> Summary? {
    digest(article)
  }

  public func summarize(_ article: Article, attempt: Int) async throws(ArticleError) -> Summary {
    digest(article)
  }

  private func digest(_ article: Article) -> Summary {
    digest(title: article.title ?? "", content: CaptionRemover.removed(article.captions, from: article.content))
  }

  /// Does all the work of `summarize`; never fails and never waits.
  func digest(title: String, content: String) -> Summary {
    var title = title
    var content = content
    return title.withUTF8 { title in
      content.withUTF8 { content in
        // Wrapped lines are joined first, because Markdown is read line by line.
        Self.with(MarkdownRemover.words(of: title), else: title) { title in
          Self.with(Self.unwrapped(content), else: content) { content in
            Self.with(MarkdownRemover.words(of: content), else: content) { content in digest(title, content) }
          }
        }
      }
    }
  }

  /// Returns the text without the headers of mails and with its wrapped lines joined; nil if nothing changes.
  private static func unwrapped(_ content: Bytes) -> [UInt8]? {
    // Most texts have no lines to look at.
    guard WrappedLines.hasLineEndWithinBlock(content) else { return nil }
    guard let rest = MailHeaders.removed(from: content) else { return WrappedLines.joined(content) }
    return rest.withUnsafeBufferPointer { WrappedLines.joined($0) } ?? rest
  }

  /// Runs `body` with the changed text, or with the original if the changed one is blank: an article of nothing but
  /// marks still has a summary.
  private static func with<Result>(_ changed: [UInt8]?, else bytes: Bytes, _ body: (Bytes) -> Result) -> Result {
    guard let changed, changed.contains(where: { $0 > 0x20 }) else { return body(bytes) }
    return changed.withUnsafeBufferPointer(body)
  }

  private func digest(_ title: Bytes, _ content: Bytes) -> Summary {
    guard title.isEmpty, let end = UntitledHeading.end(in: content) else { return analyzed(title, content) }
    return analyzed(Bytes(rebasing: content[..<end]), Bytes(rebasing: content[end...]))
  }

  private func analyzed(_ title: Bytes, _ content: Bytes) -> Summary {
    workspaces.withWorkspace { workspace in
      workspace.analyze(title: title, content: content) { digest($0, &$1, title, content) }
    }
  }

  private func digest(_ analysis: ArticleAnalysis, _ keywords: inout KeywordExtractor, _ title: Bytes, _ content: Bytes)
    -> Summary
  {
    var result = Summary(language: analysis.language.tag)
    if request.tasks.contains(.summary) {
      result.summary = summary(of: analysis, title, content)
    }
    if request.tasks.contains(.sentiment) {
      let sentiment =
        analysis.language.isEnglish ? ArticleSentiment.of(analysis, title: title, content: content) : .neutral
      result.sentiment = sentiment.label
      // Words of other languages have no ratings, so there is no score.
      if analysis.language.isEnglish { result.sentimentScore = sentiment.score }
    }
    if request.tasks.contains(.keywords) {
      result.keywords = keywords.choose(max(1, request.keywords), of: analysis, title: title, content: content)
    }
    return result
  }

  private func summary(of analysis: ArticleAnalysis, _ title: Bytes, _ content: Bytes) -> String {
    let limit = max(1, request.sentences)
    let chosen: [SentenceRange]
    if analysis.units.count <= limit {
      // The article is its own summary, except bylines and similar lines.
      let units = analysis.units
      let prose = units.indices.compactMap { index -> SentenceRange? in
        let sentence = BoilerplateFilter.trimmed(units[index], isFirst: index == 0, content)
        guard sentence.start < sentence.end, !BoilerplatePhrases.opens(sentence, content) else { return nil }
        let isIntroduction =
          index > 0 && index + 1 < units.count && ArticleEnd.isIntroduction(sentence, before: units[index + 1], content)
        return isIntroduction ? nil : sentence
      }
      chosen = prose.isEmpty ? Array(analysis.units) : prose
    } else {
      chosen = SentenceRanking.choose(limit, of: analysis, content).map { analysis.sentences[$0] }
    }
    var summary = TextBuilder()
    var isOpen = false
    var openEnd = 0
    for sentence in chosen {
      // Without a full stop, an unterminated sentence would run into the next one. A line inside a block may be part of
      // a sentence, so it gets none, unless a dateline follows it.
      if isOpen {
        let between = openEnd..<max(openEnd, sentence.start)
        let isBeforeDateline = between.count <= DatelineParser.longest && content[between].contains { $0 > 0x20 }
        if isBeforeDateline || !TextBlock.goesOn(after: openEnd, content) { summary.stop() }
      }
      isOpen =
        !sentence.isTerminated
        && TextBuilder.index(after: Self.longestSentence, content, from: sentence.start, to: sentence.end) == nil
      openEnd = sentence.end
      summary.space()
      summary.append(
        content, from: Self.start(of: sentence, content), to: sentence.end, limit: Self.longestSentence)
    }
    if summary.isEmpty {
      summary.append(content, from: 0, to: content.count, limit: Self.longestSentence)
    }
    if summary.isEmpty {
      summary.append(title, from: 0, to: title.count, limit: Self.longestSentence)
    }
    return summary.take()
  }

  /// Returns where the text of a sentence begins after the bullet of a list, the colon or comma that was left of a label
  /// or an address, or the dash that was left of a dateline.
  private static func start(of sentence: SentenceRange, _ content: Bytes) -> Int {
    let first = content[sentence.start]
    if sentence.end - sentence.start > 2, first == 0x3A || first == 0x2C, content[sentence.start + 1] == 0x20 {
      return sentence.start + 2
    }
    if let start = startAfterDash(of: sentence, content) { return start }
    guard sentence.isListItem, let marker = ListMarker(content, at: sentence.start), marker.style == .bullet else {
      return sentence.start
    }
    var start = sentence.start + marker.length
    while start < sentence.end, scalar(content, at: start).kind == .space { start += scalar(content, at: start).length }
    return start < sentence.end ? start : sentence.start
  }

  /// Returns where a sentence begins that has a dash in front, behind a line with a place in capitals. Elsewhere a dash
  /// begins speech.
  private static func startAfterDash(of sentence: SentenceRange, _ content: Bytes) -> Int? {
    let dash = scalar(content, at: sentence.start)
    guard dash.value == 0x2013 || dash.value == 0x2014 else { return nil }
    var start = sentence.start + dash.length
    guard start < sentence.end, content[start] == 0x20 else { return nil }
    while start < sentence.end, content[start] == 0x20 { start += 1 }
    guard start < sentence.end, scalar(content, at: start).kind == .upper else { return nil }
    var end = sentence.start
    while end > 0, content[end - 1] <= 0x20 { end -= 1 }
    var place = end
    while place > 0, content[place - 1] != 0x0A, end - place <= longestPlace { place -= 1 }
    guard place < end, end - place <= longestPlace else { return nil }
    let first = scalar(content, at: place)
    return first.kind == .upper && scalar(content, at: place + first.length).kind == .upper ? start : nil
  }

  /// The maximum length in bytes of the line of a dateline.
  private static let longestPlace = 40
}
