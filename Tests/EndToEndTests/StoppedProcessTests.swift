import TestServer
import Testing

@Suite("SIGSTOP and SIGCONT", .blocking, .enabled(if: curlIsAvailable, "no libcurl on this machine"))
struct StoppedProcessTests {
  @Test("time stopped is not held against a call")
  func stopped() throws {
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
    outcome.expect(.exited(0))
    #expect(try outcome.records().first?["summary"] != nil, "\(outcome)")
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
