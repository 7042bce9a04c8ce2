/// A rule that finds how many calls should be in flight.
package protocol LevelRule {
  var level: Int { get }
  /// What comes back is given to the event that ends the call.
  mutating func began(at time: Double) -> Int
  mutating func succeeded(_ ticket: Int, latency: Double, work: Double?, limitReached: Bool, at time: Double)
  mutating func refused(_ ticket: Int, limitReached: Bool, at time: Double)
  /// The refusal that is told next holds all calls for so long.
  mutating func refusalHolds(for seconds: Double)
  mutating func failed(_ ticket: Int, at time: Double)
  /// All calls are held for longer than most calls take, since a refusal named a time; until `released`.
  mutating func held(at time: Double)
  mutating func released(at time: Double)
  mutating func outageBegan(at time: Double)
  mutating func outageEnded(at time: Double)
}

extension LevelRule {
  package mutating func began(at time: Double) -> Int { 0 }
  package mutating func refusalHolds(for seconds: Double) {}
  package mutating func failed(_ ticket: Int, at time: Double) {}
  package mutating func held(at time: Double) {}
  package mutating func released(at time: Double) {}
  package mutating func outageBegan(at time: Double) {}
  package mutating func outageEnded(at time: Double) {}
}

/// A number in flight that never changes, or changes as somebody knows who knows the server.
package struct FixedLevel: LevelRule {
  package var level: Int
  package init(_ level: Int) { self.level = level }
  package mutating func succeeded(_ ticket: Int, latency: Double, work: Double?, limitReached: Bool, at time: Double) {}
  package mutating func refused(_ ticket: Int, limitReached: Bool, at time: Double) {}
}
