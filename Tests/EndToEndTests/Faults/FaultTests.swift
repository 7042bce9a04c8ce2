import Testing

/// How often each thing is done: a few times, or with `SUMMARIZE_HEAVY=1` often, or `SUMMARIZE_ROUNDS` times.
func rounds(_ few: Int, heavy many: Int) -> Int {
  if let given = environmentVariable("SUMMARIZE_ROUNDS"), let count = Int(given) { return count }
  return isHeavy ? many : few
}

/// Every way of dying, at random moments. After it the same command completes FILE as if nothing had happened. The table
/// in CONTRIBUTING is what `SUMMARIZE_HEAVY=1 SUMMARIZE_BINARY=.build/release/summarize swift test --filter FaultTests`
/// prints.
@Suite("section 6: whatever happens to a run, the same command completes it", .blocking)
struct FaultTests {
  private static let table = FaultTable()

  @Test("every record once, file valid to its last byte, status and summary as promised", arguments: Fault.all)
  func fault(_ fault: Fault) throws {
    var row = FaultTable.Row()
    var expected: [FaultyRun.Variant: FaultyRun.Result] = [:]
    // The same moments every time, as far as the machine allows it: what fails can be tried again.
    let seed = fault.description.utf8.reduce(0) { $0 &* 31 &+ Int($1) }
    for round in 0..<rounds(2, heavy: 30) {
      var run = try FaultyRun(seed: seed &+ round)
      for _ in 0..<Int.random(in: 1...3, using: &run.random) {
        try strike(fault, &run, round, &row)
      }
      if expected[run.variant] == nil { expected[run.variant] = try run.undisturbed() }
      try complete(run, expected[run.variant]!, "\(fault), round \(round)", &row)
    }
    #expect(row.lost == 0 && row.doubled == 0)
    guard Self.table.add(row, of: fault) == Fault.all.count, isHeavy else { return }
    print(Self.table.text)
  }

  private func strike(_ fault: Fault, _ run: inout FaultyRun, _ round: Int, _ row: inout FaultTable.Row) throws {
    let before = (results: run.results, size: size(of: run.files.out))
    let outcome = try fault.strike(&run)
    let place: Comment = "\(fault), round \(round), \(run.variant): \(outcome)"
    let wasStruck = fault.ending == nil || outcome.ending != Fault.usual
    if wasStruck {
      row.struck += 1
      row.endings[outcome.ending.inTable, default: 0] += 1
      #expect(outcome.ending == fault.ending ?? Fault.usual, place)
      if let message = fault.message { #expect(outcome.errors.contains(message), place) }
    }
    #expect(fault.tears || !run.isTorn, place)
    let after = run.results
    #expect(before.results.isSubset(of: after), place)
    // A run that was over before it had begun has nothing to tell.
    if fault.tellsSummary, size(of: run.files.out) > before.size {
      #expect(outcome.articlesInSummary != nil, place)
      if before.size == 0, fault.ending == .died(SIGTERM) || fault.ending == .died(SIGINT),
        run.variant != .orderedWithErrors
      {
        #expect(outcome.articlesInSummary == run.result(run.files).out.count - 1, place)
      }
    }
  }

  /// The same command with nothing in its way.
  private func complete(
    _ run: FaultyRun, _ expected: FaultyRun.Result, _ name: String, _ row: inout FaultTable.Row
  ) throws {
    let done = run.results.count
    let outcome = try run.launch.run()
    let place: Comment = "\(name), \(run.variant): \(outcome)"
    #expect(outcome.ending == Fault.usual, place)
    #expect(outcome.articlesInSummary == FaultyRun.articles - done, place)
    let told = outcome.messages.last { $0.hasSuffix(" already done") }
    #expect(told == (done == 0 ? nil : "summarize: \(done) \(done == 1 ? "article" : "articles") already done"), place)
    // Valid to the last byte.
    _ = try (run.files.records(), run.files.records("errors"))

    let found = run.result(run.files)
    #expect(found == expected, place)
    row.lost += missing(from: found.out, expected.out) + missing(from: found.errors, expected.errors)
    row.doubled += missing(from: expected.out, found.out) + missing(from: expected.errors, found.errors)
    #expect(run.files.names.isSubset(of: ["out", "errors"]), place)
  }

  /// How many of the wanted lines are not there, counted as often as they are wanted.
  private func missing(from lines: [String], _ wanted: [String]) -> Int {
    var counts = lines.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    return wanted.count { line in
      counts[line, default: 0] -= 1
      return counts[line]! < 0
    }
  }
}

extension Ending {
  fileprivate var inTable: String {
    switch self {
    case .exited(let status): String(status)
    case .died(let signal): "\(128 + signal) (death by signal \(signal))"
    }
  }
}

extension Outcome {
  /// How many articles the timing summary tells of; nil where there is none.
  var articlesInSummary: Int? {
    for message in messages {
      let words = message.split(separator: " ")
      guard words.count > 4, words[2].hasPrefix("article") || words[2].hasPrefix("line"), words[3] == "in" else {
        continue
      }
      return Int(words[1])
    }
    return nil
  }
}
