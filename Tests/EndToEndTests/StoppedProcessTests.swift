import TestServer
import Testing

@Suite("SIGSTOP and SIGCONT", .blocking, .enabled(if: curlIsAvailable, "no libcurl on this machine"))
struct StoppedProcessTests {
  @Test("time stopped is not held against a call")
  func stopped() throws {
    // Where a host is so slow that the call ends before it is stopped, or after, it is tried once more.
    for _ in 1...20 where try stoppedCallEnds() { return }
    Issue.record("the call timed out each time")
  }

  private func stoppedCallEnds() throws -> Bool {
    let gate = Gate()
    let server = try TestServer { _, _ in .summary().held(by: gate) }
    let launch = Launch(server.options() + ["--timeout", "5s", "--retries", "0"], input: .text(markedArticles(1...1)))
    let child = try launch.start()
    try child.hasReadAll()
    #expect(server.wait { $0.calls.count == 1 })
    child.kill(SIGSTOP)
    // SIGTSTP does the same, but not to a process whose group has no shell. Longer than the call may take.
    usleep(5_500_000)
    child.kill(SIGCONT)
    // Long enough for a call to be given up whose time had gone on.
    usleep(200_000)
    gate.open()
    let outcome = try child.outcome()
    return try outcome.ending == .exited(0) && outcome.records().first?["summary"] != nil
  }

  @Test("a call's own time ends it all the same") func notStopped() throws {
    let server = try TestServer { _, _ in .never }
    let launch = Launch(
      server.options() + ["--timeout", "1200ms", "--retries", "0"], input: .text(markedArticles(1...1)))
    let outcome = try launch.run()
    outcome.expect(.exited(1))
    #expect(try outcome.records().first?.errorCode == "timeout", "\(outcome)")
  }
}
