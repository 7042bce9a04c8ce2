import Testing

@Suite("Order of results", .blocking)
struct OrderTests {
  @Test("-k gives the order of the input, errors in place")
  func inputOrder() throws {
    var input = ""
    for id in 1...40 {
      input += id % 7 == 0 ? "{bad \(id)\n" : article(id, ms: (40 - id) * 10)
    }
    for options in [["-k", "-j8"], ["-k", "-j40"], ["--keep-order", "--jobs=3"]] {
      let outcome = try run(.instant + options, input: .text(input))
      outcome.expect(.exited(1))
      #expect(try outcome.records().compactMap { $0.id ?? $0.line } == Array(1...40))
    }
  }

  @Test("with -k the ready prefix goes out at once")
  func readyPrefix() throws {
    let child = try Launch(.instant + ["-k", "-j4"]).start()
    // 2 and 3 are ready before 1 is; with 1 all three come, while 4 is still under way.
    try child.write(article(1, ms: 500) + articles(2...3) + article(4, ms: stuck))
    #expect(try child.records(3).compactMap(\.id) == [1, 2, 3])
  }

  @Test("-k takes nothing from the concurrency")
  func concurrencyWithOrder() throws {
    try expectInFlight(5, ["-k", "-j5"], articles: 1...10)
  }

  @Test("behind a stuck head no more than the window is started", arguments: [(4, nil), (4, 10), (1, 1)])
  func boundedWindow(jobs: Int, window: Int?) throws {
    let options = ["-k", "-j\(jobs)", "--grace", "0s"] + (window.map { ["--window", "\($0)"] } ?? [])
    let child = try Launch(.instant + options).start()
    let bound = window ?? 8 * jobs
    child.feed(Array(article(1, ms: stuck).utf8), endless(from: 2))
    try child.isHeldBack()
    child.kill(SIGINT)
    let outcome = try child.outcome()
    outcome.expect(.died(SIGINT))
    let records = try outcome.records()
    #expect(records.compactMap(\.id) == Array(1...bound), "the window is filled, and nothing is started beyond it")
    #expect(records.first?.errorCode == "interrupted")
    #expect(records.dropFirst().allSatisfy { $0.errorCode == nil })
  }

  @Test("behind a stuck head memory stays flat and reading stops")
  func flatMemoryBehindStuckHead() throws {
    let child = try Launch(.instant + ["-k", "-j8"]).start()
    child.feed(Array(article(1, ms: stuck).utf8), endless(from: 2, upTo: 100_000))
    try child.isHeldBack()
    #expect(child.bytesFed - child.bytesInPipe < 1 << 20, "no more than the window and a buffer")
    if let peak = child.peakMemory { #expect(peak < 64 << 20) }
  }

  @Test("-k: a slow article in the middle holds back only what is behind it")
  func slowMiddle() throws {
    let child = try Launch(.instant + ["-k", "-j3"]).start()
    try child.write(articles(1...5) + article(6, ms: stuck) + articles(7...10))
    #expect(try child.records(5).compactMap(\.id) == [1, 2, 3, 4, 5])
    try child.isHeldBack()
    child.kill(SIGKILL)
    #expect(try child.outcome().records().count == 5)
  }

  @Test("-k twice gives identical bytes, whatever N", arguments: [["-m", "extractive"], .instant])
  func identicalBytes(_ model: [String]) throws {
    var input = ""
    for id in 1...300 {
      input +=
        id % 11 == 0 ? "{bad\n" : article(id, content: "Article \(id) is good news. It grew by \(id) percent in May.")
    }
    let one = try run(model + ["-k", "-j1"], input: .text(input))
    let many = try run(model + ["-k", "-j64"], input: .text(input))
    one.expect(.exited(1))
    many.expect(.exited(1))
    #expect(one.lines.count == 300)
    #expect(one.output == many.output)
  }
}

/// Articles without latency and without end, as a producer such as `yes` makes them.
func endless(from first: Int, upTo last: Int = .max) -> () -> [UInt8]? {
  var next = first
  return {
    guard next <= last else { return nil }
    defer { next += 100 }
    return Array(articles(next..<min(next + 100, last)).utf8)
  }
}
