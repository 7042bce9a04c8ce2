import TestSupport

/// A model server, and the articles that are sent to it.
package struct ServerModel: Sendable {
  /// Which calls a server refuses.
  package struct Refusal: Sendable {
    var state: [Double]
    /// nil: the call is taken; else the seconds after which it may come again, 0 where no time is named.
    let decision: @Sendable (_ time: Double, _ inside: Int, _ state: inout [Double]) -> Double?

    mutating func decide(at time: Double, inside: Int) -> Double? { decision(time, inside, &state) }
  }

  package let name: String
  /// The best fixed number in flight.
  package let bestLevel: Int
  /// Work (or calls) a second that could be done.
  var ideal: @Sendable (_ time: Double) -> Double
  /// Calls count, not work.
  var countsCalls = false
  /// The rate is that at which articles come: judged by the time in which there is anything to do.
  package var isPacedByInput = false
  /// The limit moves.
  package var moves = false
  /// The largest mean level that is good enough.
  package var largestMeanLevel = Double.infinity

  var speed: @Sendable (_ time: Double, _ inService: Int) -> Double = { _, _ in 1 }
  var slots: @Sendable (_ time: Double) -> Int = { _ in .max }
  var makeRefusal: (@Sendable () -> Refusal)?
  var length: @Sendable (inout SplitMix64) -> Double = { $0.logNormal(mean: 2, sigma: 0.8) }
  /// The seconds of a call that hangs, whatever its length.
  var stall: @Sendable (inout SplitMix64) -> Double? = { _ in nil }
  /// The work that the reply reports.
  var reported: @Sendable (_ work: Double, inout SplitMix64) -> Double? = { work, _ in work }
  /// When the next article is there.
  var nextArrival: @Sendable (_ last: Double, _ article: Int, inout SplitMix64) -> Double = { _, _, _ in 0 }
  var outage: Range<Double>?

  init(_ name: String, best: Int, ideal: @escaping @Sendable (Double) -> Double, _ change: (inout ServerModel) -> Void)
  {
    self.name = name
    bestLevel = best
    self.ideal = ideal
    change(&self)
  }

  /// Refuses what comes while so many are inside.
  /// - Parameter seconds: after which a call may come again; 0: no time is named.
  static func refusing(
    above limit: @escaping @Sendable (Double) -> Int, naming seconds: Double = 0
  ) -> @Sendable () -> Refusal {
    { Refusal(state: []) { time, inside, _ in inside >= limit(time) ? seconds : nil } }
  }

  /// A token bucket.
  static func bucket(rate: Double, burst: Double, namesTime: Bool) -> @Sendable () -> Refusal {
    {
      Refusal(state: [burst, 0]) { time, _, state in
        state[0] = min(burst, state[0] + (time - state[1]) * rate)
        state[1] = time
        guard state[0] < 1 else {
          state[0] -= 1
          return nil
        }
        return namesTime ? (1 - state[0]) / rate : 0
      }
    }
  }

  /// Every so many calls one fails, whatever the load.
  static func oneIn(_ calls: Double) -> @Sendable () -> Refusal {
    {
      Refusal(state: [0]) { _, _, state in
        state[0] += 1
        guard state[0] >= calls else { return nil }
        state[0] = 0
        return 0
      }
    }
  }

  /// So many calls in each window of time.
  static func window(of seconds: Double, quota: Double) -> @Sendable () -> Refusal {
    {
      Refusal(state: [-1, 0]) { time, _, state in
        let window = (time / seconds).rounded(.down)
        if window != state[0] { state = [window, 0] }
        guard state[1] >= quota else {
          state[1] += 1
          return nil
        }
        return (window + 1) * seconds - time
      }
    }
  }
}
