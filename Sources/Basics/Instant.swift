import CLibrary

/// A moment on the continuous clock, which goes on while the machine sleeps.
///
/// `ContinuousClock.Instant` is not frozen: in other modules each copy, comparison and field that has one goes through
/// witness tables looked up at run time, and so does each enum and struct that holds one. This one is two words.
@frozen
public struct Instant: Comparable, Hashable, Sendable, BitwiseCopyable {
  /// The time since an origin that stays the same as long as the process runs.
  public let sinceOrigin: Duration

  @inlinable
  public init(sinceOrigin: Duration) {
    self.sinceOrigin = sinceOrigin
  }

  /// Reads the clock.
  public static var now: Instant { Instant(sinceOrigin: .nanoseconds(system_continuous_time())) }

  @inlinable
  public static func < (one: Instant, other: Instant) -> Bool {
    one.sinceOrigin.attoseconds < other.sinceOrigin.attoseconds
  }

  @inlinable
  public static func == (one: Instant, other: Instant) -> Bool {
    one.sinceOrigin.attoseconds == other.sinceOrigin.attoseconds
  }

  @inlinable
  public static func + (instant: Instant, time: Duration) -> Instant {
    Instant(sinceOrigin: Duration(attoseconds: instant.sinceOrigin.attoseconds + time.attoseconds))
  }

  @inlinable
  public static func - (instant: Instant, time: Duration) -> Instant {
    Instant(sinceOrigin: Duration(attoseconds: instant.sinceOrigin.attoseconds - time.attoseconds))
  }

  @inlinable
  public static func - (later: Instant, earlier: Instant) -> Duration {
    Duration(attoseconds: later.sinceOrigin.attoseconds - earlier.sinceOrigin.attoseconds)
  }

  @inlinable
  public static func += (instant: inout Instant, time: Duration) { instant = instant + time }

  @inlinable
  public static func -= (instant: inout Instant, time: Duration) { instant = instant - time }
}
