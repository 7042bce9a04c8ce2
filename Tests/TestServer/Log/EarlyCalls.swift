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
  /// - Parameters:
  ///   - grace: how long a call of another article may be on its way, or held up here.
  ///   - connectionGrace: the same for a call on the connection of the reply: a client of several threads may have let it
  ///     go just before all of them knew.
  /// - Complexity: calls times replies with a Retry-After.
  public func callsBeforeRetryAfter(
    grace: Duration = .milliseconds(200), connectionGrace: Duration = .zero
  ) -> [EarlyCall] {
    let told = calls.filter { $0.retryAfter != nil }
    return calls.compactMap { call in
      told.compactMap { told -> EarlyCall? in
        guard let ended = told.ended, let end = told.retryAfter, call.arrived > ended, call.arrived < end else {
          return nil
        }
        let allowed: Duration =
          if call.marker != nil && call.marker == told.marker {
            .zero
          } else {
            call.request.connection == told.request.connection ? connectionGrace : grace
          }
        guard call.arrived > ended + allowed else { return nil }
        return EarlyCall(call: call, told: told, early: call.arrived.duration(to: end))
      }.max { $0.early < $1.early }
    }
  }
}
