import TestServer
import Testing
import TestSupport

/// Against a model that counts: what was paid for and written is never paid for again, whenever the run is killed. With
/// `SUMMARIZE_HEAVY=1` 200 rounds over 5,000 articles; `SUMMARIZE_ROUNDS` and `SUMMARIZE_ARTICLES` set other numbers.
@Suite("section 6: nothing is paid for twice", .blocking, .enabled(if: curlIsAvailable, "no libcurl on this machine"))
struct PaidOnceTests {
  @Test("killed at random moments and resumed to the end, every article is there once and was paid for once")
  func killed() throws {
    try stop(by: SIGKILL, rounds: rounds(4, heavy: 200))
  }

  @Test("stopped at random moments, not even what was in flight is paid for again", arguments: [SIGINT, SIGTERM])
  func stopped(by signal: Int32) throws {
    try stop(by: signal, rounds: rounds(4, heavy: 10))
  }

  private func stop(by signal: Int32, rounds: Int) throws {
    let given = environmentVariable("SUMMARIZE_ARTICLES").flatMap { Int($0) }
    let articles = given ?? (isHeavy ? 5_000 : 200)
    var total = StoppedRuns.Figures()
    var round = 0
    // A starved host may look too late, when all is done.
    while round < rounds || total.stops == 0 && round < 60 {
      defer { round += 1 }
      var runs = try StoppedRuns(by: signal, articles: articles, round: round)
      total += try runs.figures()
      guard isHeavy && (round + 1) % 10 == 0 else { continue }
      print("signal \(signal), \(round + 1) rounds over \(articles) articles: \(total)")
    }
    #expect(total.stops > 0)
  }
}

/// One round: a run that is stopped once or several times, and what is left of it completed.
private struct StoppedRuns {
  struct Figures: CustomStringConvertible {
    /// Runs that ended before their time.
    var stops = 0
    /// Answers that the server gave and that cost money.
    var answers = 0
    /// Of those, what went to articles that had one before. They were in flight.
    var answersAgain = 0
    /// Calls for articles whose result was in FILE before.
    var callsForNothing = 0
    var recordsLost = 0
    var recordsDoubled = 0

    static func += (total: inout Figures, figures: Figures) {
      total.stops += figures.stops
      total.answers += figures.answers
      total.answersAgain += figures.answersAgain
      total.callsForNothing += figures.callsForNothing
      total.recordsLost += figures.recordsLost
      total.recordsDoubled += figures.recordsDoubled
    }

    var description: String {
      """
      \(stops) stops, \(recordsLost) records lost, \(recordsDoubled) doubled, \(answers) answers paid for, \
      \(answersAgain) of them again as they were in flight, \(callsForNothing) that were in FILE
      """
    }
  }

  private static let jobs = 16

  private let signal: Int32
  private let articles: Int
  private let keepsOrder: Bool
  /// Whether some ids are missing, some are there twice, and some articles fail at first.
  private let isMixed: Bool
  private let files: OutputFolder
  private let server: TestServer
  private var random: SplitMix64

  init(by signal: Int32, articles: Int, round: Int) throws {
    self.signal = signal
    self.articles = articles
    isMixed = round % 2 == 1
    keepsOrder = round % 4 != 3
    random = SplitMix64(seed: UInt64(round))
    files = try OutputFolder()
    let isMixed = isMixed
    server = try TestServer(keepsBodies: false) { request, attempt in
      guard isMixed, attempt == 1, let number = request.articleNumber, number % 10 == 5 else { return .summary() }
      // Of a hundred, one is tried again by the run itself, and nine by the next one.
      return number % 100 == 15 ? .error(500) : .contextExceeded
    }
    try files.write("in", (1...articles).map(Self.line(isMixed)).joined())
  }

  private static func line(_ isMixed: Bool) -> (Int) -> String {
    { number in
      let content = #""content":"This is \#(marker(number)). It has two sentences."}"# + "\n"
      return switch isMixed ? number % 20 : 0 {
      case 3: "{" + content
      case 7: #"{"id":\#(number - 6),"# + content
      default: #"{"id":\#(number),"# + content
      }
    }
  }

  private var launch: Launch {
    Launch(
      server.options() + ["-j\(Self.jobs)", "-o", files.out, "--resume"] + (keepsOrder ? ["-k"] : [])
        + (signal == SIGKILL ? [] : ["--grace", "4m"]) + [files.path("in")], input: .nothing)
  }

  // MARK: The round

  mutating func figures() throws -> Figures {
    var figures = Figures()
    /// What FILE had after each stop, and how many calls there were until then.
    var stops: [(done: Set<String>, calls: Int)] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let child = try launch.start()
      try waitForMoment(child)
      child.kill(signal)
      guard try child.outcome(within: .seconds(300)).ending == .died(signal) else { break }
      stops.append((markersInFile(), server.log.calls.count))
    }
    figures.stops = stops.count
    try complete()
    try checkRecords(&figures)

    let calls = server.log.calls
    for stop in stops {
      figures.callsForNothing += calls[stop.calls...].count { stop.done.contains($0.marker ?? "") }
    }
    let paid = calls.filter { $0.reply == "summary" && $0.ending == .answered }
    figures.answers = paid.count
    figures.answersAgain = paid.count - Set(paid.compactMap(\.marker)).count
    #expect(figures.callsForNothing == 0)
    #expect(figures.answersAgain <= (signal == SIGKILL ? stops.count * Self.jobs : 0))
    return figures
  }

  private mutating func waitForMoment(_ child: Child) throws {
    let files = files
    let variety = Int.random(in: 0..<10, using: &random)
    let goal = variety == 0 ? 0 : Int.random(in: 0..<(articles * 125), using: &random)
    try child.wait("a moment in the run", within: .seconds(600)) { child in
      if child.ending != nil { return true }
      return variety == 1 ? files.names.contains(".out.summarize-new") : size(of: files.out) >= goal
    }
    for _ in 0..<Int.random(in: 0..<1_000, using: &random) { sched_yield() }
  }

  /// The same command again, until nothing has failed.
  private func complete() throws {
    for _ in 0..<2 {
      let outcome = try launch.run(within: .seconds(600))
      if outcome.ending == .exited(0) { return }
      outcome.expect(.exited(1))
    }
    try launch.run(within: .seconds(600)).expect(.exited(0))
  }

  private func checkRecords(_ figures: inout Figures) throws {
    let records = try files.records()
    let lines = records.compactMap(\.line)
    #expect(lines.count == records.count && (keepsOrder ? lines : lines.sorted()) == Array(1...articles))
    figures.recordsLost = articles - Set(lines).count
    figures.recordsDoubled = lines.count - Set(lines).count
    for (record, line) in zip(records, lines) {
      #expect(record["summary"]?.string == "Summary of \(marker(line)).")
      let repeated = isMixed && line % 20 == 7
      #expect(record.id == (isMixed && line % 20 == 3 ? nil : repeated ? line - 6 : line))
    }
    #expect(files.names == ["in", "out"])
  }

  /// The articles whose results stand whole in FILE.
  private func markersInFile() -> Set<String> {
    let lines = (files.text() ?? "").split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return Set(
      lines.compactMap { line in
        line.firstRange(of: "Summary of ").map { String(line[$0.upperBound...].prefix { $0 != "." }) }
      })
  }
}
