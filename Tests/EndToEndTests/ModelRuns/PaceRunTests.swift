import BoundedConcurrency
import TestServer
import Testing

/// The rates that a user sets, by the server's log.
@Suite("acceptance: rates", .blocking, .needsCurl)
struct PaceRunTests {
  /// What the transport and a loaded machine may add to the distance between two calls, or take from it.
  private let slack = Duration.milliseconds(25)

  @Test("--rate is held, bursts no more than documented, and counts retries")
  func rate() throws {
    let (rate, count) = isHeavy ? (10, 101) : (20, 41)
    // Every fourth article fails once: what is tried again takes its turn as well.
    let server = try TestServer { request, attempt in
      attempt == 1 && request.articleNumber! % 4 == 1 ? .error(500) : .summary()
    }
    let articles = count / 5 * 4 + 1
    let control = Control(step: Duration.seconds(1) / rate)
    let start = ContinuousClock.now
    let outcome = try server.run(.openAI, ["-j20", "--rate", "\(rate)/s", "--retries", "5"], articles: 0..<articles)
    try outcome.expectSummaries(of: 0..<articles)
    let times = server.log.calls.map(\.arrived).sorted()
    #expect(times.count == count, "\(server.log.replies)")
    let ideal = Duration.seconds(1) / rate * (count - 1)
    let taken = times.last! - times.first!
    let distances = zip(times, times.dropFirst()).map { $1 - $0 }
    note(
      "--rate \(rate)/s: \(count) calls in \(taken), ideal \(ideal), closest \(distances.min()!), "
        + "farthest \(distances.max()!), at most \(server.log.mostArrivals(within: .seconds(1))) within a second")
    // The first call may be held up on its way, but it is not made before the program has begun.
    #expect(times.last! - start >= ideal * 0.98, "\(times.last! - start)")
    // What the machine itself was late beyond what is caught up with.
    let lost = control.stop()
    let lostSteps = Int((lost / (Duration.seconds(1) / rate)).rounded(.up))
    note("a plain timer of the same pace lost \(lost) meanwhile")
    guard judgesTimes else { return }
    #expect(taken <= ideal * 1.02 + lost * 2, "\(taken), and a plain timer lost \(lost)")
    // A late timer is caught up with by 20 ms, and no more; a call that is held up on its way comes closer to the next.
    let close = distances.count { $0 < Duration.seconds(1) / rate - .milliseconds(20) - slack }
    #expect(close <= distances.count / 10 + lostSteps, "\(distances)")
    #expect(server.log.mostArrivals(within: .seconds(1) - slack) <= rate + 1 + lostSteps)
  }

  @Test("--rate a minute")
  func perMinute() throws {
    let server = try TestServer { _, _ in .summary() }
    let start = ContinuousClock.now
    let outcome = try server.run(.anthropic, ["-j9", "--rate", "120/m"], articles: 0..<5)
    try outcome.expectSummaries(of: 0..<5)
    #expect(server.log.calls.map(\.arrived).max()! - start >= .milliseconds(1900))
  }

  @Test("--token-rate is held by what the server says was used, not by the estimate")
  func tokenRate() throws {
    // 100 tokens a call and 1000 a second are ten calls a second, whatever was estimated before.
    let server = try TestServer { _, _ in .summary(tokens: (80, 20)) }
    let count = isHeavy ? 101 : 31
    let start = ContinuousClock.now
    let outcome = try server.run(
      .openAI, ["-j1", "--token-rate", "1000/s", "--max-tokens", "300"], articles: 0..<count)
    try outcome.expectSummaries(of: 0..<count)
    let times = server.log.calls.map(\.arrived).sorted()
    let taken = times.last! - times.first!
    let ideal = Duration.milliseconds(100) * (count - 1)
    note("--token-rate 1000/s: \(count) calls of 100 tokens in \(taken), ideal \(ideal)")
    #expect(times.last! - start >= ideal * 0.95, "\(times.last! - start)")
    if judgesTimes { #expect(taken <= ideal * 1.25, "\(taken)") }
  }

  @Test("a long wait for --token-rate is told with its time, once")
  func longWait() throws {
    // The first call takes what two minutes allow.
    let server = try TestServer { _, _ in .summary(tokens: (1000, 200)) }
    let child = try server.launch(
      .openAI, ["-j1", "--token-rate", "600/m"], articles: 0..<3
    ).start()
    #expect(try child.record()["summary"] != nil)
    try child.message("the next call waits for ")
    try child.message("--token-rate")
    child.kill(SIGTERM)
    let outcome = try child.outcome()
    outcome.expect(.died(SIGTERM))
    // Two minutes and what has been lowered meanwhile, once.
    let waits = outcome.errors.split(separator: "\n").filter { $0.contains("the next call waits for ") }
    #expect(waits.count == 1 && waits[0].contains(/waits for ([0-9]+ s|2 min)/), "\(outcome)")
  }

  @Test("who keeps to a server's rate is never refused")
  func withinServersLimit() throws {
    let server = try TestServer(limit: RateLimit(callsPerSecond: 20, burst: 20)) { _, _ in .summary() }
    let outcome = try server.run(.openAI, ["-j8", "--rate", "19/s"], articles: 0..<60)
    try outcome.expectSummaries(of: 0..<60)
    #expect(server.violations == 0)
  }

  @Test("a server's own limit costs no article")
  func serversLimit() throws {
    let server = try TestServer(limit: RateLimit(callsPerSecond: 4, burst: 1)) { _, _ in .summary() }
    let outcome = try server.run(.openAI, ["-j10"], articles: 0..<20)
    try outcome.expectSummaries(of: 0..<20)
    // How many are refused is a matter of the schedule.
    #expect(server.violations > 0)
    #expect(server.log.tooEarly.isEmpty, "\(server.log.tooEarly)")
  }
}

/// A thread that does nothing but sleep for a step, again and again: by how much it is late is the machine's doing, and
/// happens to the program beside it as well.
private final class Control: Sendable {
  private struct State {
    var lost = Duration.zero
    var isStopped = false
  }

  private let state = Lock(State())

  /// - Parameter step: at least 20 ms.
  init(step: Duration) {
    try! startThread { [self] in
      while !state.withLock({ $0.isStopped }) {
        let start = ContinuousClock.now
        usleep(UInt32(step / .microseconds(1)))
        let late = ContinuousClock.now - start - step
        state.withLock { $0.lost += max(.zero, late - .milliseconds(20)) }
      }
    }
  }

  /// - Returns: what it was late by more than 20 ms each time, added up.
  func stop() -> Duration {
    state.withLock { state in
      state.isStopped = true
      return state.lost
    }
  }
}
