import BoundedConcurrency
import Summarization
import SystemIO

/// The whole flow, from a line of input to a line of output:
///
///     input ─ lines ─ article ─▶ concurrentMap(limit, window) { summarize } ─▶ record ─ output
///
/// Everything else is a part that it names.
struct Pipeline {
  let lines: Intake
  let articles: ArticleReader
  let summarizer: any Summarizer
  let calls: Calls
  let records: RecordRenderer
  let output: OutputWriter
  let observer: any RunObserver
  let messages: Messages

  /// Runs until the input has ended, or the run was stopped, and every line that was admitted has its record written.
  func run(_ configuration: Configuration) async {
    let jobs = configuration.jobs
    if configuration.keepsOrder {
      let records = lines.concurrentMap(limit: jobs, window: configuration.window) { await process($0) }
      for await record in records { output.enqueue(record) }
    } else {
      // With no order to keep, each worker hands over its own record: it need not wait for anybody to take it. What is
      // unwritten is still in flight, by the count of `Admission`.
      await lines.forEachConcurrent(limit: jobs) { output.enqueue(await process($0)) }
    }
    await output.finish()
  }

  /// One line of input to one line of output, whatever happens.
  private func process(_ line: InputLine) async -> [UInt8] {
    let reading = articles.read(line)
    var attempts = 0
    let answer: Result<Summary, ArticleError>
    switch reading.article {
    case .success(let article):
      attempts = 1
      answer = await attempt(article)
    case .failure(let error):
      answer = .failure(error)
    }

    let now = ContinuousClock.now
    let failure = answer.failure
    if let failure { messages.tell(failure, at: line.place) }
    observer.observe(
      .answered(line: line.number, admitted: line.admitted, at: now, attempts: attempts, failure: failure?.code))
    return records.render(line, reading, answer, attempts: attempts, latency: now - line.admitted)
  }

  private func attempt(_ article: Article) async -> Result<Summary, ArticleError> {
    let start = ContinuousClock.now
    observer.observe(.attemptStarted(line: article.line, at: start))
    // What waits for nothing needs no task of its own to be given up in.
    let answer = summarizer.isImmediate ? await call(article) : await calls.run { await call(article) }
    observer.observe(
      .attemptEnded(line: article.line, started: start, at: ContinuousClock.now, failure: answer.failure?.code))
    return answer
  }

  private func call(_ article: Article) async -> Result<Summary, ArticleError> {
    do throws(ArticleError) {
      return .success(try await summarizer.summarize(article, attempt: 1))
    } catch {
      return .failure(error)
    }
  }
}

extension Result {
  fileprivate var failure: Failure? {
    if case .failure(let error) = self { error } else { nil }
  }
}
