import Basics
package import Articles
import BoundedConcurrency
package import Reporting
package import ResultLog
package import Summarization

/// The whole data flow, from a line of input to a line of output:
///
///     input ─ lines ─ article ─▶ concurrentMap(limit, window) { summarize } ─▶ record ─ output
///
/// The pipeline only connects these parts; its properties hold them.
package struct ArticlePipeline: Sendable {
  package let lines: LineIntake
  package let articles: ArticleReader
  let summarizer: any Summarizer
  /// Makes the calls of a summarizer that has to be waited for; nil when the summarizer is called directly.
  let runner: CallRunner?
  /// Decides when the run stops.
  let scheduler: SharedCallScheduler
  package let records: RecordEncoder
  package let output: RecordSink
  let observer: any RunObserver
  let console: MessageConsole
  /// Whether records are handed over in input order.
  let keepsOrder: Bool

  package init(
    lines: LineIntake, articles: ArticleReader, summarizer: any Summarizer, runner: CallRunner?,
    scheduler: SharedCallScheduler, records: RecordEncoder, output: RecordSink, observer: any RunObserver,
    console: MessageConsole, keepsOrder: Bool
  ) {
    self.lines = lines
    self.articles = articles
    self.summarizer = summarizer
    self.runner = runner
    self.scheduler = scheduler
    self.records = records
    self.output = output
    self.observer = observer
    self.console = console
    self.keepsOrder = keepsOrder
  }

  /// Runs until the input has ended, or the run was stopped, and every line that was admitted has its record written.
  package func run(_ jobs: JobLimit) async {
    if keepsOrder {
      let records = lines.concurrentMap(limit: jobs.limit, window: jobs.window) { await process($0) }
      for await record in records { output.put(record) }
    } else {
      // With no order to keep, each worker hands over its own record: it need not wait for anybody to take it. What is
      // unwritten is still in flight, by the count of `AdmissionGate`.
      await lines.forEachConcurrent(limit: jobs.limit) { output.put(await process($0)) }
    }
  }

  /// Turns one line of input into one line of output, whatever happens.
  private func process(_ line: InputLine) async -> OutputRecord {
    let reading = read(line)
    switch reading.article {
    case .failure(let error): return refuse(line, reading, error)
    case .success(let article):
      guard let runner else { return ask(line, reading, article) }
      return finish(line, reading, await runner.answer(article, of: line))
    }
  }

  // The code before and after the wait is kept out of line. Otherwise its temporaries would be part of the memory of
  // each article in flight (2.9 KB of it; measured with 10,000 articles).

  @inline(never)
  private func read(_ line: InputLine) -> ArticleReader.ArticleReading {
    let reading = line.selected?.reading ?? articles.read(line)
    observer.observe(.read(line: line.number, id: reading.idText))
    return reading
  }

  @inline(never)
  private func refuse(_ line: InputLine, _ reading: ArticleReader.ArticleReading, _ error: ArticleError) -> OutputRecord
  {
    // A failure known from an earlier run is not counted again.
    if error.code != line.failedBefore { scheduler.failed(error) }
    return finish(line, reading, ArticleAnswer(result: .failure(error)))
  }

  @inline(never)
  private func finish(_ line: InputLine, _ reading: ArticleReader.ArticleReading, _ answer: ArticleAnswer)
    -> OutputRecord
  {
    let now = Instant.now
    let failure = answer.result.failure
    if let failure { console.tell(failure, at: line.place) }
    observer.observe(
      .answered(
        line: line.number, admitted: line.admitted, at: now, attempts: answer.attempts, failure: failure?.code))
    let outcome = ArticleOutcome(
      result: answer.result, attempts: answer.attempts, usage: answer.usage, latency: now - line.admitted)
    return OutputRecord(
      bytes: records.encode(line, reading, outcome), isError: failure != nil, line: line.selected)
  }

  /// Calls a summarizer that never waits: such a call needs no turn in the scheduler, and no task of its own to be
  /// cancelled in.
  @inline(never)
  private func ask(_ line: InputLine, _ reading: ArticleReader.ArticleReading, _ article: Article) -> OutputRecord {
    let start = Instant.now
    observer.observe(.attemptStarted(line: article.line, at: start))
    guard let result = summarizer.resultAtOnce(article, attempt: 1) else {
      preconditionFailure("a summarizer that is immediate has an attempt that waits")
    }
    observer.observe(
      .attemptEnded(line: article.line, started: start, at: Instant.now, failure: result.failure?.code))
    if let error = result.failure, error.code != line.failedBefore { scheduler.failed(error) }
    return finish(line, reading, ArticleAnswer(result: result, attempts: 1))
  }
}
