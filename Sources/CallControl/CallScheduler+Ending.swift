package import Basics
import Summarization

extension CallScheduler {
  /// A call that went has ended.
  ///
  /// Whether its article is done with, and whether the whole run is, is decided here and nowhere else, before the next
  /// call can go or succeed.
  /// - Parameter limitReached: as many articles are in flight as may be, so that more of them would be if more might.
  /// - Precondition: its ticket is under way.
  package mutating func ended(
    _ ticket: Ticket, _ outcome: CallOutcome, limitReached: Bool = true, at now: Instant,
    using random: inout some RandomNumberGenerator
  ) -> RetryDecision {
    guard let call = calls.removeValue(forKey: ticket) else { preconditionFailure("no call of \(ticket) is under way") }
    let before = level.level
    defer { if level.level != before { notices.append(.levelChanged(level.change)) } }
    // Those that back off are in flight as those under way are. Who waits for anything else shows that not the level is
    // what keeps calls back.
    let isReached = calls.count + 1 + queue.backingOff >= before || limitReached && waiting == 0
    level.ended(epoch: call.epoch, outcome, latency: now - call.began, isReached: isReached)
    if let failure = outcome.failure, policy.isHopeless(failure) {
      // Any further call would cost money in vain. A retry delay in such a response is not credible.
      abort(.hopeless)
      return finish(ticket)
    }
    let isHeld = take(outcome, of: ticket, call, wasAtOne: before == 1, at: now, using: &random)
    guard let failure = outcome.failure else { return finish(ticket) }
    if mayRetry(ticket, after: failure, at: now) {
      return RetryDecision(
        next: next(ticket, after: failure, isHeld: isHeld, using: &random), charges: accounts[ticket]?.charges ?? 0)
    }
    if failure.evidence == .shedLoad { lostToShedding += 1 }
    if failure.signal != .none, let reason = policy.failed(failure, isKnown: outcome.isKnown) { abort(reason) }
    return finish(ticket)
  }

  private mutating func finish(_ ticket: Ticket) -> RetryDecision {
    guard !accounts.isEmpty else { return RetryDecision(next: .finished, charges: 0) }
    return RetryDecision(next: .finished, charges: accounts.removeValue(forKey: ticket)?.charges ?? 0)
  }

  private mutating func mayRetry(_ ticket: Ticket, after failure: ArticleError, at now: Instant) -> Bool {
    let account = accounts[ticket]
    guard account?.charges ?? 0 <= settings.retries else { return false }
    let most: Int?
    switch failure.retry {
    case .never: return false
    case .backOff(let atMost): most = atMost
    case .atOnce(let atMost): most = atMost
    }
    if let most, account?.chargesByCode[failure.code, default: 0] ?? 0 > most { return false }
    return !isGivenUp(ticket, failure, at: now)
  }

  /// Returns whether the article is given up because of the server's refusals, which may stop the run as well.
  private mutating func isGivenUp(_ ticket: Ticket, _ failure: ArticleError, at now: Instant) -> Bool {
    guard failure.signal == .refused, let since = cooldown.refusedSince else { return false }
    switch policy.refused(for: now - since, isAlone: cooldown.refusedAlone(ticket)) {
    case .goOn: return false
    case .giveUpArticle: return true
    case .abort(let reason):
      abort(reason)
      return false
    }
  }

  private func next(
    _ ticket: Ticket, after failure: ArticleError, isHeld: Bool, using random: inout some RandomNumberGenerator
  ) -> RetryDecision.NextAttempt {
    if isHeld { return .whenReleased }
    if case .atOnce = failure.retry { return .whenReleased }
    // The level is lower already, so a refused call backs off only for as long as the server needs to recover from a
    // peak.
    let charges = max(accounts[ticket]?.charges ?? 0, 1)
    let sheds = failure.evidence == .shedLoad ? min(accounts[ticket]?.shedding?.count ?? 0, Self.mostShedDoublings) : 0
    let failures = failure.signal == .refused ? 1 : max(charges, sheds)
    return .after(BackOff.ofCalls.delay(after: failures, using: &random))
  }

  /// Applies the outcome to the pacing, the level, the cooldown and the circuit.
  /// - Returns: whether the cooldown or the open circuit holds the article back for long enough without a back-off.
  private mutating func take(
    _ outcome: CallOutcome, of ticket: Ticket, _ call: ScheduledCall, wasAtOne: Bool, at now: Instant,
    using random: inout some RandomNumberGenerator
  ) -> Bool {
    if let used = outcome.tokens { tokens?.correct(by: used - call.tokens) }
    pacer.ended(call: call.number)
    if let limits = outcome.rateLimits { pacer.answered(limits, call: call.number, tokens: outcome.tokens, at: now) }
    let wasProbe = breaker.probe == ticket
    if wasProbe { breaker.probeEnded() }
    let isRecent = call.generation == slowStart.generation
    slowStart.ended(
      generation: call.generation, wasTaken: outcome.wasTaken,
      demand: min(level.level, max(mostCalls, calls.count + waiting)))

    guard let failure = outcome.failure else {
      succeeded(ticket, call, isRecent: isRecent, at: now)
      return false
    }
    var isCharged = true
    switch failure.signal {
    case .none: return false
    case .answered:
      serverAnswered(at: now)
    case .refused:
      serverAnswered(at: now)
      isCharged = refused(ticket, isKnown: outcome.isKnown, at: now)
    case .failed where isShed(ticket, failure, at: now):
      isCharged = outcome.isKnown
    case .failed:
      isCharged = failed(ticket, failure, call, isKnown: outcome.isKnown, wasProbe: wasProbe, at: now, using: &random)
    }
    charge(ticket, for: failure, isCharged)
    holdBack(
      after: failure, for: outcome.retryAfter, call, wasAlone: wasAtOne && isRecent, at: now, using: &random)
    let mayBeHeld = failure.signal != .answered || outcome.retryAfter != nil
    return mayBeHeld && (cooldown.isActive(at: now) || breaker.isOpen)
  }

  private mutating func succeeded(_ ticket: Ticket, _ call: ScheduledCall, isRecent: Bool, at now: Instant) {
    successes += 1
    policy.succeeded()
    cooldown.succeeded(isRecent: isRecent)
    level.succeeded(epoch: call.epoch, others: calls.count)
    if let first = accounts[ticket]?.firstRefusal { overtaking = max(overtaking, first) }
    if accounts[ticket]?.shedding != nil { recoveries += 1 }
    serverAnswered(at: now)
  }

  private mutating func charge(_ ticket: Ticket, for failure: ArticleError, _ isCharged: Bool) {
    var account = accounts[ticket] ?? RetryAccount()
    if isCharged {
      account.charges += 1
      account.chargesByCode[failure.code, default: 0] += 1
    }
    account.wasSpared = !isCharged
    account.refusals = failure.signal == .refused ? account.refusals + 1 : 0
    accounts[ticket] = account
  }

  private mutating func serverAnswered(at now: Instant) {
    policy.serverAnswered()
    guard let time = breaker.answered(at: now) else { return }
    notices.append(.circuitClosed(after: time))
    lastShortOutage = breaker.failedProbes == 0 ? now : nil
    // A server that has just come back must not receive all waiting calls at once.
    slowStart.restart(countsEarlierCalls: false)
  }

  // MARK: Refusals

  /// - Returns: whether the refusal is charged to the article: only if an article that was first refused later has
  ///   succeeded since, or if this failure is known from an earlier run. Otherwise a refusal says nothing about the
  ///   article.
  private mutating func refused(_ ticket: Ticket, isKnown: Bool, at now: Instant) -> Bool {
    cooldown.refused(ticket, at: now)
    var account = accounts[ticket] ?? RetryAccount()
    defer { accounts[ticket] = account }
    guard let first = account.firstRefusal else {
      refusedArticles += 1
      account.firstRefusal = refusedArticles
      return isKnown
    }
    guard overtaking > first else { return isKnown }
    // Each overtaking success is charged only once.
    account.firstRefusal = overtaking
    return true
  }

  private mutating func holdBack(
    after failure: ArticleError, for time: Duration?, _ call: ScheduledCall, wasAlone: Bool, at now: Instant,
    using random: inout some RandomNumberGenerator
  ) {
    if let time, let reason = policy.askedToWait(time) { return abort(reason) }
    let wasHeld = cooldown.isActive(at: now)
    // The answers to calls that were on the wire when the cooldown began say nothing new.
    let wasAlone = failure.signal == .refused && wasAlone
    if failure.signal == .refused { level.refused(epoch: call.epoch, others: calls.count) }
    if let time {
      cooldown.start(
        for: time, wasAlone: wasAlone, longestOutage: settings.longestOutage, at: now, using: &random)
    } else if wasAlone {
      cooldown.startByGuess(longestOutage: settings.longestOutage, at: now, using: &random)
    } else {
      return
    }
    if !wasHeld { slowStart.restart(countsEarlierCalls: failure.signal == .refused) }
    guard let until = cooldown.until else { return }
    if until - now > Self.longHold { level.pause() }
    if toldUntil.map({ until > max($0, now) + .seconds(1) }) ?? true || !wasHeld {
      toldUntil = until
      notices.append(.held(until - now))
    }
  }

  // MARK: Shed load

  /// Returns whether a failure by which the server may have shed load says nothing about its article, nor about the health
  /// of the provider: nginx answers 503 to calls above its limit, and serves the others. So it is where most articles that
  /// were shed have succeeded later, a call has succeeded since the server shed this article last, and this article is
  /// not shed more often than the retries of others are. Otherwise the provider is down, or the article is the cause; and
  /// so it may be where its turn does not come within the longest outage.
  private mutating func isShed(_ ticket: Ticket, _ failure: ArticleError, at now: Instant) -> Bool {
    guard failure.evidence == .shedLoad else { return false }
    var account = accounts[ticket] ?? RetryAccount()
    defer { accounts[ticket] = account }
    var shedding = account.shedding ?? SheddingRecord(since: now)
    let hasServed = successes > shedding.successesBefore
    if shedding.count > 0 {
      // Retries are compared with retries: a first call may arrive just when another one ends.
      let others = Double(shedAgain - (shedding.count - 1))
      shedding.likelihood *= max(Self.leastShedChance, others / max(1, others + Double(recoveries)))
      shedAgain += 1
    }
    shedding.count += 1
    shedding.successesBefore = successes
    account.shedding = shedding
    account.successesBefore = account.successesBefore ?? successes
    return !breaker.isOpen && recoveries > lostToShedding && hasServed
      && shedding.likelihood >= Self.leastShedLikelihood && now - shedding.since < settings.longestOutage
  }

  // MARK: Outages

  /// - Returns: whether the failure is charged to the article.
  private mutating func failed(
    _ ticket: Ticket, _ failure: ArticleError, _ call: ScheduledCall, isKnown: Bool, wasProbe: Bool, at now: Instant,
    using random: inout some RandomNumberGenerator
  ) -> Bool {
    let nature = CallFailure(
      isNobodyThere: failure.evidence == .nobodyThere || failure.evidence == .noSuchServer,
      isMissing: failure.evidence == .noSuchServer, lostConnection: failure.lostConnection)
    if failure.status != nil { policy.serverAnswered() }
    if nature.isNobodyThere, !policy.hasAnswered, firstContactFailedAt == nil {
      firstContactFailedAt = now
      notices.append(.unreachable(atMost: policy.longestOutage(isMissing: nature.isMissing)))
    }
    accounts[ticket, default: RetryAccount()].successesBefore = accounts[ticket]?.successesBefore ?? successes
    accounts[ticket]?.failures += 1
    // New evidence comes only from a call that began after the last opening and was not a probe.
    let isNews = !isKnown && !wasProbe && call.openings == breaker.openings
    if wasProbe {
      probeFailed(ticket, failure, nature, isKnown: isKnown, at: now, using: &random)
    } else if isNews, !breaker.isOpen {
      open(ticket, nature, at: now, using: &random)
    }
    // A failure known from an earlier run is always charged. The failure that opened the circuit was settled in `open`.
    return isKnown || isNews && call.openings == breaker.openings
  }

  private mutating func probeFailed(
    _ ticket: Ticket, _ failure: ArticleError, _ nature: CallFailure, isKnown: Bool, at now: Instant,
    using random: inout some RandomNumberGenerator
  ) {
    accounts[ticket, default: RetryAccount()].probes += 1
    accounts[ticket]?.lastFailure = failure
    accounts[ticket]?.isKnown = isKnown
    guard breaker.isOpen else { return }
    if breaker.isAtLastProbe, let openedAt = breaker.openedAt {
      return abort(policy.outageExceeded(after: now - openedAt))
    }
    breaker.probeFailed(ticket, nature, at: now, using: &random)
    notices.append(.probeFailed(next: breaker.probeAt.map { $0 - now } ?? .zero))
    // The waiting articles take turns, so each has been a probe by now. Where nothing responds at the address, no
    // article is the cause.
    if !nature.isNobodyThere, breaker.failedProbes > queue.count { notices.append(.wantsAnotherProbe) }
  }

  private mutating func open(
    _ ticket: Ticket, _ nature: CallFailure, at now: Instant, using random: inout some RandomNumberGenerator
  ) {
    // An article may be the cause itself if another call has succeeded since its first failure. So may every article
    // with a single failure, if the first probe of a recent outage found the provider healthy.
    let hasBeenWell = lastShortOutage.map { now - $0 < Self.shortTime } ?? false
    let isSuspect =
      accounts[ticket].map { $0.successesBefore ?? successes < successes || hasBeenWell && $0.failures == 1 } ?? false
    let cause = breaker.failed(ticket, nature, isSuspect: isSuspect, at: now, using: &random)
    guard let cause else { return }
    for (other, failures) in cause where other != ticket {
      // Articles that failed for good have no account any more.
      accounts[other]?.forgive(failures)
    }
    accounts[ticket]?.forgive(cause[ticket, default: 1] - 1)
    for var entry in queue.removeAll() {
      if cause[entry.ticket] != nil { entry.refusals = max(entry.refusals, 1) }
      queue.append(entry)
    }
    level.pause()
    notices.append(.circuitOpened(atMost: longestOutage))
  }
}

extension CallScheduler.RetryAccount {
  /// Takes back the charges for failures that an outage caused.
  mutating func forgive(_ failures: Int) {
    charges -= failures
    wasSpared = true
    chargesByCode = [:]
  }
}
