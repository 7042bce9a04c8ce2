/// A limit that finds its own value: the fewest in flight that do nearly all the work a second that can be done.
///
/// Give it to an operator, and tell it what becomes of each call:
///
///     let limit = AdaptiveConcurrencyLimit(maximum: 64)
///     let summaries = articles.concurrentMap(limit: limit) { article in
///       let call = limit.begin()
///       do {
///         let (reply, time) = try await model.summary(of: article)
///         limit.end(call, .success(latency: time, work: reply.tokens))
///         return reply
///       } catch {
///         limit.end(call, error.isRefusal ? .refusal : .failure)
///         throw error
///       }
///     }
///
/// A call is one attempt, without the waits before the next: an element that is tried again begins another call.
///
/// The first call goes alone, so that a wrong key costs one call. From then on the limit grows while more in flight do
/// more work, falls when calls are refused, remembers what was refused, and looks now and then whether that still
/// holds. It never grows while fewer than the limit are in flight.
public final class AdaptiveConcurrencyLimit: ConcurrencyLimit, @unchecked Sendable {
  /// A call that has begun.
  public struct Call: Sendable {
    fileprivate let epoch: Int
  }

  /// What became of a call.
  public struct Outcome: Sendable, Hashable {
    fileprivate let outcome: AdaptiveLevelController.LevelOutcome

    /// The server did what it was asked to do.
    ///
    /// - Parameters:
    ///   - latency: of this attempt alone.
    ///   - work: how much the server did, in a unit that is the same for all calls: tokens that it wrote, or the bytes
    ///     of the reply. With it a long reply is not taken for a slow server. nil: unknown; then all count the same.
    public static func success(latency: Duration, work: Int? = nil) -> Outcome {
      Outcome(outcome: .succeeded(latency: max(0, latency / .seconds(1)), work: work.map { Double(max(0, $0)) }))
    }

    /// The server was asked for too much: status 429, 503 or 529, or a time-out.
    public static let refusal = Outcome(outcome: .refused)
    /// Any other end, which says nothing about how much the server can take.
    public static let failure = Outcome(outcome: .failed)
  }

  /// A change of the limit.
  public struct Change: Sendable, Hashable {
    /// The value from now on.
    public let value: Int
    /// Why.
    public let reason: Reason
    /// Grows by one with each change: callbacks of two threads may overtake each other.
    public let number: Int
  }

  /// Why the limit has the value that it has.
  public struct Reason: Sendable, Hashable, CustomStringConvertible {
    fileprivate let reason: AdaptiveLevelController.LevelReason

    /// The first call goes alone.
    public static let firstCall = Reason(reason: .firstCall)
    /// The first call failed: two tell whether it is at fault or the server.
    public static let firstFailed = Reason(reason: .firstFailed)
    /// Tries more, since nothing speaks against it.
    public static let growing = Reason(reason: .growing)
    /// Calls were refused.
    public static let refused = Reason(reason: .refused)
    /// More in flight did no more work.
    public static let noMoreWork = Reason(reason: .noMoreWork)
    /// Tries whether fewer do as much.
    public static let lookingLower = Reason(reason: .lookingLower)
    /// Fewer in flight did less work.
    public static let lowerDidLess = Reason(reason: .lowerDidLess)
    /// Looks whether what was refused is still refused.
    public static let lookingAgain = Reason(reason: .lookingAgain)
    /// `value` was set.
    public static let set = Reason(reason: .set)

    /// In a few words of lower case.
    public var description: String { reason.words }
  }

  /// What is known of the best value.
  public struct Finding: Sendable, Hashable {
    /// The value that the limit settled at, trials aside.
    public let value: Int
    /// Why it is not more.
    public let bound: Bound
  }

  /// What keeps the limit from being larger.
  public struct Bound: Sendable, Hashable {
    fileprivate let bound: AdaptiveLevelController.LevelConstraint

    /// Not known: it has not settled.
    public static let none = Bound(bound: .none)
    /// Calls above it were refused.
    public static let refusals = Bound(bound: .refusals)
    /// More in flight did no more work.
    public static let noMoreWork = Bound(bound: .noMoreWork)
    /// Fewer elements came than could have been in flight.
    public static let input = Bound(bound: .input)
    /// It is the largest value allowed.
    public static let maximum = Bound(bound: .maximum)
  }

  private let controller: Lock<AdaptiveLevelController>
  private let onChange: (@Sendable (Change) -> Void)?

  /// Creates a limit that looks for the best value, from one call alone upwards.
  ///
  /// - Parameters:
  ///   - maximum: the largest value that it may take.
  ///   - onChange: called after each change, by whoever told of the event that brought it.
  /// - Precondition: `maximum` is at least 1.
  public init(maximum: Int, onChange: (@Sendable (Change) -> Void)? = nil) {
    Self.check(maximum)
    controller = Lock(AdaptiveLevelController(maximum: maximum))
    self.onChange = onChange
    super.init(1)
  }

  /// Creates a limit that starts at its largest value.
  ///
  /// Only refusals lower it, and it grows again when they are over. How much work is done makes no difference.
  ///
  /// - Parameters:
  ///   - maximum: the value to start with.
  ///   - onChange: called after each change, by whoever told of the event that brought it.
  /// - Precondition: `maximum` is at least 1.
  public init(fallingFrom maximum: Int, onChange: (@Sendable (Change) -> Void)? = nil) {
    Self.check(maximum)
    controller = Lock(AdaptiveLevelController(fallingFrom: maximum))
    self.onChange = onChange
    super.init(maximum)
  }

  /// The number of elements that may be in work at once. If it is set, the search goes on from there.
  public override var value: Int {
    get { super.value }
    set { event { $0.set(newValue) } }
  }

  /// Records that a call begins. Report its end exactly once.
  ///
  /// - Returns: the call, for ``end(_:_:limitReached:)``.
  public func begin() -> Call { Call(epoch: controller.withLock { $0.began() }) }

  /// Records that a call has ended.
  ///
  /// - Parameters:
  ///   - call: as `begin` gave it.
  ///   - outcome: what became of it.
  ///   - limitReached: whether more would have been in flight had the limit been higher; nil: where as many calls were in
  ///     flight as the limit allows, or an operator under it had as many elements in work.
  public func end(_ call: Call, _ outcome: Outcome, limitReached: Bool? = nil) {
    // The operators are asked only where the calls alone do not tell: they have locks of their own.
    let isReached = limitReached ?? (controller.withLock { $0.isReachedByCalls } || isReached)
    event { $0.ended(epoch: call.epoch, outcome.outcome, limitReached: isReached) }
  }

  /// Records that no calls are made for a time.
  ///
  /// The server is down, or asked to be left alone: what is measured around that says nothing about the limit. The
  /// pause ends with ``resume()``.
  public func pause() { event { $0.pause() } }

  /// Records that calls are made again.
  public func resume() { event { $0.resume() } }

  /// What has been found.
  public var finding: Finding {
    controller.withLock { Finding(value: $0.settledLevel, bound: Bound(bound: $0.bound)) }
  }

  private func event(_ happen: (inout AdaptiveLevelController) -> Void) {
    let change = controller.withLock { controller -> Change? in
      let before = controller.level
      happen(&controller)
      guard controller.level != before else { return nil }
      // Under the lock, so that of two changes the last one holds.
      store(controller.level)
      return Change(value: controller.level, reason: Reason(reason: controller.reason), number: controller.epoch)
    }
    guard let change else { return }
    tellFollowers()
    onChange?(change)
  }
}
