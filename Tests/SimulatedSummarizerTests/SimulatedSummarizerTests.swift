import Basics
import Summarization
import SystemIO
import Testing

@testable import SimulatedSummarizer

@Suite(.timeLimit(.minutes(20))) struct SimulatedSummarizerTests {
  private func summarizer(
    latency: ClosedRange<Int> = 500...1500, seed: UInt64 = 1, tasks: SummaryTasks = .all, errorRate: Double = 0,
    rateLimit: Double? = nil
  ) throws -> SimulatedSummarizer {
    var settings = SimulatedSettings()
    settings.latency = latency
    settings.seed = seed
    settings.errorRate = errorRate
    settings.rateLimit = rateLimit
    return SimulatedSummarizer(SummaryRequest(tasks: tasks), settings: settings, poller: try EventPoller())
  }

  private func article(_ line: Int, extra: String = "", content: String = "One two. Three") -> Article {
    Article(line: line, id: nil, title: nil, content: content, raw: Array(#"{"content":"c"\#(extra)}"#.utf8))
  }

  @Test func latenciesDependOnSeedAndLineAlone() throws {
    let one = try summarizer()
    #expect(one.ownLatencies(article(5)) == (try summarizer()).ownLatencies(article(5)))
    #expect(one.ownLatencies(article(5)) != one.ownLatencies(article(6)))
    #expect(one.ownLatencies(article(5)) != (try summarizer(seed: 2)).ownLatencies(article(5)))
  }

  @Test func thereIsACallForEachTask() throws {
    #expect(try summarizer().ownLatencies(article(1)).count == 3)
    #expect(try summarizer(tasks: [.keywords]).ownLatencies(article(1)).count == 1)
  }

  @Test func whatTakesNoTimeIsAnsweredAtOnce() async throws {
    let quick = try summarizer(latency: 0...0)
    let text = article(1, content: "Ünder one harbour, Harbour. Two")
    let answer = try #require(try quick.summarizeAtOnce(text, attempt: 1))
    #expect(answer.summary == "Ünder one harbour, Harbour.")
    #expect(answer.keywords == ["ünder", "harbour"])
    let later = try await quick.summarize(text, attempt: 1)
    #expect(later.summary == answer.summary && later.keywords == answer.keywords)
    #expect(throws: ArticleError.self) {
      try quick.summarizeAtOnce(article(1, extra: #","simulated":{"status":503}"#), attempt: 1)
    }
    #expect(try quick.summarizeAtOnce(article(1, extra: #","simulated":{"ms":0}"#), attempt: 1) != nil)
  }

  @Test func whatTakesTimeHasNotBegun() throws {
    // The limit lets one attempt through: those that have to be waited for have not used it up.
    let slow = try summarizer(latency: 0...1, rateLimit: 1)
    for line in 1...5 { #expect(try slow.summarizeAtOnce(article(line), attempt: 1) == nil) }
    let own = try summarizer(latency: 0...0, rateLimit: 1)
    for line in 1...5 {
      #expect(try own.summarizeAtOnce(article(line, extra: #","simulated":{"ms":5}"#), attempt: 1) == nil)
    }
    #expect(try own.summarizeAtOnce(article(6), attempt: 1) != nil)
    #expect(throws: ArticleError.self) { try own.summarizeAtOnce(article(7), attempt: 1) }
  }

  @Test func latenciesFillTheirRangeEvenly() throws {
    let simulated = try summarizer(latency: 100...199)
    let all = (1...2000).flatMap { simulated.ownLatencies(article($0)) }
    #expect(all.min() == 100)
    #expect(all.max() == 199)
    let mean = Double(all.reduce(0, +)) / Double(all.count)
    #expect(abs(mean - 149.5) < 2)
  }

  /// The series' table: 20 articles of three calls take about a minute one at a time.
  @Test func twentyArticlesTakeAboutAMinute() throws {
    let simulated = try summarizer()
    let total = (1...20).flatMap { simulated.ownLatencies(article($0)) }.reduce(0, +)
    #expect((55_000...65_000).contains(total))
  }

  @Test func anArticleMayFixItsOwnTotal() throws {
    let simulated = try summarizer()
    #expect(simulated.ownLatencies(article(1, extra: #","simulated":{"ms":30}"#)) == [30])
    #expect(simulated.ownLatencies(article(1, extra: #","simulated":{"ms":0}"#)) == [0])
    #expect(simulated.ownLatencies(article(1, extra: #","simulated":{"ms":99999999}"#)) == [3_600_000])
    for ignored in [#","simulated":{"ms":-1}"#, #","simulated":{"ms":"5"}"#, #","simulated":5"#, #","simulated":{}"#] {
      #expect(simulated.ownLatencies(article(1, extra: ignored)).count == 3)
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

  private func failure(_ simulated: SimulatedSummarizer, _ article: Article, attempt: Int) async -> ArticleError? {
    do throws(ArticleError) {
      _ = try await simulated.summarize(article, attempt: attempt)
      return nil
    } catch {
      return error
    }
  }

  @Test func failuresDependOnSeedLineAndAttemptAlone() throws {
    let one = try summarizer(errorRate: 0.3)
    let again = try summarizer(errorRate: 0.3)
    let failures = (1...3000).map { one.fails(line: $0, attempt: 1) }
    #expect(failures == (1...3000).map { again.fails(line: $0, attempt: 1) })
    #expect(failures != (1...3000).map { one.fails(line: $0, attempt: 2) })
    #expect(failures != (1...3000).map { try! summarizer(seed: 2, errorRate: 0.3).fails(line: $0, attempt: 1) })
    #expect((800...1000).contains(failures.count { $0 }))
    #expect((1...100).allSatisfy { try! summarizer(errorRate: 1).fails(line: $0, attempt: 1) })
  }

  @Test func anErrorHasStatusAndCode() async throws {
    let error = await failure(try summarizer(errorRate: 1), article(1), attempt: 1)
    #expect(error == ArticleError(.serverError, "simulated status 503", status: 503))
  }

  @Test func anArticleMayFailItsFirstAttempts() async throws {
    let simulated = try summarizer(latency: 0...0)
    let own = article(1, extra: #","simulated":{"status":429,"times":2,"retry-after":1.5}"#)
    for attempt in 1...2 {
      let error = await failure(simulated, own, attempt: attempt)
      #expect(error?.code == .rateLimited && error?.status == 429 && error?.retryAfter == .seconds(1.5))
    }
    #expect(await failure(simulated, own, attempt: 3) == nil)
  }

  @Test func withoutTimesEveryAttemptFails() async throws {
    let simulated = try summarizer(latency: 0...0)
    let own = article(1, extra: #","simulated":{"status":400}"#)
    #expect(await failure(simulated, own, attempt: 1)?.code == .badRequest)
    #expect(await failure(simulated, own, attempt: 100)?.code == .badRequest)
  }

  @Test(arguments: [#"{"status":200}"#, #"{"status":"500"}"#, #"{"status":1e9}"#, #"{"times":3}"#])
  func whatMakesNoSenseIsIgnored(
    own: String
  ) async throws {
    #expect(
      await failure(try summarizer(latency: 0...0), article(1, extra: #","simulated":\#(own)"#), attempt: 1) == nil)
  }

  @Test func theRateLimitLetsASecondsWorthThrough() {
    let limit = SimulatedLimit(perSecond: 4)
    let start = Instant.now
    for _ in 1...4 { #expect(limit.refusal(at: start) == nil) }
    #expect(limit.refusal(at: start) == .milliseconds(250))
    #expect(limit.refusal(at: start + .milliseconds(100)) == .milliseconds(150))
    #expect(limit.refusal(at: start + .milliseconds(250)) == nil)
    #expect(limit.refusal(at: start + .milliseconds(250)) == .milliseconds(250))
    let slow = SimulatedLimit(perSecond: 0.5)
    #expect(slow.refusal(at: start) == nil)
    #expect(slow.refusal(at: start) == .seconds(2))
  }

  @Test func whoKeepsToTheRateIsNeverRefused() {
    let limit = SimulatedLimit(perSecond: 10)
    let start = Instant.now
    for call in 0..<200 { #expect(limit.refusal(at: start + .milliseconds(100) * call) == nil) }
  }

  @Test func settingsAreRead() throws {
    let settings = try SimulatedSettings(parsing: "error-rate=0.2,rate-limit=5,latency=1-2")
    #expect(settings.errorRate == 0.2 && settings.rateLimit == 5)
    for bad in ["error-rate=1.1", "error-rate=x", "error-rate=nan", "rate-limit=0", "rate-limit=-1", "rate-limit=inf"] {
      #expect(throws: SimulatedSettingsError.self) {
        try SimulatedSettings(parsing: bad)
      }
    }
  }
}

extension SimulatedSummarizer {
  fileprivate func ownLatencies(_ article: Article) -> [Int] { latencies(of: article, ArticleSimulation(of: article)) }
}
