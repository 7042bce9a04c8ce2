/// One call of the log.
public struct Call: Sendable {
  /// How a call ended.
  public enum Ending: Sendable, Equatable {
    /// Not yet.
    case open
    /// The reply went out, or what the script has instead of one.
    case answered
    /// The client went away before.
    case abandoned
    /// The server stopped or paused before.
    case cutOff
  }

  /// Its place in the log, from 0: in the order in which requests were complete.
  public let number: Int
  public let request: Request
  /// Calls open at the moment of its arrival, itself included.
  public let concurrent: Int
  /// What the script wanted, such as `429 retry-after seconds`.
  public internal(set) var reply = ""
  /// The status that was sent; nil where none was.
  public internal(set) var status: Int?
  public internal(set) var ending = Ending.open
  /// When the reply began to go out, or the call ended without one.
  public internal(set) var ended: ContinuousClock.Instant?
  /// Nobody is to call before this.
  public internal(set) var retryAfter: ContinuousClock.Instant?

  public var arrived: ContinuousClock.Instant { request.arrived }
  public var path: String { request.path }
  public var marker: String? { request.marker }
  public var attempt: Int { request.attempt }
}
