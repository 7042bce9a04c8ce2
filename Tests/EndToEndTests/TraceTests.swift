import Testing

/// `--trace`: a timeline in Chrome's trace-event format.
@Suite(.timeLimit(.minutes(20))) struct TraceTests {
  /// The events of a trace; the array that they stand in may lack its end.
  private func events(_ path: String, hasEnd: Bool = true) throws -> [JSON] {
    let text = String(decoding: try #require(contents(of: path)), as: UTF8.self)
    #expect(text.hasSuffix("\n]\n") == hasEnd)
    return try text.split(separator: "\n").compactMap { line in
      guard line != "[", line != "]" else { return nil }
      return try JSON(parsing: Array((line.hasSuffix(",") ? line.dropLast() : line).utf8))
    }
  }

  private func bars(_ events: [JSON], _ name: String) -> [JSON] {
    events.filter { $0["ph"]?.string == "X" && $0["name"]?.string?.hasPrefix(name) == true }
  }

  private func number(_ value: JSON?) -> Double {
    if case .number(let text)? = value { Double(text) ?? .nan } else { .nan }
  }

  @Test("a bar an article, in it its attempts and waits") func timeline() throws {
    let folder = try TemporaryFolder()
    let trace = folder.path + "/trace"
    let failing = #"{"id":"b","content":"Text.","simulated":{"status":503,"times":1,"ms":20}}"# + "\n"
    let input = articles(1...6, ms: 20) + failing + "no article\n"
    let outcome = try Launch(.instant + ["-j3", "--trace", trace], input: .text(input)).start().finish()
    outcome.expect(.exited(1))
    let events = try events(trace)
    #expect((1...3).contains(events.count { $0["name"]?.string == "thread_name" }))
    #expect(bars(events, "line ").count == 8)
    #expect(bars(events, "attempt").count == 8)
    #expect(bars(events, "back-off").count + bars(events, "limits").count >= 1)
    let retried = try #require(bars(events, #"line 7 "b""#).first)
    #expect(retried["args"]?["attempts"] == .number("2"))
    #expect(bars(events, "line 8").first?["args"]?["error"]?.string == "invalid_json")
    // Two articles never overlap in one lane.
    var ends: [String: Double] = [:]
    let spans = bars(events, "line ").map { bar in
      (lane: "\(bar["tid"]!)", start: number(bar["ts"]), duration: number(bar["dur"]))
    }
    for span in spans.sorted(by: { $0.start < $1.start }) {
      #expect(span.start >= ends[span.lane] ?? 0)
      ends[span.lane] = span.start + span.duration
    }
  }

  @Test("there are as many lanes as articles were in flight at once") func lanes() throws {
    let folder = try TemporaryFolder()
    try expectInFlight(3, ["-j3", "--trace", folder.path + "/trace"], articles: 1...7)
    #expect(try events(folder.path + "/trace").count { $0["name"]?.string == "thread_name" } == 3)
  }

  @Test("an empty input makes an empty timeline") func empty() throws {
    let folder = try TemporaryFolder()
    let outcome = try Launch(["--trace", folder.path + "/trace"], input: .nothing).start().finish()
    outcome.expect(.exited(0))
    #expect(try events(folder.path + "/trace").compactMap { $0["name"]?.string } == ["process_name"])
  }

  @Test("a file that is not empty needs --force; it may not be the input") func refusals() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("trace", "text\n")
    let outcome = try Launch(.instant + ["--trace", file], input: .text(article(1))).start().finish()
    outcome.expectUsageError()
    #expect(outcome.errors.contains("--resume, which needs --output,") && outcome.errors.contains("--force"))
    #expect(contents(of: file) == Array("text\n".utf8))
    try Launch(.instant + ["--trace", file, "--force"], input: .text(article(1))).start().finish().expect(.exited(0))
    #expect(try bars(events(file), "line 1").count == 1)
    let articles = try folder.file("articles", article(1))
    try Launch(.instant + ["--trace", articles, "--force", articles], input: .nothing).start().finish()
      .expectUsageError()
  }

  @Test("one that cannot be written does not keep the articles from their results") func writeError() throws {
    let outcome = try Launch(.instant + ["--trace", "/dev/full"], input: .text(articles(1...3))).start().finish()
    outcome.expect(.exited(2))
    #expect(try outcome.records().count == 3)
    #expect(outcome.errors.contains("cannot write /dev/full: No space left on device"))
  }
}
