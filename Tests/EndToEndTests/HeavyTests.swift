import Testing

/// What takes minutes, and figures that the program has to hold. Meant for a release build: `SUMMARIZE_HEAVY=1
/// SUMMARIZE_BINARY=.build/release/summarize swift test --filter HeavyTests`. One after another, as they are measured.
@Suite(
  "large runs", .enabled(if: isHeavy, "set SUMMARIZE_HEAVY=1"),
  .serialized, .blocking)
struct HeavyTests {
  /// Sends articles of 1 KB, and takes the peak of memory once all results are there, while the input is still open.
  private func flood(_ count: Int, _ options: [String]) throws -> (memory: Int?, wall: Duration) {
    let child = try Launch(options).start()
    var lines = 0
    child.output.consumer = { lines += newlines(in: $0) }
    let frame = articleOfOneKilobyte(0).count
    var next = 0
    var block: [UInt8] = []
    for index in 0..<500 { block += articleOfOneKilobyte(index) }
    child.feed([]) {
      guard next < count else { return nil }
      let size = min(500, count - next)
      for index in 0..<size { write(id: next + index, into: &block, at: index * frame) }
      next += size
      return Array(block[..<(size * frame)])
    }
    let start = ContinuousClock.now
    try child.wait("\(count) records", within: .seconds(600)) { _ in lines >= count }
    let memory = child.peakMemory
    let outcome = try child.finish()
    outcome.expect(.exited(0))
    outcome.expectTimingSummary(articles: count, ok: count, failed: 0)
    #expect(lines == count)
    return (memory, ContinuousClock.now - start)
  }

  /// Fixed width, so that only the digits of the id have to change.
  private func articleOfOneKilobyte(_ id: Int) -> [UInt8] {
    let sentence = "The council voted on Tuesday to rebuild the old bridge before the winter comes. "
    let text = String(repeating: sentence, count: 12)
    return Array(#"{"id":\#(10_000_000 + id),"content":"\#(text)"}"#.utf8) + [0x0A]
  }

  private func write(id: Int, into block: inout [UInt8], at offset: Int) {
    var rest = 10_000_000 + id
    for digit in (0..<8).reversed() {
      block[offset + 6 + digit] = 0x30 + UInt8(rest % 10)
      rest /= 10
    }
  }

  @Test("a million lines of 1 KB in 40 MiB, and in as much as ten thousand", arguments: [["-j64"], ["-k", "-j64"]])
  func millionLines(_ options: [String]) throws {
    let short = try flood(10_000, options)
    let long = try flood(1_000_000, options)
    print("\(options): ten thousand in \(short), a million in \(long)")
    guard let small = short.memory, let large = long.memory else { return }
    #expect(large <= 40 << 20)
    #expect(large - small <= max(small / 10, 2 << 20), "\(small) and \(large) bytes")
  }

  @Test("10,000 simulated articles in flight in 120 MiB")
  func tenThousandInFlight() throws {
    let child = try Launch(.instant + ["-j10000"]).start()
    child.feed(Array(articles(1...30_000, ms: stuck).utf8))
    try child.hasInFlight(10_000)
    let memory = child.peakMemory
    child.kill(SIGKILL)
    try child.outcome().expect(.died(SIGKILL))
    print("10,000 in flight: \(memory ?? 0) bytes")
    if let memory { #expect(memory < 120 << 20) }
  }

  @Test("30,000 simulated articles of a second, 10,000 in flight", .enabled(if: judgesTimes, "set SUMMARIZE_TIMES=1"))
  func tenThousandAtOnce() throws {
    let child = try Launch(.instant + ["-j10000"]).start()
    var lines = 0
    child.output.consumer = { lines += newlines(in: $0) }
    child.feed(Array(articles(1...30_000, ms: 1_000).utf8))
    let start = ContinuousClock.now
    try child.wait("30,000 records", within: .seconds(300)) { _ in lines >= 30_000 }
    let wall = ContinuousClock.now - start
    let memory = child.peakMemory
    let outcome = try child.finish()
    outcome.expect(.exited(0))
    let summary = try #require(TimingSummary(outcome.messages), "\(outcome)")
    print("10,000 in flight: \(memory ?? 0) bytes, \(wall / .seconds(3)) x ideal")
    #expect(summary.peak == 10_000)
    #expect(wall < .seconds(6))
    if let memory { #expect(memory < 120 << 20) }
  }

  @Test(
    "the series' table: 20 simulated articles", .enabled(if: judgesTimes, "set SUMMARIZE_TIMES=1"),
    arguments: [(5, "500-1500", 1.0), (20, "500-1500", 1.0), (1, "50-150", 1.0)])
  func seriesTable(jobs: Int, latency: String, bound: Double) throws {
    // The latencies come from the run itself: alone, each article takes what its calls take.
    let measured = try run(["-m", "simulated:latency=\(latency)", "-j20", "--meta"], input: .text(articles(1...20)))
    var latencies = [Double](repeating: 0, count: 20)
    for record in try measured.records() {
      guard let id = record.id, case .number(let text)? = record["meta"]?["latency_ms"] else { continue }
      latencies[id - 1] = Double(text)! / 1000
    }
    let ideal = greedySchedule(latencies, jobs: jobs)
    let start = ContinuousClock.now
    let outcome = try run(
      ["-m", "simulated:latency=\(latency)", "-j\(jobs)"], input: .text(articles(1...20)), within: .seconds(120))
    let wall = (ContinuousClock.now - start) / .seconds(1)
    outcome.expect(.exited(0))
    let summary = try #require(TimingSummary(outcome.messages), "\(outcome)")
    print("20 articles of \(latency) ms at -j \(jobs): \(wall) s, greedy \(ideal) s, ratio \(wall / ideal)")
    #expect(summary.peak == jobs)
    #expect(wall < ideal * 1.5 + bound)
  }

  /// When the last article is done, if each goes to the first slot that is free.
  private func greedySchedule(_ latencies: [Double], jobs: Int) -> Double {
    var free = [Double](repeating: 0, count: jobs)
    for latency in latencies {
      let slot = free.indices.min { free[$0] < free[$1] }!
      free[slot] += latency
    }
    return free.max()!
  }

  private static let posts = Binary.packageRoot + "/../shared/data/govnews-dev.ndjson"

  @Test(
    "1,426 real posts come back once each", .enabled(if: contents(of: posts) != nil, "needs ../shared/data"),
    arguments: [["-j64"], ["-k", "-j5"], ["--merge"]])
  func governmentNews(_ options: [String]) throws {
    let outcome = try run(options, input: .file(Self.posts), within: .seconds(120))
    outcome.expect(.exited(0))
    let input = contents(of: Self.posts)!.split(separator: 0x0A)
    // Some ids of the data occur more than once.
    let ids = try input.map { try JSON(parsing: Array($0))["id"]?.string ?? "none" }
    let records = try outcome.records()
    #expect(records.map { $0["id"]?.string ?? "none" }.sorted() == ids.sorted())
    #expect(records.allSatisfy { $0["summary"]?.string?.isEmpty == false })
  }

  @Test("behind a head of 30 s, 100,000 articles wait in flat memory")
  func stuckHead() throws {
    let child = try Launch(.instant + ["-k", "-j64"]).start()
    child.feed(Array(article(1, ms: stuck).utf8), endless(from: 2, upTo: 100_000))
    try child.isHeldBack(for: .seconds(2))
    let taken = child.bytesFed - child.bytesInPipe
    print("behind a stuck head: \(taken) bytes taken, \(child.peakMemory ?? 0) bytes of memory")
    #expect(taken < 1 << 20)
    if let memory = child.peakMemory { #expect(memory < 40 << 20) }
  }
}
