import CallControl
import Summarization

typealias Instant = ContinuousClock.Instant

/// The SplitMix64 generator (Steele, Lea, Flood 2014): the same numbers for the same seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A gate with a clock that is set by hand.
struct GateBench {
  var gate: CallGate
  var random: SplitMix
  let start = ContinuousClock.now
  var now: Instant

  init(
    callsPerSecond: Double? = nil, tokensPerSecond: Double? = nil, longestOutage: Duration = .seconds(300),
    retries: Int = .max, mostFailures: Int? = nil, seed: UInt64 = 1
  ) {
    gate = CallGate(
      CallGate.Limits(
        callsPerSecond: callsPerSecond, tokensPerSecond: tokensPerSecond, longestOutage: longestOutage,
        retries: retries, mostFailures: mostFailures))
    random = SplitMix(seed: seed)
    now = start
  }

  mutating func ask(_ tickets: Int..., tokens: Int = 0) {
    for ticket in tickets { gate.ask(ticket, tokens: tokens, at: now) }
  }

  /// Who goes now.
  mutating func go() -> [Int] { gate.advance(to: now) }

  /// Asks and goes at once.
  mutating func begin(_ tickets: Int...) {
    for ticket in tickets { gate.ask(ticket, at: now) }
    _ = go()
  }

  /// A failure is one that may pass, unless another is given.
  @discardableResult
  mutating func end(
    _ ticket: Int, _ kind: CallOutcome.Kind, retryAfter: Duration? = nil, tokens: Int? = nil, isKnown: Bool = false
  ) -> CallGate.Judgement {
    var failure: CallOutcome.Failure?
    if kind != .succeeded {
      failure = CallOutcome.Failure(kind == .throttled ? .rateLimited : .serverError, isWorthRetrying: true, .none)
    }
    let outcome = CallOutcome(kind, retryAfter: retryAfter, tokens: tokens, failure: failure, isKnown: isKnown)
    return gate.ended(ticket, outcome, at: now, using: &random)
  }

  /// Ends a call with a failure that will not pass.
  @discardableResult
  mutating func end(
    _ ticket: Int, _ kind: CallOutcome.Kind, retryAfter: Duration? = nil, failure code: ArticleError.Code,
    _ suspicion: StopRules.Suspicion
  ) -> CallGate.Judgement {
    let failure = CallOutcome.Failure(code, isWorthRetrying: false, suspicion)
    return gate.ended(ticket, CallOutcome(kind, retryAfter: retryAfter, failure: failure), at: now, using: &random)
  }

  mutating func wait(_ time: Duration) { now += time }

  /// Lets time pass to the next look; nil where nothing is due.
  mutating func waitForNextLook() -> Duration? {
    guard let next = gate.nextLook else { return nil }
    let time = max(next - now, .zero)
    now += time
    return time
  }
}
