/// What the calls of one epoch say about a level: seconds of latency for each unit of work, and how sure that is.
///
/// A long reply takes long on any server. The ratio of all latency to all work takes the length out: by Little's law the
/// work done a second at `n` in flight is `n / secondsPerWork`, whatever the lengths were. It is the ratio estimator of
/// survey sampling, and its standard error is that of the residuals, `latency - ratio x work` (Cochran, Sampling
/// Techniques, chapter 6).
struct LevelMeasurement: Sendable {
  private(set) var count = 0
  private var latency = 0.0
  private var work = 0.0
  private var latencySquared = 0.0
  private var latencyTimesWork = 0.0
  private var workSquared = 0.0

  /// - Parameters:
  ///   - latency: of one call, in seconds.
  ///   - work: of that call, in a unit that is the same for all of them.
  mutating func add(latency: Double, work: Double) {
    count += 1
    self.latency += latency
    self.work += work
    latencySquared += latency * latency
    latencyTimesWork += latency * work
    workSquared += work * work
  }

  /// Infinite while there is nothing to go by.
  var secondsPerWork: Double { work > 0 ? max(latency, 1e-9) / work : .infinity }

  /// Of the logarithm of `secondsPerWork`, which is the relative error of it. Four calls say nothing about it.
  var relativeError: Double {
    guard count > 4, work > 0 else { return .infinity }
    let ratio = secondsPerWork
    let residuals = max(0, latencySquared - 2 * ratio * latencyTimesWork + ratio * ratio * workSquared)
    return residuals.squareRoot() / (ratio * work)
  }
}
