import Articles
import CommandLine
import Pipeline
import Summarization
import Testing

@testable import SummarizeCommand

@Suite struct RecordRendererTests {
  private let summary = Summary(
    summary: "S \"q\".", sentiment: .mixed, keywords: ["a b", "ü"], sentimentScore: 0.25, language: "en")

  private func render(
    _ text: String, _ arguments: String..., answer: Result<Summary, ArticleError>? = nil, attempts: Int = 1,
    usage: TokenUsage? = nil
  ) throws -> String {
    let configuration = try Configuration(TypedArguments(parsing: arguments))
    let line = InputLine.test(text)
    let reading = ArticleReader(fields: configuration.fields, longestLine: 1000).read(line)
    let result = answer ?? reading.article.map { _ in summary }
    let answer = Answer(result: result, attempts: attempts, usage: usage)
    let bytes = RecordRenderer(configuration).render(line, reading, answer, latency: .microseconds(1500))
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func aResult() throws {
    #expect(
      try render(#"{"content":"c","id":1.10}"#)
        == #"{"id":1.10,"summary":"S \"q\".","sentiment":"mixed","keywords":["a b","ü"]}"# + "\n")
  }

  @Test func withoutAnIdTheLineStandsInstead() throws {
    #expect(
      try render(#"{"content":"c"}"#, "--tasks", "sentiment") == #"{"line":7,"sentiment":"mixed"}"# + "\n")
  }

  @Test func onlyTheTasksAskedFor() throws {
    #expect(
      try render(#"{"id":"x","content":"c"}"#, "--tasks", "keywords,summary")
        == #"{"id":"x","summary":"S \"q\".","keywords":["a b","ü"]}"# + "\n")
  }

  @Test func anErrorHasIdAndLine() throws {
    let failure = Result<Summary, ArticleError>.failure(ArticleError(.interrupted, "given up"))
    #expect(
      try render(#"{"id":9,"content":"c"}"#, answer: failure)
        == #"{"id":9,"line":7,"error":{"code":"interrupted","message":"given up","attempts":1}}"# + "\n")
  }

  @Test func statusAndAttemptsStandOnlyWhereACallWasMade() throws {
    let failure = Result<Summary, ArticleError>.failure(ArticleError(.rateLimited, "slow down", status: 429))
    #expect(
      try render(#"{"id":9,"content":"c"}"#, answer: failure, attempts: 6)
        == #"{"id":9,"line":7,"error":{"code":"rate_limited","message":"slow down","status":429,"attempts":6}}"# + "\n")
    let given = Result<Summary, ArticleError>.failure(.givenUp)
    #expect(
      try render(#"{"id":9,"content":"c"}"#, answer: given, attempts: 0)
        == #"{"id":9,"line":7,"error":{"code":"interrupted","message":"given up when the run stopped"}}"# + "\n")
  }

  @Test func metaHasTokensWhereTheyAreKnown() throws {
    #expect(
      try render(
        #"{"id":9,"content":"c"}"#, "--meta", "--tasks", "sentiment", attempts: 2,
        usage: TokenUsage(input: 120, output: 30))
        == #"{"id":9,"sentiment":"mixed","meta":{"line":7,"model":"extractive","attempts":2,"latency_ms":1.500,"#
        + #""input_tokens":120,"output_tokens":30,"sentiment_score":0.2500,"language":"en"}}"# + "\n")
  }

  @Test func metaComesLast() throws {
    #expect(
      try render(#"{"id":9,"content":"c"}"#, "--meta", "--tasks", "sentiment")
        == #"{"id":9,"sentiment":"mixed","meta":{"line":7,"model":"extractive","attempts":1,"latency_ms":1.500,"#
        + #""sentiment_score":0.2500,"language":"en"}}"# + "\n")
  }

  @Test func mergeKeepsTheArticlesOwnFields() throws {
    #expect(
      try render(
        #"{ "a": 1.0, "id":"x" ,"content":"c","summary":"theirs","line":3,"sentiment":5,"z":{"k":[ 1 ]} }"#,
        "--merge", "--tasks", "summary")
        == #"{"a": 1.0, "id":"x" ,"content":"c","sentiment":5,"z":{"k":[ 1 ]},"summary":"S \"q\"."}"# + "\n")
  }

  @Test func mergeTellsWhichFieldsItLeavesOut() throws {
    func dropped(_ line: String, _ arguments: String...) throws -> [String] {
      let configuration = try Configuration(TypedArguments(parsing: ["--merge"] + arguments))
      let renderer = RecordRenderer(configuration)
      for text in [line, #"{"id":2,"id":3,"content":"c"}"#] {
        let line = InputLine.test(text)
        let reading = ArticleReader(fields: configuration.fields, longestLine: 1000).read(line)
        _ = renderer.render(line, reading, Answer(result: .success(summary)), latency: .zero)
      }
      return renderer.droppedFieldNames
    }
    let all = #"{"id":1,"line":1,"fingerprint":1,"made_by":1,"error":1,"input":1,"truncated":1,"meta":1,"summary":"s"}"#
    #expect(try dropped(all, "--tasks", "keywords") == ["line", "error"])
    #expect(
      try dropped(all, "--meta", "-o", "o", "--errors", "e")
        == ["line", "error", "fingerprint", "made_by", "input", "truncated", "summary", "meta"])
    #expect(try dropped(#"{"guid":1,"id":2,"content":"c"}"#, "--id-field", "guid") == ["id"])
    #expect(try dropped(#"{"id":1,"content":"c","key":5}"#) == [])
  }

  @Test func mergeWithAnotherIdField() throws {
    #expect(
      try render(
        #"{"id":1,"guid":"g","content":"c"}"#, "--merge", "--id-field", "guid", "--tasks", "sentiment")
        == #"{"id":"g","guid":"g","content":"c","sentiment":"mixed"}"# + "\n")
  }

  @Test func errorsOfObjectsAreMergedAlike() throws {
    let text = try render(#"{"id":1,"title":"t"}"#, "--merge")
    #expect(text.hasPrefix(#"{"id":1,"title":"t","line":7,"error":{"code":"missing_content","#))
  }

  @Test func errorsOfOtherLinesHaveTheLineAlone() throws {
    #expect(try render("[1]", "--merge").hasPrefix(#"{"line":7,"error":{"code":"not_an_object","#))
  }
}
