/// A limit on how much may be taken in a time, as a token bucket of burst 1: nothing is saved up, so that what is taken is
/// spaced evenly instead of coming in heaps.
///
/// It is kept as one instant, at which all that was taken is paid for: the theoretical arrival time of the generic cell
/// rate algorithm (ITU-T I.371). More can be taken once that instant has come, however much it is; the debt is paid
/// before the next.
package struct TokenBucket: Sendable {
  package typealias Instant = ContinuousClock.Instant

  /// Timers are late by a little. So much of it is caught up with, or a rate would never be reached; two takes can
  /// be closer together by as much, and at more than 50 a second some come at once.
  package static let slack = Duration.milliseconds(20)

  private let timePerUnit: Duration
  private var paidAt: Instant?

  /// - Precondition: the rate is more than 0.
  package init(unitsPerSecond: Double) {
    precondition(unitsPerSecond > 0)
    timePerUnit = .seconds(1) / unitsPerSecond
  }

  /// From when on more can be taken; nil: now.
  package var readyAt: Instant? { paidAt }

  package func isReady(at now: Instant) -> Bool {
    paidAt.map { $0 <= now } ?? true
  }

  /// - Parameters:
  ///   - units: may be more than a second's worth.
  ///   - asked: since when this has been waited for: only for who waited can the bucket be late.
  package mutating func take(_ units: Int, at now: Instant, askedAt asked: Instant) {
    var start = now
    if let paidAt { start = max(paidAt, asked < paidAt ? now - Self.slack : now) }
    paidAt = start + timePerUnit * units
  }

  /// Settles what was taken by an estimate: by so many more, or fewer, where the number is negative.
  package mutating func correct(by units: Int) {
    guard let paid = paidAt else { return }
    paidAt = paid + timePerUnit * units
  }
}
