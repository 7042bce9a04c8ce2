/// Waits that double, with jitter, so that those who failed together do not come back together.
///
/// The n-th wait is drawn evenly from `shortest` × 2ⁿ⁻¹ to twice that, and never longer than `longest`. The longest ones
/// keep their spread: they are drawn from `longest` / 2 to `longest`.
package struct BackOff: Sendable {
  package let shortest: Duration
  package let longest: Duration

  /// - Precondition: `longest` is at least twice `shortest`, which is more than nothing.
  package init(from shortest: Duration, to longest: Duration) {
    precondition(shortest > .zero && longest >= shortest * 2)
    self.shortest = shortest
    self.longest = longest
  }

  /// Between half a second and a minute: for calls that failed, and for limits whose server does not say how long.
  package static let ofCalls = BackOff(from: .milliseconds(500), to: .seconds(60))
  /// Between one second and half a minute: between two probes of a provider that is down.
  package static let ofProbes = BackOff(from: .seconds(1), to: .seconds(30))

  /// - Parameter failures: how many there have been in a row; at least 1.
  package func delay(after failures: Int, using random: inout some RandomNumberGenerator) -> Duration {
    // Doubled so often, anything is longer than the longest; more would overflow.
    let doublings = min(max(failures - 1, 0), 32)
    let low = min(shortest * (1 << doublings), longest / 2)
    return low + min(low, longest - low) * Double.random(in: 0...1, using: &random)
  }
}
