/// A call that came while a Retry-After was in force.
public struct EarlyCall: Sendable, CustomStringConvertible {
  public let call: Call
  /// The call whose reply said how long to wait.
  public let told: Call
  /// By how much it came too early.
  public let early: Duration

  public var description: String {
    "call \(call.number) (\(call.marker ?? "?"), attempt \(call.attempt)) came \(early) before the end of the wait that "
      + "call \(told.number) (\(told.marker ?? "?"), \(told.reply)) had asked for"
  }
}

extension CallLog {
  /// The calls that came earlier than a Retry-After which was in force when they arrived: of the same article, and of
  /// any other, since one such reply holds back all of a client's workers.
  ///
  /// A call of another article may have been on its way when the reply went out. What arrives within the grace after it
  /// is therefore excused, unless it is about the same article or comes on the same connection: then the client has
  /// read the reply.
  /// - Complexity: calls times replies with a Retry-After.
  public func callsBeforeRetryAfter(grace: Duration = .milliseconds(200)) -> [EarlyCall] {
    let told = calls.filter { $0.retryAfter != nil }
    return calls.compactMap { call in
      told.compactMap { told -> EarlyCall? in
        guard let ended = told.ended, let end = told.retryAfter, call.arrived > ended, call.arrived < end else {
          return nil
        }
        let hasRead =
          (call.marker != nil && call.marker == told.marker) || call.request.connection == told.request.connection
        guard hasRead || call.arrived > ended + grace else { return nil }
        return EarlyCall(call: call, told: told, early: call.arrived.duration(to: end))
      }.max { $0.early < $1.early }
    }
  }
}
