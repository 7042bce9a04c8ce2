import Basics
import CallControl
import Testing
import TestSupport

@Suite struct TokenBucketTests {
  private let start = Instant.now

  /// Takes whenever it is ready, `late` after it could have; all is asked for at the start.
  private func takes(_ bucket: inout TokenBucket, for time: Duration, late: () -> Duration) -> [Duration] {
    var now = start
    var times: [Duration] = []
    while now - start < time {
      #expect(bucket.isReady(at: now))
      bucket.take(1, at: now, askedAt: start)
      times.append(now - start)
      if !bucket.isReady(at: now) { now = bucket.readyAt! + late() }
    }
    return times
  }

  @Test func spacesEvenly() {
    var bucket = TokenBucket(unitsPerSecond: 10)
    let times = takes(&bucket, for: .seconds(10)) { .zero }
    #expect(times.count == 100)
    for (a, b) in zip(times, times.dropFirst()) { #expect(b - a == .milliseconds(100)) }
  }

  @Test(arguments: [10.0, 100, 1000]) func lateTimersDoNotSlowItDown(rate: Double) {
    var random = SplitMix64(seed: 3)
    var bucket = TokenBucket(unitsPerSecond: rate)
    let times = takes(&bucket, for: .seconds(10)) { .microseconds(Int.random(in: 0...9000, using: &random)) }
    #expect(Double(times.count) > rate * 10 * 0.98 && Double(times.count) <= rate * 10 * 1.02)
    for (a, b) in zip(times, times.dropFirst()) { #expect(b - a >= .seconds(1) / rate - TokenBucket.slack) }
  }

  @Test func nothingIsSavedUp() {
    var bucket = TokenBucket(unitsPerSecond: 10)
    bucket.take(1, at: start, askedAt: start)
    let later = start + .seconds(60)
    bucket.take(1, at: later, askedAt: later)
    #expect(bucket.readyAt == later + .milliseconds(100))
    // One that waited for something else all the time gains no more than the slack.
    let last = start + .seconds(120)
    bucket.take(1, at: last, askedAt: start)
    #expect(bucket.readyAt == last + .milliseconds(100) - TokenBucket.slack)
  }

  @Test func debtIsPaidBeforeTheNext() {
    var bucket = TokenBucket(unitsPerSecond: 1000)
    #expect(bucket.isReady(at: start))
    bucket.take(3000, at: start, askedAt: start)
    #expect(bucket.readyAt == start + .seconds(3))
    bucket.correct(by: 2000)
    #expect(!bucket.isReady(at: start + .milliseconds(4999)))
    #expect(bucket.isReady(at: start + .seconds(5)))
    bucket.correct(by: -4500)
    #expect(bucket.readyAt == start + .milliseconds(500))
  }

  @Test func anUntouchedBucketHasNothingToCorrect() {
    var bucket = TokenBucket(unitsPerSecond: 1)
    bucket.correct(by: 100)
    #expect(bucket.readyAt == nil)
  }
}
