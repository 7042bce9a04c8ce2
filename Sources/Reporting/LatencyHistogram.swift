/// A histogram of durations. The width of a bucket is at most 1/128 of its values, so any percentile is accurate to 0.4
/// %. The size does not depend on the number of durations.
///
/// Below 128 nanoseconds a bucket is one nanosecond wide; above, each power of two is divided into 128 buckets (the
/// log-linear layout of HdrHistogram, http://hdrhistogram.org).
struct LatencyHistogram: Sendable {
  private static let precisionBits = 7
  private static let subBuckets = 1 << precisionBits
  /// The largest value, which longer durations count as: 2^53 ns are 104 days.
  private static let largest: UInt64 = (1 << 53) - 1

  private var buckets = [UInt64](repeating: 0, count: LatencyHistogram.index(of: LatencyHistogram.largest) + 1)
  private(set) var count: UInt64 = 0
  private(set) var minimum: Duration?
  private(set) var maximum: Duration?

  mutating func record(_ duration: Duration) {
    count += 1
    minimum = min(minimum ?? duration, duration)
    maximum = max(maximum ?? duration, duration)
    buckets[Self.index(of: Self.nanoseconds(duration))] += 1
  }

  /// Returns the least duration that at least `fraction` of the recorded ones do not exceed (nearest rank); nil if none
  /// are recorded.
  func percentile(_ fraction: Double) -> Duration? {
    guard let minimum, let maximum else { return nil }
    let rank = max(1, UInt64((fraction * Double(count)).rounded(.up)))
    // The minimum and the maximum are exact.
    if rank == 1 { return minimum }
    if rank >= count { return maximum }
    var seen: UInt64 = 0
    for (index, bucket) in buckets.enumerated() {
      seen += bucket
      if seen >= rank { return max(minimum, min(maximum, .nanoseconds(Self.middle(of: index)))) }
    }
    return maximum
  }

  private static func nanoseconds(_ duration: Duration) -> UInt64 {
    let (seconds, attoseconds) = duration.components
    guard seconds >= 0 else { return 0 }
    guard seconds < 1 << 23 else { return largest }
    return min(largest, UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000))
  }

  private static func index(of value: UInt64) -> Int {
    // The shift that leaves the leading bits of the value, which number the bucket.
    let shift = max(0, UInt64.bitWidth - value.leadingZeroBitCount - precisionBits - 1)
    return shift * subBuckets + Int(value >> UInt64(shift))
  }

  private static func middle(of index: Int) -> Int64 {
    guard index >= 2 * subBuckets else { return Int64(index) }
    let shift = index / subBuckets - 1
    let low = Int64(index - shift * subBuckets) << Int64(shift)
    return low + (Int64(1) << Int64(shift)) / 2
  }
}
