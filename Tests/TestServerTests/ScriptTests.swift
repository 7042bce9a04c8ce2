import TestServer
import TestSupport
import Testing

@Suite struct ScriptTests {
  @Test func oneCallInFiveFailsAndNoArticleMoreThanThreeTimes() {
    let failures = (0..<1000).map { Script.failures(of: $0).map(\.name) }
    let all = failures.joined()
    #expect(all.count == 250)
    #expect(failures.map(\.count).max() == 3)
    #expect(failures.map(\.count).filter { $0 == 3 }.count == 25)
    let kinds = Dictionary(grouping: all) { $0 }.mapValues(\.count)
    #expect(kinds.count == 23 && kinds.values.min()! >= 5, "\(kinds)")
  }

  @Test func anArticleGetsItsFailuresInTurnAndThenItsSummary() async throws {
    try await blocking {
      let server = try TestServer(script: Script.oneInFive)
      let expected = Script.failures(of: 61).map(\.name)
      #expect(expected.count == 3)
      for attempt in 1...4 {
        let client = try #require(RawClient(server.port))
        client.ask(openAIPath, "article-0061")
        // A failure may be silence: what tells is the log.
        #expect(server.wait { $0.calls.count == attempt && $0.calls.last?.reply != "" })
      }
      #expect(server.log.calls.map(\.reply) == expected + ["summary"])
    }
  }
}
