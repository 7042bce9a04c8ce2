import TestServer
import Testing

/// The protocols of `-m`, with how the test server's address is given.
private enum Model: String, CaseIterable, Sendable {
  case openai, anthropic, ollama

  static let key = "sk-test-0123456789abcdef"

  func launch(_ server: TestServer, _ options: [String] = [], input: Launch.Input) -> Launch {
    var launch = Launch(["-m", "\(rawValue):the-model", "--base-url", server.url, "-k"] + options, input: input)
    launch.environment["\(rawValue.uppercased())_API_KEY"] = Self.key
    return launch
  }

  func run(_ server: TestServer, _ options: [String] = [], articles ids: ClosedRange<Int> = 1...1) throws -> Outcome {
    try launch(server, options, input: .text(markedArticles(ids))).run()
  }
}

@Suite("language models: the protocols", .blocking, .enabled(if: curlIsAvailable, "no libcurl on this machine"))
struct LanguageModelTests {
  @Test("results come from each protocol, with what was used in meta", arguments: Model.allCases)
  fileprivate func results(_ model: Model) throws {
    let server = try TestServer { _, _ in .summary(sentiment: "Mixed") }
    let outcome = try model.run(server, ["--meta", "-j3"], articles: 1...7)
    outcome.expect(.exited(0))
    let records = try outcome.records()
    #expect(records.map(\.id) == Array(1...7))
    for record in records {
      #expect(record["summary"]?.string == "Summary of \(marker(record.id!)).", "\(outcome)")
      #expect(
        record["sentiment"]?.string == "mixed"
          && record["keywords"] == .array(["alpha", "beta", "gamma"].map { .string($0) }))
      #expect(record["meta"]?["model"]?.string == "\(model.rawValue):the-model")
    }
    #expect(server.log.calls.count == 7 && server.peakConcurrency <= 3)
    #expect(server.log.calls.allSatisfy { $0.request.key == Model.key })
    let body = try JSON(parsing: server.log.calls[0].request.body)
    #expect(body["model"]?.string == "the-model")
  }

  @Test("only what was asked for is asked for and taken", arguments: Model.allCases)
  fileprivate func tasks(_ model: Model) throws {
    let server = try TestServer { _, _ in .summary() }
    let outcome = try model.run(server, ["--tasks", "keywords", "--keywords", "2"])
    #expect(outcome.text == #"{"id":1,"keywords":["alpha","beta"]}"# + "\n", "\(outcome)")
  }

  @Test("what a server does not take is found out once", arguments: Model.allCases)
  fileprivate func fallBack(_ model: Model) throws {
    let server = try TestServer { request, _ in
      let asksForForm = ["response_format", "output_config", "\"format\""].contains { request.text.contains($0) }
      return asksForForm ? .responseFormatUnsupported : .fencedJSON
    }
    let outcome = try model.run(server, ["-j1"], articles: 1...10)
    outcome.expect(.exited(0))
    // The strict form, then (but for Anthropic) any JSON, then none.
    #expect(server.log.calls.count == (model == .anthropic ? 11 : 12), "\(server.log.replies)")
    #expect(outcome.messages.filter { $0.contains("the server takes no") }.count == 1)
  }

  @Test("a server that knows one name of the limit on tokens", arguments: ["max_tokens", "max_completion_tokens"])
  func limitNames(_ refused: String) throws {
    let server = try TestServer { request, _ in
      guard request.text.contains("\"\(refused)\"") else { return .summary() }
      return refused == "max_tokens" ? .maxTokensUnsupported : .maxCompletionTokensUnsupported
    }
    let outcome = try Model.openai.run(server, ["-j1", "--max-tokens", "77"], articles: 1...5)
    outcome.expect(.exited(0))
    #expect(server.log.calls.count == (refused == "max_tokens" ? 6 : 5))
    #expect(server.log.calls.last?.request.text.contains(":77") == true)
  }

  @Test("replies that are no summary are errors", arguments: Model.allCases)
  fileprivate func noSummaries(_ model: Model) throws {
    let replies: [(Reply, String)] = [
      (.refusal, model == .ollama ? "bad_reply" : "refused"), (.truncated(looksWhole: true), "truncated"),
      (.contextExceeded, "too_long"), (.filtered, model == .ollama ? "bad_reply" : "refused"),
      (.emptyContent, "bad_reply"), (.emptyBody, "bad_reply"), (.htmlSuccess, "bad_reply"), (.notJSON, "bad_reply"),
      (.missingField, "bad_reply"), (.wrongSentiment, "bad_reply"), (.tooLarge, "too_long"),
    ]
    for (reply, code) in replies {
      let server = try TestServer { _, _ in reply }
      let outcome = try model.run(server, ["--retries", "0"])
      #expect(try outcome.records().map(\.errorCode) == [code], "\(outcome)")
      #expect(outcome.ending != .exited(0), "\(outcome)")
    }
  }

  @Test("failures say what to do", arguments: Model.allCases)
  fileprivate func advice(_ model: Model) throws {
    let replies: [(Reply, String, String)] = [
      (.unauthorized, "unauthorized", "check the key in \(model.rawValue.uppercased())_API_KEY or --key-file"),
      (.quota(), "quota", "see the account's billing and limits"), (.error(402, "pay"), "quota", "402: pay"),
      (.modelNotFound, "not_found", model == .ollama ? "'ollama pull the-model'" : "check the model's name"),
      (.redirect(to: "https://elsewhere.example/v1"), "not_found", "it leads to https://elsewhere.example"),
      (.html(502), "server_error", "502: a web page, 'example.com | 502: Bad gateway'"),
      (.error(403), "forbidden", "check what the key may do"),
    ]
    for (reply, code, words) in replies {
      let server = try TestServer { _, _ in reply }
      let outcome = try model.run(server, ["--retries", "0"])
      #expect(try outcome.records().map(\.errorCode) == [code], "\(outcome)")
      #expect(outcome.errors.contains(words), "\(outcome)")
      #expect(server.log.calls.count == 1)
    }
  }

  @Test("with few descriptors there are fewer calls at once, and none fails for it")
  func fewDescriptors() throws {
    let server = try TestServer { _, _ in .summary().after(.milliseconds(100)) }
    var launch = Model.openai.launch(server, ["-j200"], input: .text(markedArticles(1...150)))
    launch = launch.limited(by: "-n 96")
    let outcome = try launch.run()
    outcome.expect(.exited(0))
    #expect(try outcome.records().count == 150)
    #expect(outcome.errors.contains("at most 32 in flight, as the limit on open files is 96"), "\(outcome)")
    #expect(server.peakConcurrency <= 32)
  }

  @Test("nobody at the address")
  func refusedConnection() throws {
    let server = try TestServer { _, _ in .summary() }
    server.pause()
    let outcome = try Model.ollama.run(server, ["--retries", "0", "--max-outage", "100ms"])
    #expect(try outcome.records().map(\.errorCode) == ["unreachable"], "\(outcome)")
    #expect(outcome.errors.contains("ollama serve"), "\(outcome)")
  }

  @Test("a call that takes longer than --timeout")
  func timeout() throws {
    let server = try TestServer { _, _ in .never }
    let outcome = try Model.openai.run(server, ["--retries", "0", "--timeout", "200ms"])
    #expect(try outcome.records().map(\.errorCode) == ["timeout"], "\(outcome)")
  }
}
