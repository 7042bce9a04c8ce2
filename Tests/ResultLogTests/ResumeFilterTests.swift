import Articles
import Basics
import JSONLines
import Summarization
import SystemIO
import Testing

@testable import ResultLog

@Suite struct ResumeFilterTests {
  private let reader: ArticleReader
  private let texts = (1...4).map { #"{"id":\#($0),"content":"c\#($0)"}"# }

  init() {
    var settings = ArticleReaderSettings { "\($0)" }
    settings.fields.content = ["content"]
    reader = ArticleReader(settings)
  }

  private func filter(by identity: ArticleIdentity = .fingerprint, keepsOrder: Bool = false) -> ResumeFilter {
    ResumeFilter(articles: reader, identity: identity, keepsOrder: keepsOrder)
  }

  private func line(_ text: String) -> InputLine {
    InputLine(
      number: 1, place: SourceLocation(file: nil, line: 1), content: .complete(Array(text.utf8)), admitted: .now)
  }

  private func fingerprint(_ text: String) -> Hash128 {
    reader.read(line(text)).fingerprint(of: .complete(Array(text.utf8)))
  }

  private func result(_ text: String, line: Int = 1, id: Int = 1) -> String {
    #"{"id":\#(id),"line":\#(line),"fingerprint":"\#(fingerprint(text))","made_by":"m","summary":"s"}"# + "\n"
  }

  private func error(_ fingerprint: Hash128, _ code: String = "timeout", rest: String = "") -> String {
    #"{"line":1,"fingerprint":"\#(fingerprint)","error":{"code":"\#(code)","message":"m"\#(rest)}}"# + "\n"
  }

  private func record(_ text: String, by identity: ArticleIdentity = .fingerprint) throws -> LogRecord {
    try #require(LogRecord(scanning: Array(text.utf8), by: identity))
  }

  @discardableResult
  private func recover(_ filter: ResumeFilter, _ file: ScratchFile, size: Int? = nil) throws -> LogRecovery {
    try filter.recover(
      file.descriptor, size: size ?? file.size, by: RecoveryRules(tasks: [.summary], madeBy: "m"))
  }

  @Test func whatHasItsResultIsNotSelected() throws {
    let filter = filter()
    try recover(filter, ScratchFile(Array((result(texts[1]) + error(fingerprint(texts[2]))).utf8)))
    let selected = texts.map { filter.select(line($0)) }
    #expect(selected.map { $0?.ordinal } == [0, nil, 2, 3])
    #expect(selected.map { $0?.failedBefore } == [nil, nil, .timeout, nil])
    #expect(selected.map { $0?.fingerprint } == [0, nil, 2, 3].map { $0.map { fingerprint(texts[$0]) } })
    #expect(filter.alreadyDone == 1)
  }

  @Test func byTheIdARevisedArticleIsDone() throws {
    let file = try ScratchFile(Array(result(texts[0]).utf8))
    let revised = #"{"id":1,"content":"another text"}"#
    for identity in [ArticleIdentity.fingerprint, .id] {
      let filter = filter(by: identity)
      try recover(filter, file)
      #expect((filter.select(line(revised)) == nil) == (identity == .id))
      // Without an id the text counts.
      #expect(filter.select(line(#"{"content":"c1"}"#)) != nil)
    }
  }

  @Test func aLineThatIsTakenBackWasNotRead() throws {
    let filter = filter()
    let old = try texts.map { try record(error(fingerprint($0))) }
    for text in texts[..<2] { _ = filter.select(line(text)) }
    filter.takeBack()
    // There is but one last line.
    filter.takeBack()
    #expect(old.map { filter.replaces($0) } == [true, false, false, false])
  }

  @Test func aRecordOfATornLineIsObsoleteAndAResultNever() throws {
    let filter = filter()
    _ = filter.select(line(texts[0]))
    #expect(try !filter.replaces(record(result(texts[0]))))
    #expect(try filter.replaces(record(error(.test(9), "invalid_json", rest: #","torn":true"#))))
    #expect(try !filter.replaces(record(error(.test(9), "invalid_json", rest: #","torn":false"#))))
  }

  /// With other options, a line that was none is an article now, and has another fingerprint.
  @Test(arguments: [false, true]) func theErrorOfALineThatIsAnArticleNowIsObsolete(wasTooLong: Bool) throws {
    let bytes = Array(texts[0].utf8)
    let old =
      wasTooLong
      ? error(ArticleFingerprint.tooLong(prefix: bytes[...], length: bytes.count), "line_too_long")
      : error(ArticleFingerprint.line(bytes), "missing_content")
    let filter = filter()
    try recover(filter, ScratchFile(Array(old.utf8)))
    #expect(try !filter.replaces(record(old)))
    #expect(filter.select(line(texts[0])) != nil)
    #expect(try filter.replaces(record(old)))
  }

  // MARK: The final pass

  /// Reads the input, and appends a result for each line that is selected.
  /// - Returns: FILE in its final form; nil where it stays as it is.
  private func finish(_ old: String, input: [String], answered: [String], keepsOrder: Bool) throws -> String? {
    let file = try ScratchFile(Array((old + answered.map { result($0) }.joined()).utf8))
    let filter = filter(keepsOrder: keepsOrder)
    let found = try recover(filter, file, size: old.utf8.count)
    var end = old.utf8.count
    let selected = input.map { filter.select(line($0)) }
    for text in answered {
      let place = try #require(input.firstIndex(of: text))
      filter.wrote(try #require(selected[place]), at: end)
      end += result(text).utf8.count
    }
    let pass = try filter.finalPass(
      of: file.descriptor, found: found, start: old.utf8.count, end: end, isStopped: { false })
    guard var pass, try pass.isNeeded() else { return nil }
    var written: [UInt8] = []
    #expect(try pass.write { written += $0 })
    return String(decoding: written, as: UTF8.self)
  }

  @Test func withoutErrorsAndWithoutAnOrderNothingIsToDo() throws {
    let file = try ScratchFile(Array(result(texts[0]).utf8))
    let filter = filter()
    let found = try recover(filter, file)
    _ = filter.select(line(texts[0]))
    for found in [found, nil] {
      #expect(
        try filter.finalPass(of: file.descriptor, found: found, start: file.size, end: file.size, isStopped: { false })
          == nil)
    }
  }

  @Test(arguments: [false, true]) func errorsThatAreObsoleteGo(keepsOrder: Bool) throws {
    let old = result(texts[0]) + error(fingerprint(texts[1])) + error(fingerprint(texts[3]))
    #expect(
      try finish(old, input: Array(texts[..<3]), answered: [texts[1], texts[2]], keepsOrder: keepsOrder)
        == (keepsOrder
          ? error(fingerprint(texts[3])) + texts[..<3].map { result($0) }.joined()
          : result(texts[0]) + error(fingerprint(texts[3])) + result(texts[1]) + result(texts[2])))
  }

  @Test func recordsAreBroughtIntoTheOrderOfTheInput() throws {
    #expect(
      try finish(result(texts[0]), input: texts, answered: [texts[3], texts[1], texts[2]], keepsOrder: true)
        == texts.map { result($0) }.joined())
    #expect(
      try finish(result(texts[0]), input: texts, answered: [texts[1], texts[2], texts[3]], keepsOrder: true) == nil)
    // What is of another input comes first.
    #expect(
      try finish(
        result(texts[1]) + result(texts[0]), input: [texts[1], texts[2]], answered: [texts[2]], keepsOrder: true)
        == result(texts[0]) + result(texts[1]) + result(texts[2]))
    // A blank line goes if the file is rewritten anyway.
    #expect(
      try finish(result(texts[1]) + "\n", input: [texts[0], texts[1]], answered: [texts[0]], keepsOrder: true)
        == result(texts[0]) + result(texts[1]))
  }

  @Test func thePassCanBeStopped() throws {
    let file = try ScratchFile(Array(error(.test(1)).utf8))
    let filter = filter()
    let found = try recover(filter, file)
    #expect(throws: SystemError.interrupted) {
      _ = try filter.finalPass(of: file.descriptor, found: found, start: file.size, end: file.size) { true }
    }
  }
}
