import Testing

/// Inputs that no test of every day wants to wait for.
@Suite("load: large inputs", .enabled(if: isHeavy, "set SUMMARIZE_HEAVY=1"), .serialized, .blocking)
struct LargeInputTests {
  /// A million lines of about a kilobyte.
  private static let count = 1_000_000

  private static func gigabyte() -> () -> [UInt8]? {
    let filler = String(repeating: "The council voted to rebuild the old bridge. ", count: 21)
    let rest = Array(#","content":"\#(filler)"}"#.utf8) + [0x0A]
    var next = 1
    return {
      guard next <= count else { return nil }
      var block: [UInt8] = []
      for id in next..<min(next + 200, count + 1) { block += Array(#"{"id":\#(id)"#.utf8) + rest }
      next += 200
      return block
    }
  }

  @Test("1 GB to a file: 32 bytes an article besides, each once, in order", arguments: [[], ["-k"]])
  func gigabyteToFile(_ options: [String]) throws {
    let files = try OutputFolder()
    var launch = files.launch("", ["-j64", "--resume"] + options)
    launch.input = .generated(Self.gigabyte())
    let child = try launch.start()
    child.closeInput()
    var peak = 0
    let start = ContinuousClock.now
    try child.wait("the end", within: .seconds(1200)) { child in
      peak = max(peak, child.peakMemory ?? 0)
      return child.ending != nil
    }
    let outcome = try child.outcome()
    outcome.expect(.exited(0))
    outcome.expectTimingSummary(articles: Self.count, ok: Self.count, failed: 0)
    print("1 GB to a file, \(options): \(peak >> 10) KiB, \(ContinuousClock.now - start)")
    #expect(peak <= 40 << 20 + 32 * Self.count)

    // Line by line and not parsed: there are a million.
    var ids: [Int] = []
    for line in contents(of: files.out)!.split(separator: 0x0A) {
      ids.append(line.dropFirst(6).prefix { $0 != 0x2C }.reduce(0) { $0 * 10 + Int($1) - 0x30 })
    }
    #expect(ids.count == Self.count && (options.isEmpty ? ids.sorted() : ids) == Array(1...Self.count))
  }

  @Test("a line of 120 MB is an article like any other where it is allowed")
  func longLine() throws {
    let text = "It begins. " + String(repeating: "0123456789abcde ", count: 7_500_000)
    let child = try Launch(.instant + ["-k", "--max-line", "128M"]).start()
    child.feed(Array((article(1, content: text) + article(2)).utf8))
    var peak = 0
    try child.wait("two records", within: .seconds(300)) { child in
      peak = max(peak, child.peakMemory ?? 0)
      return child.output.bytes.count(where: { $0 == 0x0A }) == 2
    }
    let outcome = try child.finish()
    outcome.expect(.exited(0))
    #expect(try outcome.records().map { $0["summary"]?.string } == ["It begins.", "The first sentence."])
    print("a line of 120 MB: \(peak >> 20) MiB")
    #expect(peak < 6 * text.utf8.count)
  }

  @Test("and where it is not, it is an error in bounded memory")
  func tooLongLine() throws {
    let files = try OutputFolder()
    var launch = files.launch("", ["-k", "--errors", files.path("errors")])
    var left = 120
    launch.input = .generated {
      left -= 1
      if left >= 0 { return [UInt8](repeating: 0x78, count: 1_000_000) }
      return left == -1 ? Array(("\n" + article(2)).utf8) : nil
    }
    let child = try launch.start()
    child.closeInput()
    var peak = 0
    try child.wait("the end", within: .seconds(300)) { child in
      peak = max(peak, child.peakMemory ?? 0)
      return child.ending != nil
    }
    try child.outcome().expect(.exited(1))
    #expect(try files.records().compactMap(\.id) == [2])
    #expect(try files.records("errors").map(\.errorCode) == ["line_too_long"])
    #expect(peak < 64 << 20)
  }
}
