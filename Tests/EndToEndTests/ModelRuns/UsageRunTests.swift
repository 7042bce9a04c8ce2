import TestServer
import Testing

/// What the server says it has used is added up.
@Suite("acceptance: tokens", .blocking, .needsCurl)
struct UsageRunTests {
  @Test("in meta for each article, failed attempts included, and in the summary for all", arguments: Dialect.all)
  func totals(_ dialect: Dialect) throws {
    let server = try TestServer { request, attempt in
      // Odd articles get an unusable reply first, which has been paid for.
      request.articleNumber! % 2 == 1 && attempt == 1
        ? .text("no JSON", tokens: (100, 7)) : .summary(tokens: (100 + request.articleNumber!, 30))
    }
    let outcome = try server.run(dialect, ["--meta", "-k", "-j4"], articles: 0..<10)
    try outcome.expectSummaries(of: 0..<10)
    for record in try outcome.records() {
      let (id, meta) = (record.id!, record["meta"]!)
      #expect(meta["input_tokens"]?.integer == 100 + id + (id % 2 == 1 ? 100 : 0), "\(record)")
      #expect(meta["output_tokens"]?.integer == 30 + (id % 2 == 1 ? 7 : 0), "\(record)")
      #expect(meta["attempts"]?.integer == 1 + id % 2)
    }
    #expect(outcome.messages.last == "summarize: 1545 tokens in, 335 out", "\(outcome)")
  }

  @Test("where the server does not say, nothing is said")
  func unknown() throws {
    let server = try TestServer { _, _ in .summary(tokens: nil) }
    let outcome = try server.run(.openAI, ["--meta"], articles: 0..<3)
    try outcome.expectSummaries(of: 0..<3)
    #expect(try outcome.records().allSatisfy { $0["meta"]?["input_tokens"] == nil })
    #expect(!outcome.errors.contains("tokens in"))
  }
}
