import TestServer
import Testing

/// Whole runs over real calls: what fails now and then costs no article, and what fails for all stops the run.
@Suite("language models: whole runs", .blocking, .enabled(if: curlIsAvailable, "no libcurl on this machine"))
struct LanguageModelRunTests {
  private static let key = "sk-test-0123456789abcdef"

  private func launch(_ server: TestServer, _ dialect: Dialect, _ options: [String], articles: ClosedRange<Int>)
    -> Launch
  {
    var launch = Launch(server.options(dialect) + options, input: .text(markedArticles(articles)))
    for provider in ["OPENAI", "ANTHROPIC", "OLLAMA"] { launch.environment["\(provider)_API_KEY"] = Self.key }
    return launch
  }

  @Test(
    "a server that fails one call in five loses nothing, and is never called too early or by too many",
    arguments: [Dialect.openAI, .anthropic, .ollama])
  func oneInFive(_ dialect: Dialect) throws {
    let server = try TestServer(script: Script.oneInFive)
    let outcome = try launch(server, dialect, ["-k", "-j8", "--timeout", "20s"], articles: 1...120)
      .run(within: .seconds(300))
    outcome.expect(.exited(0))
    let records = try outcome.records()
    #expect(records.map(\.id) == Array(1...120))
    #expect(records.allSatisfy { $0["summary"]?.string == "Summary of \(marker($0.id!))." })
    let early = server.log.tooEarly
    #expect(early.isEmpty, "\(early)")
    #expect(server.peakConcurrency <= 8)
    // An answer is paid for twice only where the machine was so slow that it came after the time-out.
    #expect(server.log.summaries <= 120 + server.log.calls.count { $0.ending == .abandoned }, "\(server.log.replies)")
  }

  @Test(
    "what fails every call stops the run within the calls in flight, and says what to do",
    arguments: [Dialect.openAI, .anthropic, .ollama])
  func stops(_ dialect: Dialect) throws {
    let endings: [(Reply, String, String)] = [
      (.unauthorized, "unauthorized", "check the key in "), (.quota(), "quota", "billing"),
      (.modelNotFound, "not_found", dialect == .ollama ? "'ollama pull test'" : "check the model's name, 'test'"),
    ]
    for (reply, code, advice) in endings {
      let server = try TestServer { _, _ in reply }
      let outcome = try launch(server, dialect, ["-j3"], articles: 1...500).run()
      outcome.expect(.exited(2))
      #expect(outcome.errors.contains("stopping: ") && outcome.errors.contains(advice), "\(outcome)")
      #expect(try outcome.records().contains { $0.errorCode == code }, "\(outcome)")
      #expect(server.log.calls.count <= 6, "those in flight, and hardly one more each: \(outcome)")
      #expect(!outcome.errors.contains(Self.key) && !outcome.text.contains(Self.key))
    }
  }

  @Test(
    "a certificate that fails stops it at once", .enabled(if: TestServer.tlsIsAvailable, "no libssl on this machine"))
  func untrusted() throws {
    let server = try TestServer(tls: .good) { _, _ in .summary() }
    let outcome = try launch(server, .openAI, ["-j1"], articles: 1...500).run()
    outcome.expect(.exited(2))
    #expect(try outcome.records().count <= 2)
    #expect(outcome.errors.contains("stopping: ") && outcome.errors.contains("SSL_CERT_FILE"), "\(outcome)")
  }

  @Test("a refused article stops nothing")
  func refusal() throws {
    let server = try TestServer { request, _ in request.articleNumber == 3 ? .refusal : .summary() }
    let outcome = try launch(server, .openAI, ["-k", "-j1", "--meta"], articles: 1...6).run()
    outcome.expect(.exited(1))
    let records = try outcome.records()
    #expect(records.map(\.errorCode) == [nil, nil, "refused", nil, nil, nil])
    #expect(records[0]["meta"]?["input_tokens"]?.integer == 120 && records[0]["meta"]?["output_tokens"]?.integer == 40)
    #expect(records[2]["error"]?["message"]?.string == "refused: I can't help with that.")
  }
}
