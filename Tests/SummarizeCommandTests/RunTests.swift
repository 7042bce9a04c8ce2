import BoundedConcurrency
import Pipeline
import Reporting
import Summarization
import SystemIO
import Testing

@testable import SummarizeCommand
import TestSupport

/// The whole pipeline in this process, from a file to a pipe; ThreadSanitizer looks on.
@Suite(.timeLimit(.minutes(20))) struct RunTests {
  @Test(arguments: [(1, true), (1, false), (7, true), (7, false), (64, true)])
  func everyLineGivesOneRecord(jobs: Int, keepsOrder: Bool) async throws {
    let lines = (0..<2000).map { number in
      number % 10 == 3 ? "broken \(number)" : #"{"id":\#(number),"content":"text of \#(number)"}"#
    }
    let run = try await TestRun(lines, jobs: jobs, keepsOrder: keepsOrder, summarizer: Echo())
    var numbers = run.records.map { $0.number }
    if !keepsOrder { numbers.sort() }
    #expect(numbers == (1...2000).map { $0 })
    #expect(run.status == 1)
    #expect(run.report.failed == 200)
  }

  @Test func resultsComeInInputOrderHoweverTheyFinish() async throws {
    let lines = (0..<300).map { #"{"id":\#($0),"content":"c"}"# }
    let run = try await TestRun(lines, jobs: 20, keepsOrder: true, summarizer: Echo(yieldsUpTo: 20))
    #expect(run.records.map { $0.number } == Array(1...300))
    #expect(run.status == 0)
  }

  @Test(arguments: [1, 3, 16]) func exactlyNAreInFlight(jobs: Int) async throws {
    let gate = Gathering(size: jobs)
    let lines = (0..<jobs * 5).map { #"{"id":\#($0),"content":"c"}"# }
    let run = try await TestRun(lines, jobs: jobs, keepsOrder: false, summarizer: gate)
    #expect(run.records.count == jobs * 5)
    #expect(gate.peak == jobs)
    #expect(run.summary.contains("at most \(jobs) in flight"))
  }

  @Test func anInputThatCannotBeReadIsSkippedAndRemembered() async throws {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let good = try folder.file("good", TestRun.text([#"{"id":1,"content":"c"}"#]))
    let run = try await TestRun(inputs: ["/nonexistent", "/", good], jobs: 2, keepsOrder: true, summarizer: Echo())
    #expect(run.records.map { $0.number } == [1])
    #expect(run.status == 2)
  }

  @Test func linesRunOnOverFiles() async throws {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let files = try [
      folder.file("first", TestRun.text(["", #"{"content":"a"}"#])), folder.file("empty"),
      // The last line has no end.
      folder.file("last", #"{"content":"b"}"# + "\nx"),
    ]
    let run = try await TestRun(inputs: files, jobs: 2, keepsOrder: true, summarizer: Echo())
    #expect(run.records.map { $0.number } == [2, 3, 4])
  }

  @Test func aSignalEndsTheRunWithARecordForEveryLineThatWasTaken() async throws {
    let lines = (0..<50).map { #"{"id":\#($0),"content":"c"}"# }
    let started = Started()
    let run = try await TestRun(lines, jobs: 4, keepsOrder: true, grace: .milliseconds(1), summarizer: started) { run in
      await started.wait(for: 4)
      run.control.handle(.interrupt)
    }
    #expect(run.records.map { $0.number } == [1, 2, 3, 4])
    #expect(run.records.allSatisfy { $0.text.contains(#""code":"interrupted""#) })
    #expect(run.status == 1)
  }
}

/// Answers at once, or after a number of yields that depends on the line.
struct Echo: Summarizer {
  var yieldsUpTo = 0

  var isImmediate: Bool { yieldsUpTo == 0 }

  func summarizeAtOnce(_ article: Article, attempt: Int) throws(ArticleError) -> Summary? {
    isImmediate ? echo(article) : nil
  }

  func summarize(_ article: Article, attempt: Int) async throws(ArticleError) -> Summary {
    if yieldsUpTo > 0 { for _ in 0..<(yieldsUpTo - article.line % yieldsUpTo) { await Task.yield() } }
    return echo(article)
  }

  private func echo(_ article: Article) -> Summary {
    Summary(summary: article.content, sentiment: .neutral, keywords: ["line \(article.line)"])
  }
}

/// Lets calls go only when as many as expected are there, so that the bound is both reached and not exceeded.
final class Gathering: Summarizer {
  private struct State {
    var present: [CheckedContinuation<Void, Never>] = []
    var inFlight = 0
    var peak = 0
  }

  private let size: Int
  private let state = Lock(State())

  init(size: Int) { self.size = size }

  var peak: Int { state.withLock { $0.peak } }

  func summarize(_ article: Article, attempt: Int) async throws(ArticleError) -> Summary {
    await withCheckedContinuation { continuation in
      let released = state.withLock { state in
        state.inFlight += 1
        state.peak = max(state.peak, state.inFlight)
        state.present.append(continuation)
        guard state.present.count == size else { return [CheckedContinuation<Void, Never>]() }
        defer { state.present = [] }
        return state.present
      }
      for continuation in released { continuation.resume() }
    }
    state.withLock { $0.inFlight -= 1 }
    return Summary(summary: "s", sentiment: .neutral, keywords: [])
  }
}

/// Calls that last until they are cancelled, and tells how many have begun.
final class Started: Summarizer {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream() }

  func wait(for count: Int) async {
    var seen = 0
    for await _ in stream {
      seen += 1
      if seen == count { return }
    }
  }

  func summarize(_ article: Article, attempt: Int) async throws(ArticleError) -> Summary {
    continuation.yield()
    try? await Gate().pass()
    throw ArticleError(.interrupted, "given up")
  }
}
