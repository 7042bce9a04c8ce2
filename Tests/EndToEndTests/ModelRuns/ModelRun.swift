import TestServer
import Testing

/// Prints a figure of a run in full size.
func note(_ text: String) {
  if isHeavy { print(text) }
}

extension Trait where Self == ConditionTrait {
  static var needsCurl: Self { .enabled(if: curlIsAvailable, "no libcurl on this machine") }
}

extension Dialect {
  static let all: [Dialect] = [.openAI, .anthropic, .ollama]
}

extension TestServer {
  /// The program, with this server as its model and marked articles as its whole input.
  func launch(
    _ dialect: Dialect = .openAI, _ options: [String] = [], articles numbers: some Sequence<Int>
  ) -> Launch {
    Launch(self.options(dialect) + options, input: .text(markedArticles(numbers)))
  }

  /// Runs the program with this server as its model to its end.
  func run(
    _ dialect: Dialect = .openAI, _ options: [String] = [], articles numbers: some Sequence<Int>,
    within bound: Duration = Child.patience
  ) throws -> Outcome {
    try launch(dialect, options, articles: numbers).run(within: bound)
  }
}

extension CallLog {
  /// Calls that got their summary: what a user pays for.
  var summaries: Int {
    calls.count { $0.reply.hasPrefix("summary") && !$0.reply.hasSuffix("half") && $0.ending == .answered }
  }

  /// Calls that came before a Retry-After was over, although the client knew of it. On a loaded machine only the calls
  /// of the article that was refused show that it did: its threads, and the server's, may be held up.
  var tooEarly: [EarlyCall] {
    judgesTimes
      ? callsBeforeRetryAfter(grace: .milliseconds(500), connectionGrace: .milliseconds(200))
      : callsBeforeRetryAfter(grace: .seconds(10_000), connectionGrace: .seconds(10_000))
  }
}

extension Outcome {
  /// Exit status 0, and of each article its own summary, once.
  func expectSummaries(of numbers: some Sequence<Int>, sourceLocation: SourceLocation = #_sourceLocation) throws {
    expect(.exited(0), sourceLocation: sourceLocation)
    let records = try records()
    #expect(
      records.compactMap(\.id).sorted() == numbers.sorted(), "\(self)", sourceLocation: sourceLocation)
    let wrong = records.filter { $0["summary"]?.string != "Summary of \(marker($0.id ?? -1))." }
    #expect(wrong.isEmpty, "\(wrong) \(self)", sourceLocation: sourceLocation)
  }

  /// The messages with these words.
  func messages(with words: String) -> [String] { messages.filter { $0.contains(words) } }
}

extension Child {
  /// Until the server's log is as wanted. Feeds the child meanwhile, as the server's own wait does not.
  func sees(_ server: TestServer, _ what: String, until condition: (CallLog) -> Bool) throws {
    try wait("\(what) at the server") { _ in condition(server.log) }
  }
}

extension JSON {
  var attempts: Int? { (self["error"] ?? self["meta"])?["attempts"]?.integer }
}
