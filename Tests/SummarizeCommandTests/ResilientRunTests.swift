import BoundedConcurrency
import Reporting
import Summarization
import SystemIO
import Testing

@testable import SummarizeCommand

/// Failing calls through the whole pipeline in this process; ThreadSanitizer looks on.
@Suite(.timeLimit(.minutes(20))) struct ResilientRunTests {
  private func lines(_ count: Int) -> [String] { (0..<count).map { #"{"id":\#($0),"content":"c"}"# } }

  @Test(arguments: [true, false]) func everyArticleIsAnsweredOnceWhateverFails(keepsOrder: Bool) async throws {
    let moody = Moody()
    let run = try await TestRun(lines(200), jobs: 40, keepsOrder: keepsOrder, summarizer: moody)
    var numbers = run.records.map { $0.number }
    if !keepsOrder { numbers.sort() }
    #expect(numbers == Array(1...200))
    #expect(run.status == 0)
    #expect(run.summary.contains("retries"))
    #expect(moody.peak <= 40)
  }

  @Test func aSignalEndsEveryWait() async throws {
    let down = Down()
    let run = try await TestRun(lines(100), jobs: 30, keepsOrder: true, summarizer: down) { run in
      await down.begun()
      run.control.handle(.interrupt)
    }
    #expect(run.records.map { $0.number } == Array(1...run.records.count))
    #expect(run.records.allSatisfy { $0.text.contains(#""code":"interrupted""#) })
  }

  @Test func whatIsHopelessStopsTheRun() async throws {
    let run = try await TestRun(lines(1000), jobs: 8, keepsOrder: false, summarizer: Hopeless())
    #expect(run.status == 2)
    #expect(run.records.count < 100)
  }
}

/// First attempts fail in one way or another, second ones succeed.
private final class Moody: Summarizer {
  private let state = Lock((inFlight: 0, peak: 0))

  var peak: Int { state.withLock { $0.peak } }

  func summarize(_ article: Article, attempt: Int) async throws(ArticleError) -> Summary {
    state.withLock { state in
      state.inFlight += 1
      state.peak = max(state.peak, state.inFlight)
    }
    defer { state.withLock { $0.inFlight -= 1 } }
    await Task.yield()
    if attempt == 1 {
      switch article.line % 10 {
      case 1: throw ArticleError(.rateLimited, "slower", status: 429, retryAfter: .milliseconds(20))
      case 2: throw ArticleError(.serverError, "oops", status: 500)
      case 3: throw ArticleError(.badReply, "what")
      default: break
      }
    }
    return Summary(summary: "s", sentiment: .neutral, keywords: ["line \(article.line)"])
  }
}

/// Nothing succeeds, and somebody waits to see it.
private final class Down: Summarizer {
  private let (stream, continuation) = AsyncStream<Void>.makeStream()

  /// Until a call was made.
  func begun() async {
    for await _ in stream { return }
  }

  func summarize(_ article: Article, attempt: Int) async throws(ArticleError) -> Summary {
    continuation.yield()
    throw ArticleError(.serverError, "down", status: 503, retryAfter: article.line == 3 ? .seconds(60) : nil)
  }
}

private struct Hopeless: Summarizer {
  func summarize(_ article: Article, attempt: Int) async throws(ArticleError) -> Summary {
    throw ArticleError(.unauthorized, "no key", status: 401)
  }
}
