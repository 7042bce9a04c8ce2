import Basics
import Testing

@testable import Reporting

@Suite struct LatencyHistogramTests {
  @Test func anEmptyOneHasNoPercentiles() {
    #expect(LatencyHistogram().percentile(0.5) == nil)
    #expect(LatencyHistogram().minimum == nil)
  }

  @Test func oneValueIsEveryPercentileExactly() {
    var histogram = LatencyHistogram()
    histogram.record(.nanoseconds(123_456_789))
    for fraction in [0, 0.5, 0.99, 1] { #expect(histogram.percentile(fraction) == .nanoseconds(123_456_789)) }
  }

  @Test(arguments: [1, 1_000, 1_000_000, 3_000_000_000, 500_000_000_000])
  func percentilesAreWithinOnePercent(scale: Int) {
    var random = SystemRandomNumberGenerator()
    var histogram = LatencyHistogram()
    var values: [Int64] = []
    for _ in 0..<5_000 {
      let value = Int64.random(in: 1...1_000, using: &random) * Int64(scale) / 10
      values.append(value)
      histogram.record(.nanoseconds(value))
    }
    values.sort()
    for fraction in [0.01, 0.1, 0.5, 0.9, 0.99, 0.999] {
      let exact = Double(values[Int((fraction * 5_000).rounded(.up)) - 1])
      let found = histogram.percentile(fraction)!.inSeconds * 1e9
      #expect(abs(found - exact) <= exact * 0.01 + 1e-6)
    }
    #expect(histogram.minimum == .nanoseconds(values.first!))
    #expect(histogram.maximum == .nanoseconds(values.last!))
  }

  @Test func extremesDoNotTrap() {
    var histogram = LatencyHistogram()
    for duration in [Duration.zero, .seconds(-1), .seconds(Int64.max / 2), .nanoseconds(127), .nanoseconds(128)] {
      histogram.record(duration)
    }
    #expect(histogram.count == 5)
    #expect(histogram.percentile(0.5) != nil)
  }
}
