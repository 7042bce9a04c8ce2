/// What a server remembers of its calls, over its whole life. It is a value: a test looks at a copy.
public struct CallLog: Sendable {
  public private(set) var calls: [Call] = []
  /// The most calls that were open at one moment. A client in the process of the tests may seem to have one more open
  /// than it has, since another test that starts a child can hold up the end of a connection; the built binary may not.
  public private(set) var peakConcurrency = 0
  /// Calls that the server's own limit did not let pass.
  public internal(set) var violations = 0
  /// Connections taken.
  public internal(set) var connectionsAccepted = 0

  /// The numbers of the calls that are open, each with what tells whether its client is still there.
  private var open: [Int: @Sendable () -> Bool] = [:]
  private var attempts: [String: Int] = [:]

  public var openCalls: Int { open.count }

  /// Takes up a request that is complete, and numbers its attempt.
  ///
  /// A client that gives up a call and begins the next has closed the first one's connection before, but the thread that
  /// serves it need not have noticed: those that are gone are struck off first.
  /// - Parameter isGone: tells, from then on, whether the call's client has left.
  mutating func begin(_ request: Request, isGone: @escaping @Sendable () -> Bool) -> Call {
    for (number, isGone) in open where isGone() { end(number, .abandoned, at: request.arrived) }
    let isLate = isGone()
    var request = request
    let article = request.marker ?? ""
    attempts[article, default: 0] += 1
    request.attempt = attempts[article]!
    request.concurrent = open.count + 1
    let call = Call(number: calls.count, request: request, concurrent: request.concurrent)
    open[call.number] = isGone
    calls.append(call)
    // A call whose client has left before it was looked at is no longer one of the client's.
    if isLate {
      end(call.number, .abandoned, at: request.arrived)
    } else {
      peakConcurrency = max(peakConcurrency, call.concurrent)
    }
    return call
  }

  /// Only the first end of a call counts.
  mutating func end(
    _ number: Int, _ ending: Call.Ending, at time: ContinuousClock.Instant, status: Int? = nil,
    retryAfter: ContinuousClock.Instant? = nil
  ) {
    guard open.removeValue(forKey: number) != nil else { return }
    calls[number].ending = ending
    calls[number].ended = time
    calls[number].status = status
    calls[number].retryAfter = retryAfter
  }

  mutating func name(_ number: Int, _ reply: String) { calls[number].reply = reply }

  /// The calls about an article, in their order.
  public func calls(about marker: String) -> [Call] { calls.filter { $0.marker == marker } }

  /// The most calls that arrived within any stretch of time of this length. A call at the very end of it is outside.
  public func mostArrivals(within length: Duration) -> Int {
    let times = calls.map(\.arrived).sorted()
    var most = 0
    var first = 0
    for (last, time) in times.enumerated() {
      while times[first] + length <= time { first += 1 }
      most = max(most, last - first + 1)
    }
    return most
  }

  /// How often each kind of reply was given.
  public var replies: [String: Int] {
    calls.reduce(into: [:]) { $0[$1.reply, default: 0] += 1 }
  }
}
