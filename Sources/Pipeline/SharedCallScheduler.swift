import Basics
import BoundedConcurrency
package import CallControl
package import Summarization
package import SystemIO

/// The only `CallScheduler` of a run, shared by all its workers. Their calls wait here, and one stop ends all waits.
package final class SharedCallScheduler: Sendable {
  package typealias Ticket = CallScheduler.Ticket
  private typealias Waiter = UnsafeContinuation<CallRelease, Never>

  /// How a wait for a call ends.
  package enum CallRelease: Sendable {
    /// The call is in flight until `ended`.
    case released
    /// The run stops: the call must not be made.
    case stopped
    /// The outage exceeded its limit, and the article was a probe: it keeps its failure.
    case expired
  }

  /// A notice, with the message of the last failure.
  package struct SchedulerNews: Sendable {
    package let notice: CallScheduler.SchedulerNotice
    package let cause: String
  }

  private struct SchedulerState {
    var scheduler: CallScheduler
    var random = SystemRandomNumberGenerator()
    /// The continuations of the waiting calls.
    var waiters: [Ticket: Waiter] = [:]
    /// The releases of calls that did not wait yet.
    var early: [Ticket: CallRelease] = [:]
    var isStopped = false
    /// The time of the pending wake-up.
    var wakesAt: Instant?
    /// The message of the last failure.
    var cause = ""
    var news: [SchedulerNews] = []
    var isTelling = false

    /// Releases the calls that may begin, and collects the notices.
    /// - Parameter asking: the call that waits for what this returns.
    mutating func advance(to now: Instant, asking: Ticket? = nil) -> SchedulerEffects {
      var effects = SchedulerEffects(asking: asking)
      for ticket in scheduler.release(at: now) { end(ticket, .released, &effects) }
      for ticket in scheduler.takeExpired() { end(ticket, .expired, &effects) }
      for notice in scheduler.takeNotices() { news.append(SchedulerNews(notice: notice, cause: cause)) }
      if !news.isEmpty, !isTelling {
        isTelling = true
        effects.mustTell = true
      }
      if let next = scheduler.deadline, wakesAt.map({ next < $0 }) ?? true {
        wakesAt = next
        effects.deadline = next
      }
      return effects
    }

    private mutating func end(_ ticket: Ticket, _ release: CallRelease, _ effects: inout SchedulerEffects) {
      if ticket == effects.asking {
        effects.answer = release
      } else if let waiter = waiters.removeValue(forKey: ticket) {
        effects.ended.append((waiter, release))
      } else {
        early[ticket] = release
      }
    }
  }

  /// The effects of a change, which are carried out after the lock is released.
  private struct SchedulerEffects: Sendable {
    var asking: Ticket?
    /// How the wait of the call that asks ends, where it ends at once.
    var answer: CallRelease?
    var ended: [(Waiter, CallRelease)] = []
    var deadline: Instant?
    var mustTell = false
  }

  private let state: Lock<SchedulerState>
  private let poller: EventPoller
  /// That of the articles in flight, where it follows the number of calls; nil where it is fixed.
  private let limit: ConcurrencyLimit?
  private let tell: @Sendable (SchedulerNews) -> Void

  /// - Parameters:
  ///   - jobs: how many articles may be in flight.
  ///   - tell: called with what happens, one at a time and in order, on any thread and without a lock held.
  package init(
    _ settings: CallSchedulerSettings, jobs: JobLimit, poller: EventPoller,
    tell: @escaping @Sendable (SchedulerNews) -> Void
  ) {
    limit = settings.findsLevel ? jobs.limit : nil
    state = Lock(SchedulerState(scheduler: CallScheduler(settings)))
    self.poller = poller
    self.tell = tell
  }

  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// What was found out about how many calls should be under way; nil where that was not asked for.
  package var finding: CallLevelFinding? { state.withLock { $0.scheduler.finding } }

  /// Asks for a call.
  /// - Parameter delay: the back-off before the call.
  /// - Returns: how it goes on where that is known at once; nil where the call has to be waited for, with `wait`.
  func request(_ ticket: Ticket, tokens: Int, after delay: Duration?) -> CallRelease? {
    let effects = state.withLock { state -> SchedulerEffects? in
      guard !state.isStopped else { return SchedulerEffects(answer: .stopped) }
      let now = Instant.now
      if delay == nil, state.scheduler.beginAtOnce(ticket, tokens: tokens, at: now) { return nil }
      state.scheduler.enqueue(ticket, tokens: tokens, after: delay, at: now)
      return state.advance(to: now, asking: ticket)
    }
    guard let effects else { return .released }
    carryOut(effects)
    return effects.answer
  }

  /// Waits until the call that was asked for may be made.
  func wait(for ticket: Ticket) async -> CallRelease {
    await withUnsafeContinuation { waiter in
      let answer = state.withLock { state -> CallRelease? in
        let early = state.early.removeValue(forKey: ticket)
        // After a stop, a call that was released but has not begun is not made.
        if state.isStopped, early != .expired { return .stopped }
        if let early { return early }
        state.waiters[ticket] = waiter
        return nil
      }
      if let answer { waiter.resume(returning: answer) }
    }
  }

  /// Records that the call ended.
  func ended(_ ticket: Ticket, _ outcome: CallOutcome) -> RetryDecision {
    // Asked outside of the lock: the operator has one of its own.
    let limitReached = limit?.isReached ?? true
    let (decision, effects) = state.withLock { state in
      let now = Instant.now
      if let failure = outcome.failure { state.cause = failure.message }
      let decision = state.scheduler.ended(
        ticket, outcome, limitReached: limitReached, at: now, using: &state.random)
      return (decision, state.advance(to: now))
    }
    carryOut(effects)
    return decision
  }

  /// Records that an article failed for good without a call.
  package func failed(_ error: ArticleError) {
    update { state in
      state.cause = error.message
      state.scheduler.failed(error)
    }
  }

  /// Records that no further article will come.
  package func inputEnded() {
    update { $0.scheduler.inputEnded() }
  }

  func wasProbed(_ ticket: Ticket) -> Bool {
    state.withLock { $0.scheduler.wasProbed(ticket) }
  }

  /// Ends all waits, now and in future. Calls in flight go on.
  package func stop() {
    let waiters = state.withLock { state in
      state.isStopped = true
      _ = state.scheduler.cancelWaiting()
      defer { state.waiters = [:] }
      return Array(state.waiters.values)
    }
    for waiter in waiters { waiter.resume(returning: .stopped) }
  }

  private func update(_ change: (inout SchedulerState) -> Void) {
    carryOut(
      state.withLock { state in
        change(&state)
        return state.advance(to: .now)
      })
  }

  /// - Parameter time: the time for which this wake-up was set. A wake-up that an earlier one replaced leaves `wakesAt`
  ///   as it is.
  private func wake(_ time: Instant) {
    update { if $0.wakesAt == time { $0.wakesAt = nil } }
  }

  private func carryOut(_ effects: SchedulerEffects) {
    for (waiter, release) in effects.ended { waiter.resume(returning: release) }
    if let deadline = effects.deadline { poller.schedule(at: deadline) { self.wake(deadline) } }
    if effects.mustTell { tellNews() }
  }

  /// Reports all pending notices. Only one caller at a time does so, which keeps them in order without holding the
  /// lock.
  private func tellNews() {
    while true {
      let news = state.withLock { state in
        if state.news.isEmpty { state.isTelling = false }
        defer { state.news = [] }
        return state.news
      }
      if news.isEmpty { return }
      for item in news { tell(item) }
    }
  }
}
