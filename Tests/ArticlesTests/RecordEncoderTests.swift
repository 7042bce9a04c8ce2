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
    let outcome = RecordEncoder.Outcome(
      result: answer ?? reading.article.map { _ in summary }, attempts: attempts, usage: usage,
      latency: .microseconds(1500))
    return String(decoding: RecordEncoder(settings).encode(line, reading, outcome), as: UTF8.self)
  }

  private func fields(_ settings: RecordEncoder.Settings) -> ArticleFieldNames {
    var fields = ArticleFieldNames()
    fields.id = settings.idField
    return fields
  }

  /// The settings that these options stand for.
  private func settings(_ options: [String]) -> RecordEncoder.Settings {
    var settings = RecordEncoder.Settings()
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
        _ = encoder.encode(line, reading, RecordEncoder.Outcome(result: .success(summary)))
      }
      return encoder.droppedFieldNames
    }
    let all = #"{"id":1,"line":1,"fingerprint":1,"made_by":1,"error":1,"input":1,"truncated":1,"meta":1,"summary":"s"}"#
    #expect(dropped(all, "--tasks", "keywords") == ["line", "error"])
    #expect(
      dropped(all, "--meta", "-o", "--errors")
        == ["line", "error", "fingerprint", "made_by", "input", "truncated", "summary", "meta"])
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
}
