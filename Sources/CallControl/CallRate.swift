package import Basics
import Summarization

/// A number of calls or tokens in a period.
package struct CallRate: Equatable, Sendable {
  package let count: Double
  package let per: Duration

  package init(count: Double, per: Duration) {
    self.count = count
    self.per = per
  }

  package var perSecond: Double {
    count / (Double(per.components.seconds) + Double(per.components.attoseconds) * 1e-18)
  }
}

/// A rate limit, as a token bucket of burst 1: unused capacity is not saved up, so that calls are spaced evenly instead
/// of arriving in bursts.
///
/// The state is one instant, at which all that was taken is paid for: the theoretical arrival time of the generic cell
/// rate algorithm (ITU-T I.371). Once that instant has come, any amount can be taken; its debt is paid before the next
/// take.
package struct TokenBucket: Sendable {
  /// The lateness of a timer that the bucket makes up for. Timers are always slightly late, so without it no rate would
  /// ever be reached. Two takes can be closer together by this much; at more than 50 a second some coincide.
  package static let slack = Duration.milliseconds(20)

  private let timePerUnit: Duration
  private var paidAt: Instant?

  /// - Precondition: the rate is more than 0.
  package init(unitsPerSecond: Double) {
    precondition(unitsPerSecond > 0)
    timePerUnit = .seconds(1) / unitsPerSecond
  }

  /// The instant from which more can be taken; nil for now.
  package var readyAt: Instant? { paidAt }

  package func isReady(at now: Instant) -> Bool {
    paidAt.map { $0 <= now } ?? true
  }

  /// - Parameters:
  ///   - units: the amount to take; it may be more than a second's worth.
  ///   - asked: when the caller began to wait. Lateness is made up only for a caller that waited for the bucket.
  package mutating func take(_ units: Int, at now: Instant, askedAt asked: Instant) {
    var start = now
    if let paidAt { start = max(paidAt, asked < paidAt ? now - Self.slack : now) }
    paidAt = start + timePerUnit * units
  }

  /// Corrects an estimated take by this many units; a negative number gives units back.
  package mutating func correct(by units: Int) {
    guard let paid = paidAt else { return }
    paidAt = paid + timePerUnit * units
  }
}

/// Spaces calls by the rate limits that the server reports, so that no call is refused.
///
/// The remaining allowance is spread over the time until all of it is restored. For a fixed window this is the pace
/// that just uses it up. A bucket that is refilled steadily is drawn down to half by the same rule. From there on calls
/// go at the refill rate: left / time to fill = (limit / 2) / (limit / 2 / rate) = rate.
struct RateLimitPacer: Sendable {
  /// How far calls may run ahead of the pace; this matters only where it covers more than one call.
  static let burst = Duration.seconds(1)
  /// Calls that begin within such a time of each other reach the server in any order.
  static let disorder = Duration.milliseconds(100)
  private static let mostRecent = 1024

  private struct ReportedLimit: Sendable {
    var limit: Double
    var left: Double
    var resetsAt: Instant
    /// By how much sooner all of it may be restored: the time that was counted from ran somewhere between the beginning
    /// and the answer of a call.
    var uncertainty: Duration
    /// What the answer said, and when its call began.
    let told: Double
    let began: Instant
    let toldAt: Instant
    /// What comes back in a second if this is a bucket; nil if all of it is there.
    let refill: Double?
    /// Whether it is a bucket that is refilled steadily, as far as is known.
    var isBucket = false
    /// When the next call is due at this pace.
    var dueAt: Instant
    /// All of it has been there again since, and no answer has told more.
    var isRenewed = false

    /// - Parameters:
    ///   - spent: what was taken since.
    ///   - cost: the cost of a call.
    ///   - began: when the call began whose answer tells the allowance.
    init(
      _ allowance: RateLimitStatus.RateAllowance, less spent: Double, cost: Double, began: Instant, at now: Instant
    ) {
      limit = allowance.limit
      told = allowance.remaining
      self.began = began
      left = told - spent
      toldAt = now
      let reset = max(allowance.reset, .zero)
      refill = reset > .zero && told < limit ? (limit - told) / (reset / .seconds(1)) : nil
      resetsAt = now + reset
      uncertainty = now - began
      dueAt = now + (left > 0 ? min(reset * (cost / left), reset) : reset)
    }

    /// Decides whether this is a bucket, by the answer before. What is missing from a bucket comes back at the same rate
    /// however much it is; in a window more and more is missing, and less and less time is left.
    mutating func decideKind(after other: ReportedLimit) {
      isBucket = other.isBucket
      guard let refill, let otherRefill = other.refill, other.limit == limit else { return }
      let missing = (limit - told) / (limit - other.told)
      if missing < 0.67 || missing > 1.5 { isBucket = (0.95...1.05).contains(refill / otherRefill) }
    }

    enum AnswerOrder {
      case later, inEarlierWindow
      /// Seen earlier in the same window. Of calls that began together, it was counted as one that was seen later.
      case earlier(isCounted: Bool)
    }

    /// Returns when the server saw the call that tells this limit, compared with another one. Answers come in any order,
    /// and calls that begin together arrive in any order.
    func order(after other: ReportedLimit) -> AnswerOrder {
      if other.isRenewed { return .later }
      if began < other.began, resetsAt < other.resetsAt - other.uncertainty { return .inEarlierWindow }
      let isInLaterWindow = resetsAt - uncertainty > other.resetsAt
      // Within a window less and less is left.
      guard !isInLaterWindow, told > other.told, began <= other.began + RateLimitPacer.disorder else { return .later }
      return .earlier(isCounted: began >= other.began - RateLimitPacer.disorder)
    }

    /// - Parameters:
    ///   - cost: the cost of the call, in units of the limit.
    ///   - others: the calls under way that the server may have seen since all of it was restored; they count already.
    mutating func began(_ cost: Double, at now: Instant, others: Int) {
      if resetsAt <= now {
        if !isRenewed { left = limit - cost * Double(others) }
        left = max(0, left - cost)
        isRenewed = left >= cost
        // More than all of it is not there: an answer tells soon, or there is none that does.
        if !isRenewed { resetsAt = now + RateLimitPacer.burst }
        return
      }
      left -= cost
      let interval = left > 0 ? (resetsAt - now) * (cost / left) : resetsAt - now
      dueAt = min(max(dueAt, now) + interval, resetsAt)
    }

    /// The earliest beginning of a call that the server may see after the reset, if all of it is to be restored now.
    func renewal(at now: Instant) -> Instant? {
      resetsAt <= now && !isRenewed ? resetsAt - uncertainty - RateLimitPacer.disorder : nil
    }

    func readyAt(_ cost: Double) -> Instant {
      if left >= cost { return min(dueAt - RateLimitPacer.burst, resetsAt) }
      guard isBucket, let refill else { return resetsAt }
      return min(toldAt + .seconds((cost - left) / refill), resetsAt)
    }
  }

  private var requests: [ReportedLimit] = []
  private var tokens: [ReportedLimit] = []
  private var begun = 0
  /// Of the last calls: when each began, and whether it is under way.
  private var recent: [(began: Instant, isUnderWay: Bool)] = []
  /// The tokens of a call, by those that were estimated or used.
  private var tokensPerCall = 0.0

  /// The instant from which the next call may begin; nil for now.
  var readyAt: Instant? {
    let times = requests.map { $0.readyAt(1) } + tokens.map { $0.readyAt(tokensPerCall) }
    return times.max()
  }

  /// Records that a call begins.
  /// - Returns: the number of the call, for `answered`.
  mutating func began(at now: Instant) -> Int {
    for index in requests.indices {
      requests[index].began(1, at: now, others: underWay(since: requests[index].renewal(at: now)))
    }
    for index in tokens.indices {
      tokens[index].began(tokensPerCall, at: now, others: underWay(since: tokens[index].renewal(at: now)))
    }
    begun += 1
    if recent.count < Self.mostRecent {
      recent.append((now, true))
    } else {
      recent[(begun - 1) % Self.mostRecent] = (now, true)
    }
    return begun
  }

  /// A call has ended, in whatever way.
  mutating func ended(call number: Int) {
    guard begun - number < Self.mostRecent else { return }
    recent[(number - 1) % Self.mostRecent].isUnderWay = false
  }

  /// How many calls that began with this one, or shortly before, are under way: the server may have seen them later.
  private func neighbours(ofCall number: Int) -> Int {
    guard begun - number < Self.mostRecent else { return 0 }
    return underWay(before: number, since: recent[(number - 1) % Self.mostRecent].began - Self.disorder)
  }

  private func underWay(since earliest: Instant?) -> Int {
    earliest.map { underWay(before: begun + 1, since: $0) } ?? 0
  }

  /// How many calls before this one are under way that began at an instant or later.
  private func underWay(before number: Int, since earliest: Instant) -> Int {
    var count = 0
    var other = number - 1
    while other > 0, begun - other < Self.mostRecent {
      let call = recent[(other - 1) % Self.mostRecent]
      if call.began < earliest { break }
      if call.isUnderWay { count += 1 }
      other -= 1
    }
    return count
  }

  /// - Parameters:
  ///   - status: what the answer to a call says.
  ///   - number: of that call, which has ended. Calls that began after it, or with it, may not be counted yet.
  ///   - used: the tokens that it used.
  mutating func answered(_ status: RateLimitStatus, call number: Int, tokens used: Int?, at now: Instant) {
    let later = Double(begun - number + neighbours(ofCall: number))
    let began = begun - number < Self.mostRecent ? recent[(number - 1) % Self.mostRecent].began : now
    if let used { tokensPerCall = tokensPerCall == 0 ? Double(used) : tokensPerCall * 0.8 + Double(used) * 0.2 }
    requests = Self.latest(requests, status.requests, cost: 1, later: later, began: began, at: now)
    tokens = Self.latest(tokens, status.tokens, cost: tokensPerCall, later: later, began: began, at: now)
  }

  /// Returns the limits that an answer tells; in place of those that the server saw before the ones that are known, the
  /// latter.
  private static func latest(
    _ known: [ReportedLimit], _ allowances: [RateLimitStatus.RateAllowance], cost: Double, later: Double,
    began: Instant,
    at now: Instant
  ) -> [ReportedLimit] {
    allowances.enumerated().map { index, allowance in
      var told = ReportedLimit(allowance, less: later * cost, cost: cost, began: began, at: now)
      guard known.count == allowances.count else { return told }
      var known = known[index]
      told.decideKind(after: known)
      known.isBucket = told.isBucket
      switch told.order(after: known) {
      case .later: return told
      case .inEarlierWindow: return known
      case .earlier(let isCounted):
        if isCounted { known.left += cost }
        return known
      }
    }
  }
}
