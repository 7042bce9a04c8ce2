import BoundedConcurrency
import CallControl
import Summarization
import SystemIO

/// The shell around `CallGate`: the calls wait here, for the gate and to back off, and one stop ends all their waiting.
final class Gatekeeper: Sendable {
  typealias Ticket = CallGate.Ticket
  typealias Waiter = UnsafeContinuation<Bool, Never>

  /// What has happened, and the last failure in words.
  struct News: Sendable {
    let notice: CallGate.Notice
    let cause: String
  }

  private struct State {
    var gate: CallGate
    var random = SystemRandomNumberGenerator()
    /// Those who wait for the gate.
    var waiters: [Ticket: Waiter] = [:]
    /// Those whom the gate let go before they began to wait.
    var early: Set<Ticket> = []
    /// Those who back off.
    var resting: [Ticket: Waiter] = [:]
    var isStopped = false
    /// When the timer that is set will go off.
    var looksAt: ContinuousClock.Instant?
    /// The last failure in words.
    var cause = ""
    var news: [News] = []
    var isTelling = false

    /// Lets go who may, and keeps what is to be told.
    mutating func advance(to now: ContinuousClock.Instant) -> Effects {
      var effects = Effects()
      for ticket in gate.advance(to: now) {
        if let waiter = waiters.removeValue(forKey: ticket) {
          effects.woken.append(waiter)
        } else {
          early.insert(ticket)
        }
      }
      for notice in gate.takeNotices() { news.append(News(notice: notice, cause: cause)) }
      if !news.isEmpty, !isTelling {
        isTelling = true
        effects.mustTell = true
      }
      if let next = gate.nextLook, looksAt.map({ next < $0 }) ?? true {
        looksAt = next
        effects.nextLook = next
      }
      return effects
    }
  }

  /// What a change leads to, once the lock is let go of.
  private struct Effects: Sendable {
    var woken: [Waiter] = []
    var nextLook: ContinuousClock.Instant?
    var mustTell = false
  }

  private let state: Lock<State>
  private let poller: Poller
  private let tell: @Sendable (News) -> Void

  /// - Parameter tell: called with what happens, one at a time and in order, on any thread and without a lock held.
  init(_ limits: CallGate.Limits, poller: Poller, tell: @escaping @Sendable (News) -> Void) {
    state = Lock(State(gate: CallGate(limits)))
    self.poller = poller
    self.tell = tell
  }

  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// Waits until the call may go: then it is under way until `ended`. Not through when the run stops: it is not to be made.
  func pass(_ ticket: Ticket, tokens: Int) async -> (isThrough: Bool, hasWaited: Bool) {
    let (answer, effects) = state.withLock { state -> (Bool?, Effects) in
      guard !state.isStopped else { return (false, Effects()) }
      let now = ContinuousClock.now
      state.gate.ask(ticket, tokens: tokens, at: now)
      let effects = state.advance(to: now)
      return (state.early.remove(ticket) == nil ? nil : true, effects)
    }
    carryOut(effects)
    if let answer { return (answer, false) }
    let isThrough = await withUnsafeContinuation { waiter in
      let answer = state.withLock { state -> Bool? in
        if state.isStopped { return false }
        if state.early.remove(ticket) != nil { return true }
        state.waiters[ticket] = waiter
        return nil
      }
      if let answer { waiter.resume(returning: answer) }
    }
    return (isThrough, true)
  }

  /// The call has ended.
  /// - Parameter cause: its failure in words.
  func ended(_ ticket: Ticket, _ outcome: CallOutcome, cause: String? = nil) -> CallGate.Judgement {
    let (judgement, effects) = state.withLock { state in
      let now = ContinuousClock.now
      if let cause { state.cause = cause }
      let judgement = state.gate.ended(ticket, outcome, at: now, using: &state.random)
      return (judgement, state.advance(to: now))
    }
    carryOut(effects)
    return judgement
  }

  /// Draws how long to back off.
  func delay(_ backOff: BackOff, after failures: Int) -> Duration {
    state.withLock { backOff.delay(after: failures, using: &$0.random) }
  }

  /// Suspends for a while. False when the run stops.
  func rest(_ ticket: Ticket, for time: Duration) async -> Bool {
    await withUnsafeContinuation { waiter in
      let isStopped = state.withLock { state in
        if !state.isStopped { state.resting[ticket] = waiter }
        return state.isStopped
      }
      if isStopped { return waiter.resume(returning: false) }
      poller.schedule(at: .now + time) { self.wake(ticket) }
    }
  }

  /// An article failed for good without a call.
  func failed(_ error: ArticleError) {
    let effects = state.withLock { state in
      state.cause = error.message
      state.gate.failed(error.code)
      return state.advance(to: .now)
    }
    carryOut(effects)
  }

  func wasProbed(_ ticket: Ticket) -> Bool {
    state.withLock { $0.gate.wasProbed(ticket) }
  }

  /// Ends all waiting, now and from now on. Calls that are under way go on.
  func stop() {
    let woken = state.withLock { state in
      state.isStopped = true
      _ = state.gate.stop()
      defer { (state.waiters, state.resting) = ([:], [:]) }
      return Array(state.waiters.values) + Array(state.resting.values)
    }
    for waiter in woken { waiter.resume(returning: false) }
  }

  private func wake(_ ticket: Ticket) {
    state.withLock { $0.resting.removeValue(forKey: ticket) }?.resume(returning: true)
  }

  /// - Parameter time: for when this look was set; the timer of a look that was moved since goes off in vain.
  private func look(_ time: ContinuousClock.Instant) {
    carryOut(
      state.withLock { state in
        if state.looksAt == time { state.looksAt = nil }
        return state.advance(to: .now)
      })
  }

  private func carryOut(_ effects: Effects) {
    for waiter in effects.woken { waiter.resume(returning: true) }
    if let next = effects.nextLook { poller.schedule(at: next) { self.look(next) } }
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
