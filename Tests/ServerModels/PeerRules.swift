import TestSupport

/// Additive increase, multiplicative decrease, as in Netflix concurrency-limits' `AIMDLimit`: a call that succeeded while
/// at least half of the limit was in use adds one; one that was refused multiplies by 0.9. Starts at 20, at least 1.
package struct AdditiveIncreaseRule: LevelRule {
  package private(set) var level: Int
  private let maximum: Int
  private var inFlight = 0

  package init(maximum: Int) {
    self.maximum = maximum
    level = min(20, maximum)
  }

  package mutating func began(at time: Double) -> Int {
    inFlight += 1
    return inFlight
  }

  package mutating func succeeded(_ ticket: Int, latency: Double, work: Double?, limitReached: Bool, at time: Double) {
    inFlight -= 1
    if 2 * ticket >= level { level = min(maximum, level + 1) }
  }

  package mutating func refused(_ ticket: Int, limitReached: Bool, at time: Double) {
    inFlight -= 1
    level = max(1, Int(Double(level) * 0.9))
  }

  package mutating func failed(_ ticket: Int, at time: Double) { inFlight -= 1 }
}

/// Netflix concurrency-limits' `Gradient2Limit` with its defaults: windows of at least a second and ten calls; the
/// gradient is 1.5 x the long latency (a mean over 600 windows) over that of the window, within 0.5 and 1; the new limit
/// is the gradient x the old one plus a queue of 4, smoothed by 0.2. It does not listen to refusals.
package struct GradientRule: LevelRule {
  package var level: Int { Int(limit) }
  private var limit: Double
  private let maximum: Double
  private var long = 0.0
  private var windows = 0
  private var latencies: [Double] = []
  private var windowEnd = 0.0
  private var inFlight = 0
  private var mostInFlight = 0

  package init(maximum: Int) {
    self.maximum = Double(maximum)
    limit = min(20, self.maximum)
  }

  package mutating func began(at time: Double) -> Int {
    inFlight += 1
    mostInFlight = max(mostInFlight, inFlight)
    return 0
  }

  package mutating func succeeded(_ ticket: Int, latency: Double, work: Double?, limitReached: Bool, at time: Double) {
    inFlight -= 1
    latencies.append(latency)
    guard time > windowEnd, latencies.count >= 10 else { return }
    let short = latencies.reduce(0, +) / Double(latencies.count)
    latencies = []
    windowEnd = time + 1
    windows += 1
    long += (short - long) * (windows <= 10 ? 1 / Double(windows) : 2 / 601)
    if long / short > 2 { long *= 0.95 }
    let most = mostInFlight
    mostInFlight = inFlight
    guard Double(most) >= limit / 2 else { return }
    let gradient = max(0.5, min(1, 1.5 * long / short))
    limit = max(1, min(maximum, limit * 0.8 + (limit * gradient + 4) * 0.2))
  }

  package mutating func refused(_ ticket: Int, limitReached: Bool, at time: Double) { inFlight -= 1 }
  package mutating func failed(_ ticket: Int, at time: Double) { inFlight -= 1 }
}

/// Vector's adaptive request concurrency: once a mean round trip, one more if latency is not above its mean and the
/// limit was reached; x 0.9 after a refusal or where latency is 2.5 deviations above the mean. Means decay with 0.4.
package struct VectorRule: LevelRule {
  package private(set) var level = 1
  private let maximum: Int
  private var mean: Double?
  private var variance = 0.0
  private var latencies: [Double] = []
  private var wasRefused = false
  private var wasReached = false
  private var next = 0.0

  package init(maximum: Int) { self.maximum = maximum }

  package mutating func succeeded(_ ticket: Int, latency: Double, work: Double?, limitReached: Bool, at time: Double) {
    wasReached = wasReached || limitReached
    latencies.append(latency)
    update(at: time)
  }

  package mutating func refused(_ ticket: Int, limitReached: Bool, at time: Double) {
    wasReached = wasReached || limitReached
    wasRefused = true
    update(at: time)
  }

  private mutating func update(at time: Double) {
    guard let mean else {
      guard let first = latencies.first else { return }
      mean = first
      next = time + first
      return
    }
    guard time >= next else { return }
    let current = latencies.isEmpty ? nil : latencies.reduce(0, +) / Double(latencies.count)
    if level < maximum, wasReached, !wasRefused, let current, current <= mean {
      level += 1
    } else if level > 1, wasRefused || (current ?? 0) >= mean + 2.5 * variance.squareRoot() {
      level = max(1, Int(Double(level) * 0.9))
    }
    if let current {
      let difference = current - mean
      self.mean = mean + 0.4 * difference
      variance = 0.6 * (variance + 0.4 * difference * difference)
    }
    next = time + (self.mean ?? mean)
    latencies = []
    wasRefused = false
    wasReached = false
  }
}
