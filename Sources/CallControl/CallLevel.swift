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
