import Testing

/// Hours are simulated by minutes: `SUMMARIZE_SOAK=600 SUMMARIZE_BINARY=.build/release/summarize swift test --filter
/// SoakTests`. Without a number of seconds it is a short one, in heavy runs only.
@Suite(
  "load: a long run",
  .enabled(if: isHeavy || environmentVariable("SUMMARIZE_SOAK") != nil, "set SUMMARIZE_HEAVY=1 or SUMMARIZE_SOAK=600"),
  .serialized, .blocking)
struct SoakTests {
  private static let length = Duration.seconds(environmentVariable("SUMMARIZE_SOAK").flatMap { Int($0) } ?? 10)

  @Test("at a high rate, with errors, memory and descriptors stay as they are", arguments: [[], ["-k"]])
  func soak(_ options: [String]) throws {
    var launch = Launch(["-m", "simulated:latency=1-20,error-rate=0.05", "-j500"] + options)
    launch.arguments += ["--max-failures", "1000"]
    let child = try launch.start()
    var lines = 0
    child.output.consumer = { lines += newlines(in: $0) }
    child.feed(Array("no JSON\n".utf8), endless(from: 1))
    // The program opens what it needs when it first needs it: its writer of messages with the first message, which the
    // bad line is there for. From then on nothing more may be opened, however slow the start was.
    try child.wait("the first result and message") { child in lines > 1 && child.errors.text.contains("line 1") }

    var samples: [(memory: Int, descriptors: Int)] = []
    let start = ContinuousClock.now
    while ContinuousClock.now - start < Self.length {
      let next = ContinuousClock.now + .milliseconds(250)
      try child.wait("the next sample") { child in child.ending != nil || ContinuousClock.now >= next }
      try #require(child.ending == nil, "it has ended: \(child.errors.text)")
      guard let memory = child.residentMemory else { continue }
      samples.append((memory, child.openDescriptors.count))
    }
    child.kill(SIGINT)
    let outcome = try child.outcome(within: .seconds(300))
    outcome.expect(.died(SIGINT))
    #expect(lines == outcome.articlesInSummary, "\(outcome)")
    guard !samples.isEmpty else { return }

    // The first fifth is for buffers to find their size.
    let settled = samples[(samples.count / 5)...]
    let (early, late) = (settled.prefix(settled.count / 2), settled.suffix(settled.count / 2))
    let memory = (early.map(\.memory).max() ?? 0, late.map(\.memory).max() ?? 0)
    let descriptors = Set(settled.map(\.descriptors))
    print(
      """
      soak of \(Self.length) with \(options): \(lines) articles, at most \(memory.0 >> 10) KiB in the first half, \
      \(memory.1 >> 10) KiB in the second, \(descriptors.sorted()) descriptors
      \(outcome.messages.suffix(5).joined(separator: "\n"))
      """)
    #expect(memory.1 <= memory.0 + max(memory.0 / 10, 2 << 20))
    #expect(descriptors.count == 1)
  }
}
