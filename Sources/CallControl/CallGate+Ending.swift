extension CallGate {
  /// A call that went has ended.
  ///
  /// Whether its article is done with, and whether the whole run is, is decided here and nowhere else: what is done for
  /// good has its verdict before the next call can go or succeed.
  /// - Precondition: its ticket is under way.
  public mutating func ended(
    _ ticket: Ticket, _ outcome: CallOutcome, at now: Instant, using random: inout some RandomNumberGenerator
  ) -> Judgement {
    guard let call = calls.removeValue(forKey: ticket) else { preconditionFailure("no call of \(ticket) is under way") }
    if let failure = outcome.failure, rules.isHopeless(failure.suspicion) {
      // What goes after this is paid for in vain. A time to wait is not to be believed.
      stop(.failures(.hopeless))
      return finished(ticket)
    }
    let isPaced = take(outcome, of: ticket, call, at: now, using: &random)
    guard let failure = outcome.failure, outcome.kind != .succeeded else { return finished(ticket) }
    let charges = accounts[ticket]?.charges ?? 0
    if failure.isWorthRetrying, charges <= limits.retries {
      return Judgement(charges: charges, isPaced: isPaced, isFinal: false)
    }
    if outcome.kind != .abandoned, let verdict = rules.failed(failure.code, failure.suspicion, isKnown: outcome.isKnown)
    {
      stop(.failures(verdict))
    }
    return finished(ticket)
  }

  private mutating func finished(_ ticket: Ticket) -> Judgement {
    defer { forget(ticket) }
    return Judgement(charges: accounts[ticket]?.charges ?? 0, isPaced: false, isFinal: true)
  }

  /// What the outcome says of the provider.
  /// - Returns: whether the article is held back for long enough as it is.
  private mutating func take(
    _ outcome: CallOutcome, of ticket: Ticket, _ call: Call, at now: Instant,
    using random: inout some RandomNumberGenerator
  ) -> Bool {
    if let used = outcome.tokens { tokens?.correct(by: used - call.tokens) }
    let wasProbe = breaker.probe == ticket
    if wasProbe { breaker.probeEnded() }
    let isRecent = call.generation == ramp.generation
    ramp.ended(
      generation: call.generation, wasTaken: outcome.kind == .succeeded || outcome.kind == .answered,
      demand: max(mostCalls, calls.count + waiting))

    var isCharged = true
    switch outcome.kind {
    case .succeeded:
      successes += 1
      rules.succeeded()
      hold.succeeded(isRecent: isRecent)
      serverAnswered(at: now)
      return false
    case .answered:
      serverAnswered(at: now)
    case .throttled:
      serverAnswered(at: now)
      hold.throttled(at: now)
    case .failed(let nobodyThere):
      accounts[ticket, default: Account()].successesBefore = accounts[ticket]?.successesBefore ?? successes
      let isNews = !outcome.isKnown && !wasProbe && call.openings == breaker.openings
      providerFailed(ticket, nobodyThere: nobodyThere, wasProbe: wasProbe, isNews: isNews, at: now, using: &random)
      // What is known uses up its retries, whatever else happens. What opened the circuit was settled there.
      isCharged = outcome.isKnown || isNews && call.openings == breaker.openings
    case .abandoned:
      return false
    }
    if isCharged { accounts[ticket, default: Account()].charges += 1 }
    if outcome.kind == .throttled { accounts[ticket]?.refusals += 1 } else { accounts[ticket]?.refusals = 0 }
    holdBack(after: outcome, isRecent: isRecent, at: now, using: &random)
    let isPaced = outcome.kind != .answered || outcome.retryAfter != nil
    return isPaced && (hold.isHeld(at: now) || breaker.isOpen)
  }

  private mutating func serverAnswered(at now: Instant) {
    guard let time = breaker.answered(at: now) else { return }
    notices.append(.circuitClosed(after: time))
    // All that waited must not fall upon a server that has just come back.
    ramp.restart()
  }

  /// - Parameter isNews: the call began after the circuit opened last, and not to look after an open one: what it says
  ///   was not known before.
  private mutating func providerFailed(
    _ ticket: Ticket, nobodyThere: Bool, wasProbe: Bool, isNews: Bool, at now: Instant,
    using random: inout some RandomNumberGenerator
  ) {
    if wasProbe {
      accounts[ticket, default: Account()].wasProbed = true
      guard breaker.isOpen else { return }
      breaker.probeFailed(ticket, at: now, using: &random)
      notices.append(.probeFailed(next: breaker.probeAt.map { $0 - now } ?? .zero))
      // They take turns, so that by now each has had one. Where nobody is there, no article is to blame.
      if !nobodyThere, breaker.failedProbes > queue.count { notices.append(.wantsAnotherProbe) }
    } else if isNews, !breaker.isOpen {
      // Another call has succeeded since this article failed first: so it may well be the reason itself.
      let isSuspect = accounts[ticket]?.successesBefore.map { $0 < successes } ?? false
      let cause = breaker.failed(ticket, nobodyThere: nobodyThere, isSuspect: isSuspect, at: now, using: &random)
      guard let cause else { return }
      for (other, failures) in cause where other != ticket {
        // Those that failed for good have no account any more.
        accounts[other]?.charges -= failures
      }
      accounts[ticket]?.charges -= cause[ticket, default: 1] - 1
      notices.append(.circuitOpened)
    }
  }

  private mutating func holdBack(
    after outcome: CallOutcome, isRecent: Bool, at now: Instant, using random: inout some RandomNumberGenerator
  ) {
    if let time = outcome.retryAfter, time > limits.longestOutage {
      stop(.askedToWait(time))
      return
    }
    if outcome.kind == .throttled, let since = hold.throttledSince, now - since >= limits.longestOutage {
      stop(.throttled(now - since))
      return
    }
    let wasHeld = hold.isHeld(at: now)
    if let time = outcome.retryAfter {
      hold.hold(for: time, at: now, using: &random)
    } else if outcome.kind == .throttled, isRecent {
      // The answers to calls that were on the wire when the hold began say nothing new.
      hold.holdByGuess(at: now, using: &random)
    } else {
      return
    }
    if !wasHeld { ramp.restart() }
    guard let until = hold.until else { return }
    if toldUntil.map({ until > max($0, now) + .seconds(1) }) ?? true || !wasHeld {
      toldUntil = until
      notices.append(.held(until - now))
    }
  }
}
