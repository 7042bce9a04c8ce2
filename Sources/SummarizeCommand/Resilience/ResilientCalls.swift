import Articles
import Basics
import CallControl
import Pipeline
import Reporting
import Summarization
import SystemIO

/// What became of an article.
struct Answer: Sendable {
  var result: Result<Summary, ArticleError>
  /// How many calls were made.
  var attempts = 0
  /// What all of them used, as far as it is known.
  var usage: TokenUsage?
}

/// The calls of a summarizer that may fail: each goes through the gate, and is made again where that may help.
final class ResilientCalls: Sendable {
  let summarizer: any Summarizer
  let backOff: BackOff
  /// For one attempt.
  let timeout: Duration
  /// Whether the gate limits tokens.
  let countsTokens: Bool
  let gatekeeper: Gatekeeper
  let calls: Calls
  let observer: any RunObserver
  let messages: Console

  /// nil for a summarizer that answers at once and as often as it is asked.
  init?(
    to summarizer: any Summarizer, _ policy: CallSettings, calls: Calls, gatekeeper: Gatekeeper,
    observer: any RunObserver, messages: Console
  ) {
    if summarizer.isImmediate, policy.rate == nil, policy.tokenRate == nil { return nil }
    self.summarizer = summarizer
    self.gatekeeper = gatekeeper
    backOff = .ofCalls
    timeout = policy.timeout
    countsTokens = policy.tokenRate != nil
    self.calls = calls
    self.observer = observer
    self.messages = messages
  }

  /// - Parameters:
  ///   - place: where the article stands, for messages.
  ///   - known: how the article failed in an earlier run.
  func answer(_ article: Article, at place: SourceLocation, known: ArticleError.Code? = nil) async -> Answer {
    let ticket = article.line
    let tokens = countsTokens ? summarizer.estimatedTokens(for: article) : 0
    var answer = Answer(result: .failure(.givenUp))
    attempts: while await pass(ticket, tokens, place) {
      answer.attempts += 1
      answer.result = await attempt(article, answer.attempts)
      switch answer.result {
      case .success(let summary):
        count(summary.usage, of: ticket, in: &answer)
        _ = gatekeeper.ended(ticket, CallOutcome(.succeeded, tokens: summary.usage?.total))
        return answer
      case .failure(let error):
        count(error.usage, of: ticket, in: &answer)
        let judgement = gatekeeper.ended(ticket, error.outcome(known: known), cause: error.message)
        if judgement.isFinal { return answer }
        guard await prepareRetry(of: ticket, after: error, judgement, answer.attempts, place) else { break attempts }
      }
    }
    // The run stops. An article that was sent ahead to see whether the provider is back keeps what it found.
    if !gatekeeper.wasProbed(ticket) { answer.result = .failure(.givenUp) }
    return answer
  }

  /// Waits for the gate; false when the run stops.
  private func pass(_ ticket: Int, _ tokens: Int, _ place: SourceLocation) async -> Bool {
    let start = ContinuousClock.now
    let (isThrough, hasWaited) = await gatekeeper.pass(ticket, tokens: tokens)
    if hasWaited {
      let now = ContinuousClock.now
      observer.observe(.waited(line: ticket, for: .limits, since: start, at: now))
      // Less is no wait that anybody would look for the reason of.
      let isWorthTelling = isThrough && now - start >= .milliseconds(10)
      if isWorthTelling { messages.tellVerbose("\(place): waited \(ShortTime(now - start)) for its turn") }
    }
    return isThrough
  }

  private func attempt(_ article: Article, _ number: Int) async -> Result<Summary, ArticleError> {
    let start = ContinuousClock.now
    observer.observe(.attemptStarted(line: article.line, at: start))
    let result =
      summarizer.isImmediate
      ? await summarizer.result(article, attempt: number)
      : await calls.run(timeout: timeout) { [summarizer] in await summarizer.result(article, attempt: number) }
    observer.observe(
      .attemptEnded(line: article.line, started: start, at: ContinuousClock.now, failure: result.failure?.code))
    return result
  }

  /// Tells of a retry and backs off; false when the run stops.
  private func prepareRetry(
    of ticket: Int, after error: ArticleError, _ judgement: CallGate.Judgement, _ attempts: Int,
    _ place: SourceLocation
  ) async -> Bool {
    if gatekeeper.isStopped { return false }
    observer.observe(.retried(line: ticket))
    let what = "\(place): attempt \(attempts) failed (\(error.code.rawValue)): \(error.message)"
    if judgement.isPaced {
      messages.tellVerbose("\(what); again when calls are let through")
      return true
    }
    let delay = gatekeeper.delay(backOff, after: max(judgement.charges, 1))
    messages.tellVerbose("\(what); again in \(ShortTime(delay))")
    let start = ContinuousClock.now
    defer { observer.observe(.waited(line: ticket, for: .backOff, since: start, at: ContinuousClock.now)) }
    return await gatekeeper.rest(ticket, for: delay)
  }

  private func count(_ usage: TokenUsage?, of ticket: Int, in answer: inout Answer) {
    guard let usage else { return }
    answer.usage = answer.usage.map { $0 + usage } ?? usage
    observer.observe(.used(line: ticket, tokens: usage))
  }
}

extension CallGate.Limits {
  init(_ policy: CallSettings) {
    self.init(
      callsPerSecond: policy.rate?.perSecond, tokensPerSecond: policy.tokenRate?.perSecond,
      longestOutage: policy.longestOutage, retries: policy.retries, mostFailures: policy.mostFailures)
  }
}
