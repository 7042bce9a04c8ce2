import TestServer
import Testing

/// What would fail every call stops the run within the calls in flight; what is about one article does not.
@Suite("acceptance: runs without hope", .blocking, .needsCurl)
struct HopelessRunTests {
  /// From the call with this number on, everything fails like this.
  private func server(_ reply: Reply, from first: Int) throws -> TestServer {
    let calls = Counter()
    return try TestServer { _, _ in calls.next() >= first ? reply : .summary().after(.milliseconds(5)) }
  }

  private func expectStop(
    _ outcome: Outcome, _ server: TestServer, code: String, words: String, after first: Int, jobs: Int
  ) throws {
    outcome.expect(.exited(2))
    #expect(outcome.messages(with: "stopping: no call can succeed: ").count == 1, "\(outcome)")
    #expect(outcome.errors.contains(words), "\(outcome)")
    let records = try outcome.records()
    #expect(records.count { $0["summary"] != nil } == server.log.summaries, "\(outcome)")
    let codes = records.compactMap(\.errorCode)
    #expect(codes.contains(code) && codes.allSatisfy { [code, "interrupted"].contains($0) }, "\(codes)")
    // Those in flight, and those that were let go before the first answer was read.
    #expect(server.log.calls.count < first + 2 * jobs, "\(server.log.calls.count)")
    #expect(records.count < first + 2 * jobs)
    #expect(Set(records.compactMap(\.id)).count == records.count)
  }

  @Test("a key that is revoked in the middle", arguments: Dialect.all)
  func revokedKey(_ dialect: Dialect) throws {
    let server = try server(.unauthorized, from: 40)
    var launch = server.launch(dialect, ["-j8"], articles: 0..<2000)
    for name in ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OLLAMA_API_KEY"] {
      launch.environment[name] = "sk-revoked-key"
    }
    let outcome = try launch.run(within: .seconds(300))
    try expectStop(outcome, server, code: "unauthorized", words: "; check the key in ", after: 40, jobs: 8)
  }

  @Test("no key at all")
  func noKey() throws {
    let server = try server(.unauthorized, from: 1)
    let outcome = try server.run(.openAI, ["-j8"], articles: 0..<2000)
    try expectStop(
      outcome, server, code: "unauthorized", words: "; give a key with OPENAI_API_KEY or --key-file", after: 1, jobs: 8)
  }

  @Test("a quota that is spent in the middle, in each way to say it", arguments: Reply.quotaCodes.indices)
  func spentQuota(_ index: Int) throws {
    let server = try server(.quota(Reply.quotaCodes[index]), from: 20)
    let outcome = try server.run(.openAI, ["-j4"], articles: 0..<2000)
    try expectStop(
      outcome, server, code: "quota", words: "see the account's billing and limits", after: 20, jobs: 4)
  }

  @Test("of the other protocols, and by status 402", arguments: [0, 1, 2, 3])
  func otherQuotas(_ index: Int) throws {
    let (dialect, reply): (Dialect, Reply) = [
      (.anthropic, .quota()), (.anthropic, .ownSpendLimit), (.ollama, .quota()), (.openAI, .error(402, "pay first")),
    ][index]
    let server = try server(reply, from: 10)
    let outcome = try server.run(dialect, ["-j4"], articles: 0..<2000)
    try expectStop(
      outcome, server, code: "quota", words: "see the account's billing and limits", after: 10, jobs: 4)
  }

  @Test("a spent quota with a Retry-After is not waited for, however long", arguments: [2, 86_400])
  func quotaWithRetryAfter(_ seconds: Int) throws {
    let server = try server(.quota("insufficient_quota", .seconds(seconds)), from: 10)
    let outcome = try server.run(.openAI, ["-j4"], articles: 0..<2000)
    try expectStop(
      outcome, server, code: "quota", words: "see the account's billing and limits", after: 10, jobs: 4)
  }

  @Test("an unknown model", arguments: Dialect.all)
  func unknownModel(_ dialect: Dialect) throws {
    let server = try server(.modelNotFound, from: 1)
    let outcome = try server.run(dialect, ["-j6"], articles: 0..<2000)
    let advice = if case .ollama = dialect { "'ollama pull test'" } else { "check the model's name, 'test'" }
    try expectStop(outcome, server, code: "not_found", words: advice, after: 1, jobs: 6)
  }

  @Test("what is left of the input is not read")
  func inputIsLeft() throws {
    let server = try server(.unauthorized, from: 1)
    let child = try Launch(server.options() + ["-j4"]).start()
    child.feed(Array(markedArticles(0..<100_000).utf8))
    // Its standard input stays open, and nothing closes it.
    let outcome = try child.outcome()
    outcome.expect(.exited(2))
    #expect(child.bytesFed < 1 << 20)
  }

  @Test("-q says why, and what to do, and nothing else")
  func quiet() throws {
    let server = try server(.unauthorized, from: 1)
    let outcome = try server.run(.openAI, ["-q", "-j1"], articles: 0..<9)
    outcome.expect(.exited(2))
    #expect(outcome.messages.count == 1, "\(outcome)")
    #expect(outcome.errors.contains("give a key with OPENAI_API_KEY"))
  }
}

/// Failures of single articles leave the others alone.
@Suite("acceptance: articles that fail by themselves", .blocking, .needsCurl)
struct SingleFailureTests {
  @Test(
    "an article that is refused, too long, filtered or cut off fails alone", arguments: Dialect.all)
  func alone(_ dialect: Dialect) throws {
    let replies: [(Reply, [String])] = [
      (.refusal, ["refused", "bad_reply"]), (.contextExceeded, ["too_long"]), (.filtered, ["refused", "bad_reply"]),
      (.truncated(), ["truncated"]), (.tooLarge, ["too_long"]), (.error(403, "no"), ["forbidden"]),
      (.error(400, "what?"), ["bad_request"]),
    ]
    let server = try TestServer { request, _ in
      let (place, remainder) = request.articleNumber!.quotientAndRemainder(dividingBy: 10)
      return remainder == 5 && place < replies.count ? replies[place].0 : .summary()
    }
    let outcome = try server.run(dialect, ["-k", "-j3", "--retries", "0"], articles: 0..<100)
    outcome.expect(.exited(1))
    let records = try outcome.records()
    #expect(records.compactMap(\.id) == Array(0..<100))
    for record in records {
      let (place, remainder) = record.id!.quotientAndRemainder(dividingBy: 10)
      if remainder == 5, place < replies.count {
        #expect(replies[place].1.contains(record.errorCode ?? ""), "\(record)")
      } else {
        #expect(record["summary"] != nil, "\(record)")
      }
    }
    #expect(!outcome.errors.contains("provider is down") && !outcome.errors.contains("stopping"), "\(outcome)")
  }

  @Test("many refusals in a row do not stop it either")
  func refusedInARow() throws {
    let server = try TestServer { request, _ in request.articleNumber! % 20 == 0 ? .summary() : .refusal }
    let outcome = try server.run(.openAI, ["-j4"], articles: 0..<40)
    outcome.expect(.exited(1))
    #expect(try outcome.records().count { $0.errorCode == "refused" } == 38)
    #expect(server.log.calls.count == 40, "a refusal is not asked again")
  }

  @Test("a Retry-After on what is not tried again holds nothing up, and stops nothing", arguments: [400, 403, 413])
  func pointlessRetryAfter(_ status: Int) throws {
    let server = try TestServer { request, _ in
      request.articleNumber == 3 ? .error(status).adding(.seconds(86_400)) : .summary()
    }
    let outcome = try server.run(.openAI, ["-j1"], articles: 0..<10)
    outcome.expect(.exited(1))
    #expect(try outcome.records().count { $0["summary"] != nil } == 9, "\(outcome)")
  }

  @Test("five articles in a row that no request suits stop it", arguments: Dialect.all)
  func badRequests(_ dialect: Dialect) throws {
    let server = try TestServer { request, _ in request.articleNumber! < 10 ? .summary() : .error(422, "no such field")
    }
    let outcome = try server.run(dialect, ["-j2"], articles: 0..<1000)
    outcome.expect(.exited(2))
    #expect(outcome.errors.contains("stopping: 5 articles in a row failed alike (bad_request)"), "\(outcome)")
    // A success that comes late begins the row anew.
    #expect(server.log.calls.count <= 10 + 2 * 5 + 2)
  }
}
