package import Articles
import Basics
package import CallControl
package import Reporting
package import Summarization

/// The result of an article, and what its calls used.
package struct ArticleAnswer: Sendable {
  package var result: Result<Summary, ArticleError>
  /// The number of calls made.
  package var attempts: Int
  /// The usage of all calls, as far as it is known.
  package var usage: TokenUsage?

  package init(result: Result<Summary, ArticleError>, attempts: Int = 0, usage: TokenUsage? = nil) {
    self.result = result
    self.attempts = attempts
    self.usage = usage
  }
}

/// Makes the calls of a summarizer that may fail. Each call waits for its turn and has a time-out. A failed call is
/// made again where that may help.
package final class CallRunner: Sendable {
  private let summarizer: any Summarizer
  private let timeout: Duration
  private let countsTokens: Bool
  private let scheduler: SharedCallScheduler
  private let attempts: AttemptRunner
  private let observer: any RunObserver
  private let console: MessageConsole

  /// Creates a runner; nil for a summarizer that answers at once, if no rate is set.
  package init?(
    _ summarizer: any Summarizer, _ settings: CallSettings, scheduler: SharedCallScheduler, attempts: AttemptRunner,
    observer: any RunObserver, console: MessageConsole
  ) {
    if summarizer.isImmediate, settings.rate == nil, settings.tokenRate == nil { return nil }
    self.summarizer = summarizer
    self.scheduler = scheduler
    timeout = settings.timeout
    countsTokens = settings.tokenRate != nil
    self.attempts = attempts
    self.observer = observer
    self.console = console
  }

  /// Returns the result of the article, after as many attempts as it needs.
  /// - Parameter line: the line of the article.
  package func answer(_ article: Article, of line: InputLine) async -> ArticleAnswer {
    let ticket = article.line
    let tokens = countsTokens ? summarizer.estimatedTokens(for: article) : 0
    var answer = ArticleAnswer(result: .failure(.givenUp))
    var delay: Duration?
    while true {
      let release =
        if let release = scheduler.request(ticket, tokens: tokens, after: delay) { release } else {
          await wait(ticket, after: delay, line)
        }
      switch release {
      case .released: break
      case .expired: return answer
      case .stopped:
        giveUp(&answer, of: ticket)
        return answer
      }
      if !attemptAtOnce(article, &answer) { await attempt(article, &answer) }
      switch settle(&answer, of: ticket, line) {
      case .finished: return answer
      case .again(let after): delay = after
      }
    }
  }

  /// What follows an attempt.
  private enum NextStep {
    case finished
    /// The call is made again, after this back-off or else as soon as it is released.
    case again(after: Duration?)
  }

  // What surrounds the waits is kept out of line: its temporaries would otherwise be part of the memory of each article
  // in flight.

  @inline(never)
  private func giveUp(_ answer: inout ArticleAnswer, of ticket: Int) {
    // An article that was a failed probe keeps its last failure.
    if !scheduler.wasProbed(ticket) { answer.result = .failure(.givenUp) }
  }

  /// Tells the scheduler how the attempt ended.
  @inline(never)
  private func settle(_ answer: inout ArticleAnswer, of ticket: Int, _ line: InputLine) -> NextStep {
    let outcome: CallOutcome
    switch answer.result {
    case .success(let summary):
      count(summary.usage, of: ticket, in: &answer)
      outcome = .success(
        tokens: summary.usage?.total, work: summarizer.work(of: summary), rateLimits: summary.rateLimits)
    case .failure(let error):
      count(error.usage, of: ticket, in: &answer)
      outcome = .failure(error, isKnown: error.code == line.failedBefore)
    }
    let decision = scheduler.ended(ticket, outcome)
    guard let failure = outcome.failure, decision.next != .finished else { return .finished }
    return .again(after: retryDelay(ticket, after: failure, decision, answer.attempts, line.place))
  }

  /// Waits until the scheduler releases the call. Out of line, like what follows: its frame is gone when the call begins.
  @inline(never)
  private func wait(_ ticket: Int, after delay: Duration?, _ line: InputLine) async -> SharedCallScheduler.CallRelease {
    let start = Instant.now
    let release = await scheduler.wait(for: ticket)
    tellWait(ticket, since: start, after: delay, release, line.place)
    return release
  }

  @inline(never)
  private func tellWait(
    _ ticket: Int, since start: Instant, after delay: Duration?, _ release: SharedCallScheduler.CallRelease,
    _ location: SourceLocation
  ) {
    let now = Instant.now
    observer.observe(.waited(line: ticket, for: delay == nil ? .limits : .backOff, since: start, at: now))
    // A shorter wait needs no explanation.
    if delay == nil, case .released = release, now - start >= .milliseconds(10) {
      console.tellVerbose("\(location): waited \(ShortTime(now - start)) for its turn")
    }
  }

  @inline(never)
  private func attempt(_ article: Article, _ answer: inout ArticleAnswer) async {
    let (start, failure) = begin(article, &answer)
    let number = answer.attempts
    answer.result = await attempts.run(timeout: summarizer.limitsItsAttempts ? nil : timeout) { [summarizer] in
      await summarizer.result(article, attempt: number, after: failure)
    }
    observe(article, answer, since: start)
  }

  /// Same for an attempt that takes no waiting: it needs no task of its own to be cancelled in.
  /// - Returns: false where it does, and has not begun.
  @inline(never)
  private func attemptAtOnce(_ article: Article, _ answer: inout ArticleAnswer) -> Bool {
    let start = Instant.now
    guard let result = summarizer.resultAtOnce(article, attempt: answer.attempts + 1) else { return false }
    observer.observe(.attemptStarted(line: article.line, at: start))
    answer.attempts += 1
    answer.result = result
    observe(article, answer, since: start)
    return true
  }

  /// - Returns: when the attempt began, and the failure of the one before.
  @inline(never)
  private func begin(_ article: Article, _ answer: inout ArticleAnswer) -> (start: Instant, failure: ArticleError?) {
    let start = Instant.now
    observer.observe(.attemptStarted(line: article.line, at: start))
    answer.attempts += 1
    return (start, answer.attempts > 1 ? answer.result.failure : nil)
  }

  @inline(never)
  private func observe(_ article: Article, _ answer: ArticleAnswer, since start: Instant) {
    observer.observe(
      .attemptEnded(line: article.line, started: start, at: .now, failure: answer.result.failure?.code))
  }

  /// Reports a retry.
  /// - Returns: the back-off before the retry; nil when the retry waits only for its release, or the run has stopped.
  private func retryDelay(
    _ ticket: Int, after failure: ArticleError, _ decision: RetryDecision, _ attempts: Int, _ location: SourceLocation
  ) -> Duration? {
    // After a stop, no call is made again.
    if scheduler.isStopped { return nil }
    observer.observe(.retried(line: ticket))
    let what = "\(location): attempt \(attempts) failed (\(failure.code.rawValue)): \(failure.message)"
    guard case .after(let delay) = decision.next else {
      console.tellVerbose("\(what); again when calls are let through")
      return nil
    }
    console.tellVerbose("\(what); again in \(ShortTime(delay))")
    return delay
  }

  private func count(_ usage: TokenUsage?, of ticket: Int, in answer: inout ArticleAnswer) {
    guard let usage else { return }
    answer.usage = answer.usage.map { $0 + usage } ?? usage
    observer.observe(.used(line: ticket, tokens: usage))
  }
}

extension CallSchedulerSettings {
  package init(_ settings: CallSettings, _ jobs: JobSettings) {
    self.init()
    maximumCalls = jobs.most
    findsLevel = jobs.choice == .found
    callsPerSecond = settings.rate?.perSecond
    tokensPerSecond = settings.tokenRate?.perSecond
    longestOutage = settings.longestOutage
    longestFirstContact = settings.longestFirstContact
    retries = settings.retries
    mostFailures = settings.mostFailures
  }
}

/// The settings for failing calls and for the rate of calls.
package struct CallSettings: Equatable, Sendable {
  package var retries = 5
  /// The time-out of one attempt, from its beginning to the last byte of its response.
  package var timeout: Duration = .seconds(300)
  package var rate: CallRate?
  package var tokenRate: CallRate?
  /// How long a provider may be down, or let no call succeed, before the run stops.
  package var longestOutage: Duration = .seconds(300)
  /// The same limit for a server that has never responded and probably does not exist; nil for no separate limit.
  package var longestFirstContact: Duration? = .seconds(30)
  /// The number of failed articles at which the run stops; nil for no limit.
  package var mostFailures: Int?

  package init() {}
}

/// How long calls in flight may go on after the signal that stops the run.
package struct GracePeriods: Equatable, Sendable {
  package var afterInterrupt: Duration = .seconds(30)
  package var afterTermination: Duration = .seconds(8)

  package init() {}
}

extension Summarizer {
  /// Makes one attempt, and returns its outcome as a value.
  /// - Parameter failure: the failure of the attempt before.
  package func result(
    _ article: Article, attempt: Int, after failure: ArticleError? = nil
  ) async -> Result<Summary, ArticleError> {
    do throws(ArticleError) {
      return .success(try await summarize(article, attempt: attempt, after: failure))
    } catch {
      return .failure(error)
    }
  }

  /// Makes one attempt that takes no waiting, and returns its outcome as a value; nil where it does.
  package func resultAtOnce(_ article: Article, attempt: Int) -> Result<Summary, ArticleError>? {
    do throws(ArticleError) {
      return try summarizeAtOnce(article, attempt: attempt).map { .success($0) }
    } catch {
      return .failure(error)
    }
  }
}

extension Result {
  package var failure: Failure? {
    if case .failure(let error) = self { error } else { nil }
  }
}
