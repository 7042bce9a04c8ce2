package import BoundedConcurrency
import Summarization

/// How many calls may be under way at once: a number that somebody chose, and fewer while a server refuses some; or the
/// number that proves best.
struct CallLimit: Sendable {
  private var chosen: CallLevel
  /// nil where the number was chosen.
  private var search: AdaptiveLevelController?
  private var isPaused = false
  /// The status of the last call that was refused for the load; nil where it was not answered in time, or there is none.
  private var lastRefusal: Int?
  /// Whether the input was what bounded the level when it ended; nil until then.
  private var endedBelowLevel: Bool?

  init(maximum: Int, isFound: Bool) {
    chosen = CallLevel(maximum: maximum)
    search = isFound ? AdaptiveLevelController(maximum: maximum) : nil
  }

  var level: Int { search?.level ?? chosen.level }
  var change: CallLevelChange { CallLevelChange(level: level, reason: search?.reason) }

  var finding: CallLevelFinding? {
    search.map { search in
      let bound = endedBelowLevel == false ? search.boundOfServer : search.bound
      return CallLevelFinding(level: search.settledLevel, bound: bound, refusal: lastRefusal)
    }
  }

  /// Records that no further article will come. Fewer calls than the level allows then say nothing about the input.
  mutating func inputEnded() {
    endedBelowLevel = endedBelowLevel ?? search.map { $0.bound == .input }
  }

  /// A call begins.
  /// - Parameter isOutage: it only looks whether the provider is back.
  /// - Returns: the epoch that its end is told with.
  mutating func began(isOutage: Bool) -> Int {
    if isPaused, !isOutage {
      isPaused = false
      search?.resume()
    }
    return search?.began() ?? chosen.epoch
  }

  /// Every call ends with this; what a level that was chosen listens to stands below.
  mutating func ended(epoch: Int, _ outcome: CallOutcome, latency: Duration, isReached: Bool) {
    guard search != nil else { return }
    let result: AdaptiveLevelController.LevelOutcome
    if let failure = outcome.failure {
      let isRefusal = failure.signal == .refused || failure.speaksOfLoad && search?.isFirstCall == false
      if isRefusal {
        lastRefusal = failure.status
        search?.refusalHolds(for: (outcome.retryAfter ?? .zero) / .seconds(1))
      }
      result = isRefusal ? .refused : .failed
    } else {
      result = .succeeded(latency: max(0, latency / .seconds(1)), work: outcome.work.map { Double(max(0, $0)) })
    }
    search?.ended(epoch: epoch, result, limitReached: isReached)
  }

  /// No calls are made for a time.
  mutating func pause() {
    isPaused = true
    search?.pause()
  }

  /// - Parameter others: how many calls are under way now.
  mutating func succeeded(epoch: Int, others: Int) {
    guard search == nil else { return }
    chosen.succeeded(epoch: epoch, wasReached: others + 1 >= chosen.level)
  }

  /// - Parameter others: how many calls are under way now.
  mutating func refused(epoch: Int, others: Int) {
    guard search == nil else { return }
    chosen.refused(epoch: epoch, others: others)
  }
}

/// How many calls may be under way from now on.
package struct CallLevelChange: Sendable, Equatable {
  package let level: Int
  /// nil where the number was chosen: then only refusals lower it, and their absence raises it.
  package let reason: AdaptiveLevelController.LevelReason?
}

/// How many calls under way at once proved best.
package struct CallLevelFinding: Sendable, Equatable {
  package let level: Int
  /// Why not more.
  package let bound: AdaptiveLevelController.LevelConstraint
  /// The status of the last call that was refused for the load; nil: it was not answered in time.
  package let refusal: Int?
}

/// How many calls may be under way at once: refusals lower it, and good answers raise it again by and by.
///
/// A refused call says that those under way beside it are as many as the server takes. So the level falls to their
/// number, but by one event to no less than half: where a rate was exceeded, and not a number at once, hardly any call
/// may be left. It is raised by an eighth once two rounds of calls went well, and each raise that is refused doubles
/// the rounds that the next one waits for.
struct CallLevel: Sendable {
  private static let mostPatience = 8

  let maximum: Int
  private(set) var level: Int
  /// Grows when the level changes: a call of an earlier epoch says nothing new about it.
  private(set) var epoch = 0
  /// The least that the calls of earlier epochs may lower it to.
  private var floor = 1
  private var patience = 1
  private var goodCalls = 0
  /// It was raised, and no round has gone well since.
  private var isTrial = false

  init(maximum: Int) {
    self.maximum = maximum
    level = maximum
  }

  /// - Parameters:
  ///   - callEpoch: that in which the call began.
  ///   - others: how many calls are under way now.
  mutating func refused(epoch callEpoch: Int, others: Int) {
    goodCalls = 0
    if callEpoch == epoch {
      if isTrial { patience = min(patience * 2, Self.mostPatience) }
      isTrial = false
      floor = max(1, level / 2)
      epoch += 1
      level = max(1, min(level - 1, max(others, floor)))
    } else {
      level = min(level, max(others, floor))
    }
  }

  /// - Parameter wasReached: as many calls as the level allows were under way; else its success says nothing about it.
  mutating func succeeded(epoch callEpoch: Int, wasReached: Bool) {
    guard level < maximum, wasReached, callEpoch == epoch else { return }
    goodCalls += 1
    if isTrial, goodCalls >= level {
      isTrial = false
      patience = 1
    }
    guard goodCalls >= max(4, 2 * level * patience) else { return }
    goodCalls = 0
    isTrial = true
    epoch += 1
    floor = level
    level = min(maximum, level + max(1, level / 8))
  }
}
