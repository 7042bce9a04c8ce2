import TestServer
import Testing

/// What real providers, gateways and local servers say, over real calls.
@Suite("providers: what they say, and what they do not take", .blocking, .needsCurl)
struct ProviderRunTests {
  @Test("what is about one article fails it alone, with the code that is meant")
  func singleArticles() throws {
    let said = ProviderReply.tooLong + ProviderReply.refused
    let server = try TestServer { request, _ in
      let number = request.articleNumber!
      // A good answer between any two, so that nothing fails in a row; the first tells that requests are well made.
      return number % 2 == 1 ? said[number / 2].reply : .summary()
    }
    let outcome = try server.run(.openAI, ["-k", "-j1", "--retries", "0"], articles: 0..<(2 * said.count))
    outcome.expect(.exited(1))
    for (index, record) in try outcome.records().enumerated() where index % 2 == 1 {
      #expect(record.errorCode == said[index / 2].meaning, "\(said[index / 2].provider): \(record)")
    }
  }

  @Test(
    "a spent account, a wrong key and an unknown model stop the run within the calls in flight", arguments: [0, 1, 2])
  func hopeless(_ kind: Int) throws {
    for said in [ProviderReply.quotas, ProviderReply.unauthorized, ProviderReply.notFound][kind] {
      let server = try TestServer { _, _ in said.reply }
      let outcome = try server.run(.openAI, ["-j3", "--retries", "1"], articles: 0..<50)
      outcome.expect(.exited(2))
      #expect(try outcome.records().contains { $0.errorCode == said.meaning }, "\(said.provider): \(outcome)")
      #expect(server.log.calls.count <= 6, "\(said.provider): \(server.log.calls.count)")
    }
  }

  @Test("faults that pass cost no article")
  func passingFaults() throws {
    let said = ProviderReply.faults.filter { $0.meaning == "server_error" }
    let server = try TestServer { request, attempt in
      let number = request.articleNumber!
      return number % 2 == 1 && attempt == 1 ? said[number / 2].reply : .summary()
    }
    let outcome = try server.run(.openAI, ["-k", "-j1"], articles: 0..<(2 * said.count))
    try outcome.expectSummaries(of: 0..<(2 * said.count))
  }

  @Test(
    "what a server does not take is found out without its words",
    arguments: ["response_format", "\"system\"", "max_tokens"])
  func negotiation(_ refused: String) throws {
    let server = try TestServer { request, _ in
      request.text.contains(refused)
        ? .reply(400, body: #"[{"error":{"code":400,"message":"No.","status":"INVALID_ARGUMENT"}}]"#) : .summary()
    }
    let outcome = try server.run(.openAI, ["-j3"], articles: 0..<10)
    try outcome.expectSummaries(of: 0..<10)
    // Three that are refused at first, at most four ways, and one each.
    #expect(server.log.calls.count <= 3 + 4 + 10, "\(server.log.calls.count)")
  }

  @Test("a limit of the reply that is refused is lowered once")
  func replyLimit() throws {
    let server = try TestServer { request, _ in
      let limit = request.json?["max_tokens"]?.number ?? 0
      return limit > 1600
        ? .reply(
          400,
          body:
            #"{"object":"error","code":400,"message":"max_tokens is too large: \#(Int(limit)). This model's maximum context length is 2048 tokens and the request has 400 input tokens (\#(Int(limit)) > 2048 - 400)."}"#
        ) : .summary()
    }
    let outcome = try server.run(.openAI, ["-j1"], articles: 0..<5)
    try outcome.expectSummaries(of: 0..<5)
    #expect(server.log.calls.count == 6 && outcome.errors.contains("lowered to 1236"), "\(outcome)")
  }

  @Test("a model that never fits is told and stopped within few calls")
  func neverFits() throws {
    let server = try TestServer { _, _ in .text("Sure! Here is the summary: prices rose.") }
    let outcome = try server.run(.openAI, ["-j1"], articles: 0..<8)
    outcome.expect(.exited(2))
    #expect(server.log.calls.count == 15, "each of five articles three times: \(server.log.calls.count)")
    #expect(outcome.errors.contains(#"it begins "Sure! Here is the summary"#), "\(outcome)")
    #expect(outcome.errors.contains("5 articles in a row failed alike (bad_reply)"), "\(outcome)")
  }

  @Test("the second time the model is told what was wrong")
  func correction() throws {
    let server = try TestServer { _, attempt in attempt == 1 ? .missingField : .summary() }
    let outcome = try server.run(.openAI, ["-j1"], articles: 0..<2)
    try outcome.expectSummaries(of: 0..<2)
    let told = server.log.calls.map { $0.request.instructions.contains("it has no keywords") }
    #expect(told == [false, true, false, true])
  }

  @Test("an estimate calls nothing")
  func estimate() throws {
    let server = try TestServer { _, _ in .summary() }
    let outcome = try server.run(.openAI, ["--estimate"], articles: 0..<20)
    outcome.expect(.exited(0))
    #expect(outcome.text.hasPrefix("20 articles: about ") && outcome.text.contains("at most 40960 would come back"))
    #expect(server.log.calls.isEmpty && server.connectionsAccepted == 0)
  }

  @Test("an encoding that is none costs nothing: the body is taken as it comes")
  func nonsenseForAnEncoding() throws {
    let server = try TestServer { _, _ in .summary().adding(["Content-Encoding": "utf-8"] as Headers) }
    let outcome = try server.run(.openAI, ["-j2"], articles: 0..<10)
    try outcome.expectSummaries(of: 0..<10)
  }
}
