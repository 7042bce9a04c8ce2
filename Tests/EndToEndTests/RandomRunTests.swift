import TestSupport
import Testing

/// Random options, articles that fail at random, signals at random moments, readers that are slow or go away: every run
/// ends, and what it wrote adds up.
///
/// `SUMMARIZE_RANDOM_RUNS=20000` makes so many runs, `SUMMARIZE_RANDOM_SEED=7` only the one of that seed.
@Suite("random runs", .blocking)
struct RandomRunTests {
  private static let lanes = 8

  private static func number(_ name: String) -> Int? { environmentVariable(name).flatMap { Int($0) } }

  @Test(
    "every run ends, with one record a line, in order, and with counts and a status that agree", arguments: 0..<lanes)
  func runs(_ lane: Int) throws {
    if let seed = Self.number("SUMMARIZE_RANDOM_SEED") {
      guard lane == 0 else { return }
      var run = RandomRun(seed: seed)
      try run.check()
      return
    }
    let count = Self.number("SUMMARIZE_RANDOM_RUNS") ?? 40
    for seed in stride(from: lane, to: count, by: Self.lanes) {
      var run = RandomRun(seed: seed)
      do {
        try run.check()
      } catch {
        Issue.record("seed \(seed): \(error)")
      }
    }
  }
}

private struct RandomRun {
  private enum Reader: CaseIterable {
    case prompt, slow, vanishing
  }

  struct Finding: Error, CustomStringConvertible {
    let description: String
  }

  let seed: Int
  private var random: SplitMix64
  /// For each line of the input, whether there must be a record of it.
  private var isArticle: [Bool] = []
  private var input = ""
  private var options: [String] = []
  private let keepsOrder: Bool
  private let reader: Reader
  private let signals: [Int32]
  /// The input ends in the middle, perhaps of a line.
  private let stopsEarly: Bool

  init(seed: Int) {
    self.seed = seed
    random = SplitMix64(seed: UInt64(seed))
    keepsOrder = Bool.random(using: &random)
    let variety = Int.random(in: 0..<12, using: &random)
    reader = variety == 0 ? .vanishing : variety < 3 ? .slow : .prompt
    let kinds: [[Int32]] = [[SIGINT], [SIGTERM], [SIGHUP], [SIGINT, SIGTERM], [SIGUSR1], [SIGUSR1, SIGTERM]]
    signals = Int.random(in: 0..<3, using: &random) == 0 ? kinds.randomElement(using: &random)! : []
    stopsEarly = signals.contains { $0 != SIGUSR1 } && Int.random(in: 0..<4, using: &random) == 0
    makeOptions()
    for line in 0..<Int.random(in: 0...60, using: &random) { addLine(line + 1) }
  }

  private mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

  private mutating func makeOptions() {
    options = ["-m", "simulated:latency=0-3,seed=\(seed)\(oneIn(6) ? ",error-rate=0.2" : "")"]
    options += ["-j\([1, 2, 3, 8, 64].randomElement(using: &random)!)", "--stats", "json"]
    if keepsOrder { options.append("-k") }
    if oneIn(3) { options += ["--rate", ["200/s", "1000/s"].randomElement(using: &random)!] }
    if oneIn(4) { options += ["--token-rate", "5000000/m"] }
    options += ["--retries", "\(Int.random(in: 0...2, using: &random))"]
    options += ["--max-outage", ["200ms", "1s"].randomElement(using: &random)!]
    options += ["--grace", ["0s", "100ms", "5s"].randomElement(using: &random)!]
    if oneIn(3) { options += ["--max-failures", "\(Int.random(in: 1...9, using: &random))"] }
    if oneIn(3) { options.append("--merge") }
    if oneIn(3) { options.append("--meta") }
    if oneIn(4) { options.append("-v") }
  }

  private mutating func addLine(_ id: Int) {
    isArticle.append(true)
    switch Int.random(in: 0..<14, using: &random) {
    case 0: input += "broken\n"
    case 1:
      input += ["", "  \t"].randomElement(using: &random)! + "\n"
      isArticle[id - 1] = false
    case 2: input += #"{"id":\#(id),"content":" "}"# + "\n"
    case 3:
      // What stops a run is rare, so that most runs see their end.
      let rare = oneIn(5)
      let status = (rare ? [401, 404, 429] : [400, 413, 422, 500]).randomElement(using: &random)!
      input += article(id, simulated: #""status":\#(status)"#)
    case 4, 5:
      let status = [429, 500, 503, 408].randomElement(using: &random)!
      let wait = oneIn(3) ? #","retry-after":0.05"# : ""
      input += article(
        id, simulated: #""status":\#(status),"times":\#(Int.random(in: 1...3, using: &random)),"ms":1\#(wait)"#)
    case 6:
      input += article(id, content: String(repeating: "A long sentence, and one more. ", count: 2000))
    default: input += article(id, ms: Int.random(in: 0...30, using: &random))
    }
  }

  private var summary: String { "\(options.joined(separator: " ")), \(reader), signals \(signals)" }

  private func fail(_ what: String, _ outcome: Outcome) throws -> Never {
    throw Finding(description: "\(what)\n\(summary)\n--- input\n\(input.prefix(3000))\n--- \(outcome)")
  }

  mutating func check() throws {
    let child = try Launch(options).start()
    // Part of the input first, so that signals find the run at work; the rest when something came of it.
    let bytes = Array(input.utf8)
    let part = Int.random(in: 0...bytes.count, using: &random)
    child.feed(Array(bytes[..<part]))
    if reader == .vanishing {
      let taken = Int.random(in: 0...1000, using: &random)
      try child.wait("some output") { $0.output.bytes.count >= taken || $0.bytesFed == part || $0.ending != nil }
      child.closeOutput()
    }
    let moment = Int.random(in: 0...part, using: &random)
    if signals.first == SIGUSR1, part > 0 {
      // Before its first instruction it has no say in what a signal does.
      try child.wait("the child to read") { $0.bytesFed > $0.bytesInPipe || $0.ending != nil }
    } else if !signals.isEmpty {
      try child.wait("a moment") { $0.bytesFed >= moment || $0.ending != nil }
    }
    for signal in signals where signal != SIGUSR1 || part > 0 {
      for _ in 0..<Int.random(in: 0..<2000, using: &random) { sched_yield() }
      child.kill(signal)
    }
    if !stopsEarly { child.feed(Array(bytes[part...])) }
    if reader == .slow {
      for _ in 0..<Int.random(in: 0..<20_000, using: &random) { sched_yield() }
    }
    try judge(child.finish())
  }

  private func judge(_ outcome: Outcome) throws {
    let mayDie = signals.filter { $0 != SIGUSR1 }
    let isKilled = mayDie.contains { outcome.ending == .died($0) }
    if case .died(let signal) = outcome.ending, !isKilled, !(reader == .vanishing && signal == SIGPIPE) {
      try fail("death by a signal that nobody sent", outcome)
    }
    if reader == .vanishing { return }
    // Signals that come before they are handled, and a second one, may cut the run anywhere.
    if isKilled, mayDie.count > 1 || !outcome.errors.contains("stopping") { return }

    let records = try outcome.records()
    var lines: [Int] = []
    for record in records {
      guard let line = record.line ?? record.id, isArticle.indices.contains(line - 1), isArticle[line - 1] else {
        try fail("a record that belongs to no line: \(record)", outcome)
      }
      let isResult = record["summary"] != nil
      guard isResult != (record["error"] != nil) else { try fail("neither result nor error: \(record)", outcome) }
      lines.append(line)
    }
    if Set(lines).count != lines.count { try fail("two records of a line", outcome) }
    if keepsOrder, lines != lines.sorted() { try fail("out of order", outcome) }
    // Every line that was read has its record: so they are the first ones.
    let expected = isArticle.indices.filter { isArticle[$0] }.map { $0 + 1 }
    if lines.sorted() != Array(expected.prefix(lines.count)) { try fail("a line without a record", outcome) }
    try judgeCounts(outcome, records, isWhole: lines.count == expected.count)
  }

  private func judgeCounts(_ outcome: Outcome, _ records: [JSON], isWhole: Bool) throws {
    guard let text = outcome.messages.last(where: { $0.hasPrefix("{") }) else { try fail("no statistics", outcome) }
    let stats = try JSON(parsing: text)
    // The input that was cut is whole for the run where it read it to its end before the signal.
    let isWhole = stopsEarly ? stats["read_whole_input"] == .bool(true) : isWhole
    let failed = records.count { $0["error"] != nil }
    let counts = [stats["articles"], stats["ok"], stats["failed"]].map { $0?.integer }
    if counts != [records.count, records.count - failed, failed] { try fail("counts \(counts)", outcome) }
    var codes: [String: Int] = [:]
    for record in records {
      if let code = record.errorCode { codes[code, default: 0] += 1 }
    }
    for (code, count) in codes where stats["failures"]?[code]?.integer != count {
      try fail("\(count) records of \(code), and not as many in the statistics", outcome)
    }
    let wasStopped = outcome.errors.contains("stopping") || outcome.errors.contains("stopped")
    switch outcome.ending {
    // A signal in the last moment of a run whose work is done may be told and change nothing.
    case .exited(0): if failed > 0 || !isWhole || wasStopped && signals.isEmpty { try fail("status 0", outcome) }
    case .exited(1): if failed == 0 || !isWhole || wasStopped && signals.isEmpty { try fail("status 1", outcome) }
    case .exited(2): if signals.isEmpty && !wasStopped { try fail("status 2 without a reason", outcome) }
    case .died: break
    case .exited(let status): try fail("status \(status)", outcome)
    }
    if !wasStopped && !isWhole { try fail("not all was read, and nobody said why", outcome) }
  }
}
