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
    let result: AdaptiveLevelController.Outcome
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
  package let reason: AdaptiveLevelController.Reason?
}

/// How many calls under way at once proved best.
package struct CallLevelFinding: Sendable, Equatable {
  package let level: Int
  /// Why not more.
  package let bound: AdaptiveLevelController.Bound
  /// The status of the last call that was refused for the load; nil: it was not answered in time.
  package let refusal: Int?
}
