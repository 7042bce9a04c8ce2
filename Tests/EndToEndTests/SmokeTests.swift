import Testing

@Suite("the harness", .blocking)
struct SmokeTests {
  @Test func runs() throws {
    let outcome = try run(.instant + ["-j", "5"], input: .text(articles(1...3)))
    outcome.expect(.exited(0))
    #expect(try outcome.records().compactMap(\.id).sorted() == [1, 2, 3])
  }
}
