#if canImport(Darwin)
  private import Darwin
#elseif canImport(Musl)
  private import Musl
#else
  private import Glibc
#endif

/// Finds how many calls should be in flight: the fewest that do nearly all the work a second that can be done.
///
/// Pure: it is told what happens and says the level. It has no clock and no task; its pauses are counted in calls and
/// judgements.
///
/// **A level is judged by work, not by latency.** By Little's law the work done a second at `n` in flight is `n / S`,
/// where `S` is the seconds of latency for a unit of work (`LevelMeasurement`). Of two levels the *elasticity* of that,
/// `1 - ln(S1 / S0) / ln(n1 / n0)`, is the share of the added slots that became throughput: 1 on a server with room, 0
/// where calls only queue, below 0 where they hinder each other. Only calls count that began under the level, and that
/// ended while it was reached.
///
/// **How it moves.** The first call goes alone, then four, and the level doubles while that pays (the slow start of
/// TCP, RFC 5681). Afterwards it tries a step up, or a step down where calls take longer than they did at best, and takes
/// back what did not pay, with pauses that double. The step is as small as what was measured can tell from nothing.
///
/// **Refusals** count once an epoch, which is the time under one level (as ECN does in TCP, RFC 3168): one burst is one
/// answer of the server. The level that was not refused is remembered as the ceiling, and one call more is tried after a
/// pause; each that is taken doubles the next step, up to what has worked before, and from there on work is judged
/// anew at each step. That is the probing of CUBIC (RFC 9438) by other means.
package struct AdaptiveLevelController: Sendable {
  /// What became of a call.
  package enum LevelOutcome: Sendable, Hashable {
    /// - latency: seconds, of this attempt alone.
    /// - work: what was done, in a unit that is the same for all calls (output tokens, else bytes); nil: unknown.
    case succeeded(latency: Double, work: Double?)
    /// The server was asked for too much: 429, 503, 529, a time-out.
    case refused
    /// It says nothing about the load.
    case failed
  }

  /// Why the level is what it is.
  package enum LevelReason: Sendable, Hashable {
    case firstCall, firstFailed, growing, refused, noMoreWork, lookingLower, lowerDidLess, lookingAgain, set

    package var words: String {
      switch self {
      case .firstCall: "the first call goes alone"
      case .firstFailed: "the first call failed"
      case .growing: "trying more"
      case .refused: "calls were refused"
      case .noMoreWork: "more did no more work"
      case .lookingLower: "trying whether fewer do as much"
      case .lowerDidLess: "fewer did less work"
      case .lookingAgain: "trying again what was refused"
      case .set: "it was set"
      }
    }
  }

  /// What keeps the level from being higher.
  package enum LevelConstraint: Sendable, Hashable { case none, refusals, noMoreWork, input, maximum }

  private enum LevelTrial: Sendable { case none, up, down, again }

  package let maximum: Int
  package private(set) var level: Int
  package private(set) var reason = LevelReason.firstCall
  /// Grows with every change of the level: a call that began under an earlier level says nothing about this one.
  package private(set) var epoch = 0

  private let constants: LevelConstants
  /// Only refusals count: work is not judged.
  private let obeysRefusalsAlone: Bool
  /// No call has succeeded yet.
  package private(set) var isFirstCall: Bool
  private var isStarting: Bool
  private var isPaused = false
  private var inFlight = 0

  private var trial = LevelTrial.none
  /// Where a trial that fails goes back to, and what was measured there; not a number where it was not.
  private var base: (level: Int, secondsPerWork: Double)?
  private var measurement = LevelMeasurement()
  /// Of the base, while what was refused is tried again.
  private var measurementOfBase = LevelMeasurement()
  private var step = 2.0
  /// The step that has to be told from nothing: smaller after trials that failed.
  private var targetStep: Double
  private var bestSecondsPerWork = Double.infinity
  private var meanWork = 0.0
  private var workCount = 0.0
  /// Judgements before the next trial, and as many as there were before the last.
  private var upPause = 0, upWait = 0
  private var downPause = 0, downWait = 0

  /// The largest level that was not refused.
  private var ceiling: Int?
  /// The largest level whose work was judged good.
  private var proven = 1
  /// By how much the next look above the ceiling goes.
  private var againStep = 1
  private var backOff = 1.0
  private var successesSinceRefusal = 0.0
  /// For how many seconds the last refusal held all calls.
  private var secondsHeld = 0.0
  private var meanLatency = 0.0
  private var successesSinceReached = 0
  /// Of this epoch.
  private var successes = 0
  private var refusalScore = 0.0
  /// The epochs in which further refusals are of the burst that the level is falling for, and to what it may fall.
  private var burst = (first: Int.max, last: -1, floor: 1)

  /// Looks for the best level, from one call alone upwards.
  package init(maximum: Int, constants: LevelConstants = LevelConstants()) {
    self.init(maximum: maximum, level: 1, constants: constants, obeysRefusalsAlone: false)
  }

  /// Starts at the largest level. Only refusals lower it.
  package init(fallingFrom maximum: Int, constants: LevelConstants = LevelConstants()) {
    self.init(maximum: maximum, level: maximum, constants: constants, obeysRefusalsAlone: true)
  }

  private init(maximum: Int, level: Int, constants: LevelConstants, obeysRefusalsAlone: Bool) {
    self.maximum = maximum
    self.level = level
    self.constants = constants
    self.obeysRefusalsAlone = obeysRefusalsAlone
    isStarting = !obeysRefusalsAlone
    isFirstCall = !obeysRefusalsAlone
    targetStep = constants.largestStep
    if obeysRefusalsAlone { proven = maximum }
  }

  /// As many calls are in flight as may be.
  package var isReachedByCalls: Bool { inFlight >= level }

  /// The level, or that to which a trial goes back.
  package var settledLevel: Int { trial == .none ? level : base?.level ?? level }

  package var bound: LevelConstraint {
    successesSinceReached > max(16, level) ? .input : boundOfServer
  }

  /// The bound where calls are as many as the level allows: also while the last of them end, when no more can follow.
  package var boundOfServer: LevelConstraint {
    if isStarting { return .none }
    if settledLevel >= maximum { return .maximum }
    return ceiling == nil ? .noMoreWork : .refusals
  }

  // MARK: Events

  /// A call begins. The result is to be given back at its end.
  package mutating func began() -> Int {
    inFlight += 1
    return epoch
  }

  /// - Parameter limitReached: whether more would have been in flight under a higher level; nil: where as many calls were
  ///   in flight as may be.
  package mutating func ended(epoch callEpoch: Int, _ outcome: LevelOutcome, limitReached: Bool? = nil) {
    let isReached = limitReached ?? isReachedByCalls
    inFlight.countDown()
    switch outcome {
    case .succeeded(let latency, let work):
      meanLatency += (latency - meanLatency) * (meanLatency == 0 ? 1 : 0.05)
      successesSinceReached = isReached ? 0 : successesSinceReached + 1
      if let work { learn(work) }
      if isFirstCall {
        isFirstCall = false
        if isStarting {
          // The only call that nothing else was in flight beside: a server that does one at a time is told by it.
          if callEpoch == epoch {
            let margin = work == nil ? constants.marginOfUnknownFirst : constants.marginOfFirst
            bestSecondsPerWork = margin * latency / measuredWork(work)
          }
          return change(to: 4, .growing)
        }
      }
      if callEpoch == epoch, !isPaused { succeeded(latency: latency, work: work, isReached: isReached) }
    // One call is the least, and what it met has nothing to do with how many there are.
    case .refused:
      if isPaused || isFirstCall { break }
      if callEpoch == epoch { refused() } else if callEpoch >= burst.first, epoch <= burst.last { refusedInBurst() }
    // Two tell whether an article is at fault or the server.
    case .failed: if isStarting, isFirstCall, level == 1 { change(to: 2, .firstFailed) }
    }
  }

  /// The refusal that is told next holds all calls for so long: that is what it costs.
  package mutating func refusalHolds(for seconds: Double) { secondsHeld = seconds }

  /// No calls are made for a time, since the server is down or asked to be left alone.
  package mutating func pause() { isPaused = true }

  /// Calls are made again. What was measured around the pause is of no use.
  package mutating func resume() {
    isPaused = false
    change(to: level, reason)
  }

  /// Somebody knows better: the search goes on from there.
  package mutating func set(_ newLevel: Int) {
    trial = .none
    isFirstCall = false
    isStarting = false
    base = nil
    ceiling = nil
    change(to: newLevel, .set)
  }

  // MARK: Refusals

  private mutating func refused() {
    successesSinceRefusal = 0
    refusalScore += 1
    switch trial {
    case .again:
      backOff = againStep == 1 ? min(constants.longestPause, backOff * 2) : 1
      againStep = 1
      let measured = measurementOfBase
      lower(to: base.map { min($0.level, level - 1) } ?? level - 1)
      measurement = measured
    case .up: fall(toAtLeast: base?.level ?? 1)
    case .none where isStarting: fall(toAtLeast: base?.level ?? 1)
    case .none, .down:
      guard refusalScore >= constants.patience else { return }
      // Few in flight are those that the server took.
      let isFar = Double(inFlight) < 0.7 * Double(level)
      lower(to: isFar ? max(inFlight, level / 2) : min(level - 1, Int(Double(level) * constants.decrease)))
    }
  }

  /// Those in flight beside a call that is refused are as many as the server takes, or are refused as well: then they
  /// say so soon, and each lowers the level further.
  private mutating func fall(toAtLeast floor: Int) {
    burst = (epoch, epoch, min(floor, level - 1))
    refusedInBurst()
  }

  private mutating func refusedInBurst() {
    let newLevel = max(burst.floor, min(inFlight, level - 1))
    guard newLevel < level else { return }
    lower(to: newLevel)
    burst.last = epoch
  }

  private mutating func lower(to newLevel: Int) {
    isStarting = false
    trial = .none
    base = nil
    ceiling = max(1, newLevel)
    change(to: newLevel, .refused)
  }

  /// Tries a level above the ceiling, if it is time.
  private mutating func lookAgain() -> Bool {
    guard let ceiling, trial == .none, level >= ceiling, level < maximum, level <= proven else { return false }
    // Where more did no more work, that is what bounds it.
    guard level < proven || upWait <= 0 else { return false }
    // A level that fell far below what has worked has more to win.
    var pause = constants.pause * backOff * (2 * level < proven ? 0.5 : 1)
    if secondsHeld > 0, meanLatency > 0 {
      let callsLost = secondsHeld * Double(level) / meanLatency
      pause = max(pause, min(callsLost * constants.pauseForLoss, constants.longestPauseForLoss * constants.pause))
    }
    guard successesSinceRefusal >= pause else { return false }
    tryAgain()
    return true
  }

  private mutating func tryAgain() {
    base = (level, .nan)
    trial = .again
    let measured = measurement
    // Beyond what has worked before nothing speaks for more than one.
    againStep = level < proven ? min(againStep, proven - level) : 1
    change(to: level + againStep, .lookingAgain)
    measurementOfBase = measured
  }

  /// The server took more than what it had refused.
  private mutating func survived() {
    ceiling = level < maximum ? level : nil
    againStep = min(2 * againStep, maximum)
    backOff = 1
    trial = .none
    if level < proven { tryAgain() } else { change(to: level, .lookingAgain) }
  }

  // MARK: Work

  private mutating func learn(_ work: Double) {
    workCount += 1
    meanWork += (work - meanWork) / min(workCount, 1000)
  }

  /// The work of a call with what every call costs. Where no call tells its work, all count the same.
  private func measuredWork(_ work: Double?) -> Double {
    workCount == 0 ? 1 : (work ?? meanWork) + constants.overhead * meanWork
  }

  private mutating func succeeded(latency: Double, work: Double?, isReached: Bool) {
    successes += 1
    successesSinceRefusal += 1
    refusalScore = max(0, refusalScore - constants.refusedShare)
    guard isReached else { return }
    if trial == .again {
      if successes >= againStep { survived() }
      return
    }
    if lookAgain() || obeysRefusalsAlone { return }
    let expected = workCount == 0 ? 1 : meanWork * (1 + constants.overhead)
    let known = measuredWork(work)
    var seconds = latency
    if let base, base.secondsPerWork.isFinite {
      seconds = min(seconds, constants.longestLatency * base.secondsPerWork * (known + expected))
    }
    measurement.add(latency: seconds, work: known)
    if isMeasured { judge() }
  }

  private var isMeasured: Bool {
    let error = measurement.relativeError
    let count = measurement.count
    if isStarting {
      if trial == .up, elasticity < constants.elasticityToGrow {
        return error < constants.surely && count >= 8 || count >= max(constants.mostSamplesOfStart, 2 * level)
      }
      return error < constants.roughly ? count >= max(4, level / 2) : count >= max(12, level)
    }
    guard count >= max(16, level) else { return false }
    let most = min(constants.mostSamples, constants.samplesPerSlot * Double(level) + 64)
    return error < constants.certainty * log(trial == .none ? targetStep : step) || Double(count) >= most
  }

  /// Of what is measured now and at the base.
  private var elasticity: Double {
    guard let base, base.secondsPerWork.isFinite else { return 1 }
    return 1 - log(measurement.secondsPerWork / base.secondsPerWork) / log(Double(level) / Double(base.level))
  }

  private mutating func judge() {
    let seconds = measurement.secondsPerWork
    bestSecondsPerWork = min(seconds, bestSecondsPerWork * constants.fading)
    let wasTrial = trial
    trial = .none
    guard wasTrial != .none, let base, base.secondsPerWork.isFinite else { return settle(seconds) }
    let elasticity = elasticity
    switch wasTrial {
    case .up where elasticity >= constants.elasticityToGrow:
      (upPause, upWait) = (0, 0)
      targetStep = constants.largestStep
      settle(seconds)
    case .up:
      isStarting = false
      upPause = min(32, max(2, 2 * upPause))
      upWait = upPause
      takeBack(to: base.level, .noMoreWork)
    case _ where elasticity < constants.elasticityToShrink:
      upWait = 2
      targetStep = constants.largestStep
      proven = level
      settle(seconds, looksLower: true)
    default:
      downPause = min(64, max(4, 2 * downPause))
      downWait = downPause
      takeBack(to: base.level, .lowerDidLess)
    }
  }

  /// A trial did not pay: the next is a smaller step.
  private mutating func takeBack(to level: Int, _ reason: LevelReason) {
    targetStep = max(constants.smallestStep, targetStep.squareRoot())
    change(to: level, reason)
  }

  /// The level is good for now; perhaps another is better.
  private mutating func settle(_ seconds: Double, looksLower: Bool = false) {
    downWait -= 1
    // The first calls that are not alone take so much longer that they must be waiting for one another.
    // They began together, which an idle server takes better than what goes on: it is measured once more.
    if isStarting, base == nil, workCount > 0, seconds > constants.waitingInLine * bestSecondsPerWork {
      isStarting = false
      upWait = 1
      return measurement = LevelMeasurement()
    }
    base = (level, seconds)
    proven = max(proven, level)
    if isStarting {
      step = 2
    } else {
      let smallest = exp(measurement.relativeError / constants.certainty)
      step = min(constants.largestStep, max(constants.smallestStep, smallest))
    }
    let isSlow = seconds > constants.slowerThanBest * bestSecondsPerWork
    if level > 1, !isStarting, isSlow, looksLower || downWait <= 0 {
      trial = .down
      return change(to: min(level - 1, Int(Double(level) / step)), .lookingLower)
    }
    let higher = min(ceiling ?? maximum, max(level + 1, Int((Double(level) * step).rounded(.up))))
    if higher > level, level < maximum, upWait <= 0 {
      trial = .up
      return change(to: higher, .growing)
    }
    if level >= maximum { isStarting = false }
    upWait -= 1
    measurement = LevelMeasurement()
  }

  private mutating func change(to newLevel: Int, _ reason: LevelReason) {
    level = max(1, min(maximum, newLevel))
    self.reason = reason
    epoch += 1
    measurement = LevelMeasurement()
    refusalScore = 0
    successes = 0
  }
}
