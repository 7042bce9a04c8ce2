import Summarization
import SystemIO
import Testing

@testable import SimulatedSummarizer

@Suite(.timeLimit(.minutes(1))) struct SimulatedSummarizerTests {
  private func summarizer(
    latency: ClosedRange<Int> = 500...1500, seed: UInt64 = 1, tasks: SummaryTasks = .all
  ) throws -> SimulatedSummarizer {
    var settings = SimulatedSummarizer.Settings()
    settings.latency = latency
    settings.seed = seed
    return SimulatedSummarizer(SummaryRequest(tasks: tasks), settings: settings, poller: try Poller())
  }

  private func article(_ line: Int, extra: String = "", content: String = "One two. Three") -> Article {
    Article(line: line, id: nil, title: nil, content: content, raw: Array(#"{"content":"c"\#(extra)}"#.utf8))
  }

  @Test func latenciesDependOnSeedAndLineAlone() throws {
    let one = try summarizer()
    #expect(one.latencies(of: article(5)) == (try summarizer()).latencies(of: article(5)))
    #expect(one.latencies(of: article(5)) != one.latencies(of: article(6)))
    #expect(one.latencies(of: article(5)) != (try summarizer(seed: 2)).latencies(of: article(5)))
  }

  @Test func thereIsACallForEachTask() throws {
    #expect(try summarizer().latencies(of: article(1)).count == 3)
    #expect(try summarizer(tasks: [.keywords]).latencies(of: article(1)).count == 1)
  }

  @Test func latenciesFillTheirRangeEvenly() throws {
    let simulated = try summarizer(latency: 100...199)
    let all = (1...2000).flatMap { simulated.latencies(of: article($0)) }
    #expect(all.min() == 100)
    #expect(all.max() == 199)
    let mean = Double(all.reduce(0, +)) / Double(all.count)
    #expect(abs(mean - 149.5) < 2)
  }

  /// The series' table: 20 articles of three calls take about a minute one at a time.
  @Test func twentyArticlesTakeAboutAMinute() throws {
    let simulated = try summarizer()
    let total = (1...20).flatMap { simulated.latencies(of: article($0)) }.reduce(0, +)
    #expect((55_000...65_000).contains(total))
  }

  @Test func anArticleMayFixItsOwnTotal() throws {
    let simulated = try summarizer()
    #expect(simulated.latencies(of: article(1, extra: #","simulated":{"ms":30}"#)) == [30])
    #expect(simulated.latencies(of: article(1, extra: #","simulated":{"ms":0}"#)) == [0])
    #expect(simulated.latencies(of: article(1, extra: #","simulated":{"ms":99999999}"#)) == [3_600_000])
    for ignored in [#","simulated":{"ms":-1}"#, #","simulated":{"ms":"5"}"#, #","simulated":5"#, #","simulated":{}"#] {
      #expect(simulated.latencies(of: article(1, extra: ignored)).count == 3)
    }
  }

  @Test func answersOnlyWhatWasAsked() async throws {
    let summary = try await summarizer(latency: 0...0, tasks: [.summary]).summarize(article(1), attempt: 1)
    #expect(summary == Summary(summary: "One two."))
  }

  @Test(arguments: [
    ("One two. Three", "One two."), ("No end", "No end"), (" \n a\tb! c", "a b!"), ("?", "?"), ("日本。", "日本。"),
  ]) func theSummaryIsTheFirstSentence(content: String, sentence: String) async throws {
    let summary = try await summarizer(latency: 0...0).summarize(article(1, content: content), attempt: 1)
    #expect(summary.summary == sentence)
  }

  @Test func obeysCancellation() async throws {
    let simulated = try summarizer()
    let article = article(1, extra: #","simulated":{"ms":3600000}"#)
    let task = Task { () -> ArticleError.Code? in
      do throws(ArticleError) {
        _ = try await simulated.summarize(article, attempt: 1)
        return nil
      } catch {
        return error.code
      }
    }
    await Task.yield()
    task.cancel()
    #expect(await task.value == .interrupted)
  }
}
