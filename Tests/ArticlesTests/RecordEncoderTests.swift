import Basics
import JSONLines
import Summarization
import Testing

@testable import Articles

@Suite struct RecordEncoderTests {
  private let summary = Summary(
    summary: "S \"q\".", sentiment: .mixed, keywords: ["a b", "ü"], sentimentScore: 0.25, language: "en")

  private func render(
    _ text: String, _ arguments: String..., answer: Result<Summary, ArticleError>? = nil, attempts: Int = 1,
    usage: TokenUsage? = nil
  ) -> String {
    let settings = settings(arguments)
    let line = InputLine.test(text)
    let reading = ArticleReader(.test(fields(settings))).read(line)
    let outcome = ArticleOutcome(
      result: answer ?? reading.article.map { _ in summary }, attempts: attempts, usage: usage,
      latency: .microseconds(1500))
    return String(decoding: RecordEncoder(settings).encode(line, reading, outcome), as: UTF8.self)
  }

  private func fields(_ settings: RecordEncoderSettings) -> ArticleFieldNames {
    var fields = ArticleFieldNames()
    fields.id = settings.idField
    return fields
  }

  /// The settings that these options stand for.
  private func settings(_ options: [String]) -> RecordEncoderSettings {
    var settings = RecordEncoderSettings()
    settings.model = "extractive"
    var rest = options[...]
    while let option = rest.popFirst() {
      switch option {
      case "--merge": settings.merges = true
      case "--meta": settings.showsMeta = true
      case "--id-field": settings.idField = rest.removeFirst()
      case "-o": settings.hasFile = true
      case "--errors": settings.showsInput = true
      default:
        let names = rest.removeFirst().split(separator: ",")
        settings.tasks = []
        if names.contains("summary") { settings.tasks.insert(.summary) }
        if names.contains("sentiment") { settings.tasks.insert(.sentiment) }
        if names.contains("keywords") { settings.tasks.insert(.keywords) }
      }
    }
    return settings
  }

  @Test func aResult() throws {
    #expect(
      render(#"{"content":"c","id":1.10}"#)
        == #"{"id":1.10,"summary":"S \"q\".","sentiment":"mixed","keywords":["a b","ü"]}"# + "\n")
  }

  @Test func withoutAnIdTheLineStandsInstead() throws {
    #expect(
      render(#"{"content":"c"}"#, "--tasks", "sentiment") == #"{"line":7,"sentiment":"mixed"}"# + "\n")
  }

  @Test func onlyTheTasksAskedFor() throws {
    #expect(
      render(#"{"id":"x","content":"c"}"#, "--tasks", "keywords,summary")
        == #"{"id":"x","summary":"S \"q\".","keywords":["a b","ü"]}"# + "\n")
  }

  @Test func anErrorHasIdAndLine() throws {
    let failure = Result<Summary, ArticleError>.failure(ArticleError(.interrupted, "given up"))
    #expect(
      render(#"{"id":9,"content":"c"}"#, answer: failure)
        == #"{"id":9,"line":7,"error":{"code":"interrupted","message":"given up","attempts":1}}"# + "\n")
  }

  @Test func statusAndAttemptsStandOnlyWhereACallWasMade() throws {
    let failure = Result<Summary, ArticleError>.failure(ArticleError(.rateLimited, "slow down", status: 429))
    #expect(
      render(#"{"id":9,"content":"c"}"#, answer: failure, attempts: 6)
        == #"{"id":9,"line":7,"error":{"code":"rate_limited","message":"slow down","status":429,"attempts":6}}"# + "\n")
    let given = Result<Summary, ArticleError>.failure(ArticleError(.interrupted, "given up when the run stopped"))
    #expect(
      render(#"{"id":9,"content":"c"}"#, answer: given, attempts: 0)
        == #"{"id":9,"line":7,"error":{"code":"interrupted","message":"given up when the run stopped"}}"# + "\n")
  }

  @Test func metaHasTokensWhereTheyAreKnown() throws {
    #expect(
      render(
        #"{"id":9,"content":"c"}"#, "--meta", "--tasks", "sentiment", attempts: 2,
        usage: TokenUsage(input: 120, output: 30))
        == #"{"id":9,"sentiment":"mixed","meta":{"line":7,"model":"extractive","attempts":2,"latency_ms":1.500,"#
        + #""input_tokens":120,"output_tokens":30,"sentiment_score":0.2500,"language":"en"}}"# + "\n")
  }

  @Test func metaComesLast() throws {
    #expect(
      render(#"{"id":9,"content":"c"}"#, "--meta", "--tasks", "sentiment")
        == #"{"id":9,"sentiment":"mixed","meta":{"line":7,"model":"extractive","attempts":1,"latency_ms":1.500,"#
        + #""sentiment_score":0.2500,"language":"en"}}"# + "\n")
  }

  @Test func mergeKeepsTheArticlesOwnFields() throws {
    #expect(
      render(
        #"{ "a": 1.0, "id":"x" ,"content":"c","summary":"theirs","line":3,"sentiment":5,"z":{"k":[ 1 ]} }"#,
        "--merge", "--tasks", "summary")
        == #"{"a": 1.0, "id":"x" ,"content":"c","sentiment":5,"z":{"k":[ 1 ]},"summary":"S \"q\"."}"# + "\n")
  }

  @Test func mergeTellsWhichFieldsItLeavesOut() {
    func dropped(_ line: String, _ arguments: String...) -> [String] {
      let settings = settings(["--merge"] + arguments)
      let encoder = RecordEncoder(settings)
      for text in [line, #"{"id":2,"id":3,"content":"c"}"#] {
        let line = InputLine.test(text)
        let reading = ArticleReader(.test(fields(settings))).read(line)
        _ = encoder.encode(line, reading, ArticleOutcome(result: .success(summary)))
      }
      return encoder.droppedFieldNames
    }
    let all = #"{"id":1,"line":1,"fingerprint":1,"made_by":1,"error":1,"input":1,"truncated":1,"meta":1,"summary":"s"}"#
    #expect(dropped(all, "--tasks", "keywords") == ["line", "error"])
    #expect(
      dropped(all, "--meta", "-o", "--errors")
        == ["line", "error", "fingerprint", "made_by", "input", "truncated", "summary", "meta"])
    let tasks = #"{"id":1,"summary":"s","sentiment":5,"keywords":[]}"#
    for task in ["summary", "sentiment", "keywords"] { #expect(dropped(tasks, "--tasks", task) == [task]) }
    #expect(dropped(#"{"guid":1,"id":2,"content":"c"}"#, "--id-field", "guid") == ["id"])
    #expect(dropped(#"{"id":1,"content":"c","key":5}"#) == [])
  }

  @Test func mergeWithAnotherIdField() throws {
    #expect(
      render(
        #"{"id":1,"guid":"g","content":"c"}"#, "--merge", "--id-field", "guid", "--tasks", "sentiment")
        == #"{"id":"g","guid":"g","content":"c","sentiment":"mixed"}"# + "\n")
  }

  @Test func errorsOfObjectsAreMergedAlike() throws {
    let text = render(#"{"id":1,"title":"t"}"#, "--merge")
    #expect(text.hasPrefix(#"{"id":1,"title":"t","line":7,"error":{"code":"missing_content","#))
  }

  @Test func errorsOfOtherLinesHaveTheLineAlone() throws {
    #expect(render("[1]", "--merge").hasPrefix(#"{"line":7,"error":{"code":"not_an_object","#))
  }

  // MARK: Records for files

  private let article = #"{"id":9,"content":"c"}"#

  /// Encodes the record of a line that was selected for a file, or not.
  private func encode(
    _ content: NumberedLine.LineContent, isUnfinished: Bool = false, isSelected: Bool = true,
    _ settings: RecordEncoderSettings,
    _ answer: Result<Summary, ArticleError>? = nil
  ) -> String {
    var line = InputLine(
      number: 7, place: SourceLocation(file: nil, line: 7), content: content, isUnfinished: isUnfinished, admitted: .now
    )
    let reading = ArticleReader(.test()).read(line)
    if isSelected {
      line.selected = SelectedLine(reading: reading, fingerprint: fingerprint, failedBefore: nil, ordinal: 0)
    }
    let outcome = ArticleOutcome(result: answer ?? reading.article.map { _ in summary })
    return String(decoding: RecordEncoder(settings).encode(line, reading, outcome).dropLast(), as: UTF8.self)
  }

  private let fingerprint = Hash128(high: 1, low: 2)
  private let fingerprintText = "00000000000000010000000000000002"

  private func content(_ text: String) -> NumberedLine.LineContent { .complete(Array(text.utf8)) }

  @Test func aResultInAFileSaysWhichArticleItIsOfAndWhoMadeIt() {
    var settings = settings(["-o", "--tasks", "sentiment"])
    settings.madeBy = "m:1"
    #expect(
      encode(content(article), settings)
        == #"{"id":9,"line":7,"fingerprint":"\#(fingerprintText)","made_by":"m:1","sentiment":"mixed"}"#)
  }

  /// An error may be another model's luck: it has no `made_by`.
  @Test func anErrorInAFileSaysWhichArticleItIsOf() {
    #expect(
      encode(content(article), settings(["-o"]), .failure(ArticleError(.refused, "m")))
        == #"{"id":9,"line":7,"fingerprint":"\#(fingerprintText)","error":{"code":"refused","message":"m"}}"#)
  }

  @Test(arguments: [ArticleError.Code.invalidJSON, .invalidUTF8, .notAnObject])
  func onlyALastLineThatDoesNotParseIsTorn(code: ArticleError.Code) {
    let error = Result<Summary, ArticleError>.failure(ArticleError(code, "m"))
    func isTorn(isUnfinished: Bool, isSelected: Bool) -> Bool {
      encode(content("{"), isUnfinished: isUnfinished, isSelected: isSelected, settings(["-o"]), error)
        .hasSuffix(#""message":"m","torn":true}}"#)
    }
    #expect(isTorn(isUnfinished: true, isSelected: true) == (code != .notAnObject))
    #expect(!isTorn(isUnfinished: false, isSelected: true))
    #expect(!isTorn(isUnfinished: true, isSelected: false), "where nothing is resumed it makes no difference")
  }

  @Test(arguments: [
    (#" {"id":9} "#, #"{"id":9}"#), ("\t[1 ,2]\r", "[1 ,2]"), ("oops", #""oops""#), (#"{"a":""#, #""{\"a\":\"""#),
    ("1,2", #""1,2""#), (#"{"a":1},{"a":2}"#, #""{\"a\":1},{\"a\":2}""#),
  ]) func anErrorHasItsLineAsItCame(line: String, input: String) {
    let error = Result<Summary, ArticleError>.failure(ArticleError(.refused, "m"))
    #expect(encode(content(line), settings(["--errors"]), error).hasSuffix(#""message":"m"},"input":\#(input)}"#))
    #expect(!encode(content(line), settings([]), error).contains("input"))
  }

  /// The line is one level deeper in its record, which has to be read back.
  @Test(arguments: [JSON.maximumDepth - 1, JSON.maximumDepth]) func aDeepLineIsAStringIfItsRecordWouldBeTooDeep(
    depth: Int
  ) throws {
    let line = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let record = encode(content(line), settings(["--errors"]), .failure(ArticleError(.notAnObject, "m")))
    #expect(record.hasSuffix(depth < JSON.maximumDepth ? #""input":\#(line)}"# : #""input":"\#(line)"}"#))
    #expect(throws: Never.self) { try JSONRecord(scanning: Array(record.utf8)) }
  }

  @Test func aResultHasNoInput() {
    #expect(!encode(content(article), settings(["--errors"])).contains("input"))
  }

  @Test func ofALineThatIsTooLongTheBeginningIsKept() {
    let line = NumberedLine.LineContent.tooLong(prefix: Array(#"{"id":"#.utf8) + [0xC3], length: 1 << 30)
    #expect(
      encode(line, settings(["--errors"]), .failure(ArticleError(.lineTooLong, "m")))
        .hasSuffix(#""message":"m"},"truncated":true,"input":"{\"id\":\#u{FFFD}"}"#))
  }

  /// A command may answer with less than was asked for: its result lacks the field or has it empty.
  @Test func whatASummarizerLeavesOutIsLeftOutOrEmpty() {
    let empty = Result<Summary, ArticleError>.success(Summary(summary: nil, sentiment: nil, keywords: nil))
    let whole = Result<Summary, ArticleError>.success(summary)
    var settings = settings([])
    #expect(
      encode(content(article), isSelected: false, settings, empty)
        == #"{"id":9,"summary":"","sentiment":"neutral","keywords":[]}"#)
    settings.omitsMissing = true
    #expect(encode(content(article), isSelected: false, settings, empty) == #"{"id":9}"#)
    #expect(
      encode(content(article), isSelected: false, settings, whole)
        == #"{"id":9,"summary":"S \"q\".","sentiment":"mixed","keywords":["a b","ü"]}"#)
  }
}
