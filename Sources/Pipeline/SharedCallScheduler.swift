import BoundedConcurrency
package import CallControl
package import Summarization
package import SystemIO

/// The one `CallScheduler` of a run, shared by all its workers: their calls wait here, and one stop ends all waiting.
package final class SharedCallScheduler: Sendable {
  package typealias Ticket = CallScheduler.Ticket
  private typealias Waiter = UnsafeContinuation<Release, Never>

  /// How a wait for a call ends.
  package enum Release: Sendable {
    /// The call is under way until `ended`.
    case released
    /// The run stops: the call is not to be made.
    case stopped
    /// The outage is over its time, and the article has been its probe: it keeps its failure.
    case expired
  }

  /// What has happened, and the last failure in words.
  package struct News: Sendable {
    package let notice: CallScheduler.Notice
    package let cause: String
  }

  private struct State {
    var scheduler: CallScheduler
    var random = SystemRandomNumberGenerator()
    /// Those who wait.
    var waiters: [Ticket: Waiter] = [:]
    /// Those who were released before they began to wait.
    var early: [Ticket: Release] = [:]
    var isStopped = false
    /// When the timer that is set will go off.
    var wakesAt: ContinuousClock.Instant?
    /// The last failure in words.
    var cause = ""
    var news: [News] = []
    var isTelling = false

    /// Releases who may go, and keeps what is to be told.
    mutating func advance(to now: ContinuousClock.Instant) -> Effects {
      var effects = Effects()
      for ticket in scheduler.release(at: now) { end(ticket, .released, &effects) }
      for ticket in scheduler.takeExpired() { end(ticket, .expired, &effects) }
      for notice in scheduler.takeNotices() { news.append(News(notice: notice, cause: cause)) }
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

    private mutating func end(_ ticket: Ticket, _ release: Release, _ effects: inout Effects) {
      if let waiter = waiters.removeValue(forKey: ticket) {
        effects.ended.append((waiter, release))
      } else {
        early[ticket] = release
      }
    }
  }

  /// What a change leads to, once the lock is let go of.
  private struct Effects: Sendable {
    var ended: [(Waiter, Release)] = []
    var deadline: ContinuousClock.Instant?
    var mustTell = false
  }

  private let state: Lock<State>
  private let poller: Poller
  /// That of the articles in flight, where it follows the number of calls; nil where it is fixed.
  private let limit: ConcurrencyLimit?
  private let tell: @Sendable (News) -> Void

  /// - Parameters:
  ///   - jobs: how many articles may be in flight.
  ///   - tell: called with what happens, one at a time and in order, on any thread and without a lock held.
  package init(
    _ settings: CallScheduler.Settings, jobs: JobLimit, poller: Poller, tell: @escaping @Sendable (News) -> Void
  ) {
    limit = settings.findsLevel ? jobs.limit : nil
    state = Lock(State(scheduler: CallScheduler(settings)))
    self.poller = poller
    self.tell = tell
  }

  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// What was found out about how many calls should be under way; nil where that was not asked for.
  package var finding: CallLevelFinding? { state.withLock { $0.scheduler.finding } }

  /// Waits until the call may be made.
  /// - Parameter delay: how long it backs off first.
  func wait(for ticket: Ticket, tokens: Int, after delay: Duration?) async -> (release: Release, hasWaited: Bool) {
    let (answer, effects) = state.withLock { state -> (Release?, Effects) in
      guard !state.isStopped else { return (.stopped, Effects()) }
      let now = ContinuousClock.now
      state.scheduler.enqueue(ticket, tokens: tokens, after: delay, at: now)
      let effects = state.advance(to: now)
      return (state.early.removeValue(forKey: ticket), effects)
    }
    carryOut(effects)
    if let answer { return (answer, false) }
    let release = await withUnsafeContinuation { waiter in
      let answer = state.withLock { state -> Release? in
        let early = state.early.removeValue(forKey: ticket)
        // A call that was released and has not begun is not begun any more.
        if state.isStopped, early != .expired { return .stopped }
        if let early { return early }
        state.waiters[ticket] = waiter
        return nil
      }
      if let answer { waiter.resume(returning: answer) }
    }
    return (release, true)
  }

  /// The call has ended.
  func ended(_ ticket: Ticket, _ outcome: CallOutcome) -> RetryDecision {
    // Asked outside of the lock: the operator has one of its own.
    let limitReached = limit?.isReached ?? true
    let (decision, effects) = state.withLock { state in
      let now = ContinuousClock.now
      if let failure = outcome.failure { state.cause = failure.message }
      let decision = state.scheduler.ended(
        ticket, outcome, limitReached: limitReached, at: now, using: &state.random)
      return (decision, state.advance(to: now))
    }
    carryOut(effects)
    return decision
  }

  /// An article failed for good without a call.
  package func failed(_ error: ArticleError) {
    update { state in
      state.cause = error.message
      state.scheduler.failed(error)
    }
  }

  /// No further article will come.
  package func inputEnded() {
    update { $0.scheduler.inputEnded() }
  }

  func wasProbed(_ ticket: Ticket) -> Bool {
    state.withLock { $0.scheduler.wasProbed(ticket) }
  }

  /// Ends all waiting, now and from now on. Calls that are under way go on.
  package func stop() {
    let waiters = state.withLock { state in
      state.isStopped = true
      _ = state.scheduler.stop()
      defer { state.waiters = [:] }
      return Array(state.waiters.values)
    }
    for waiter in waiters { waiter.resume(returning: .stopped) }
  }

  private func update(_ change: (inout State) -> Void) {
    carryOut(
      state.withLock { state in
        change(&state)
        return state.advance(to: .now)
      })
  }

  /// - Parameter time: for when this wake-up was set; the timer of one that was moved since goes off in vain.
  private func wake(_ time: ContinuousClock.Instant) {
    update { if $0.wakesAt == time { $0.wakesAt = nil } }
  }

  private func carryOut(_ effects: Effects) {
    for (waiter, release) in effects.ended { waiter.resume(returning: release) }
    if let deadline = effects.deadline { poller.schedule(at: deadline) { self.wake(deadline) } }
    if effects.mustTell { tellNews() }
  }

  /// Whoever finds news that nobody tells, tells them all: so they stay in order, and no lock is held meanwhile.
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
