/// The state machine of `concurrentMap`, without tasks, locks or continuations.
///
/// The engine calls one method for each event, under its lock, and acts on the answer after releasing the lock.
///
/// Workers are long-lived and do one thing at a time. A worker *seeks* (it is awake and will ask for its next step),
/// *pulls* the source, *works* on an element, or is *idle* (asleep until called). After every event the following
/// holds:
///
/// - `seekers + inFlight + idle == live` while the source is open. `inFlight` counts the pulling worker and the working
///   ones.
/// - At most one worker pulls, and it has taken a slot before: `inFlight <= limit` unless the limit was lowered, and
///   `inFlight + buffer.count <= window` likewise.
/// - Once the run has begun, some worker seeks whenever there is room and no worker pulls. No free slot is ever
///   forgotten. No worker is called while another seeks, so a burst of freed slots costs one wake-up.
/// - A result, a failure or the end is never kept while the consumer waits for it.
@usableFromInline
struct ConcurrentMapState<Output: Sendable, Failure: Error>: Sendable {
  @usableFromInline
  enum MapPhase: Sendable {
    /// The source may have more elements.
    case open
    /// The source has ended. Its last elements are still in work, or their results not yet taken.
    case draining
    /// The run failed while the consumer was not waiting. The failure is kept for its next call.
    case failed(Failure)
    /// The run was cancelled while the consumer was not waiting. Its next call reports that.
    case cancelled
    /// The consumer was told how the run ended. From now on it only gets the end.
    case finished
  }

  /// Which worker to call because there is room for one more element.
  @usableFromInline
  enum WorkerCall: Equatable, Sendable { case nobody, idleWorker, newWorker }

  /// The next step of a worker.
  @usableFromInline
  enum WorkerStep: Equatable, Sendable {
    /// Pull an element: a slot is reserved, and the worker owns the source until `pulled`, `sourceEnded` or `failed`.
    case pull
    /// Rest: there is nothing to do now. The worker calls `settle` once it can be woken.
    case rest
    /// Leave: there will be nothing to do any more.
    case leave
  }

  /// The answer to the consumer's request.
  @usableFromInline
  enum ConsumerAnswer: Sendable {
    case result(Output, WorkerCall)
    case failure(Failure)
    case cancelled
    case end
    case wait(WorkerCall)
  }

  @usableFromInline let order: ConcurrentMapOrder
  @usableFromInline var limit: Int
  @usableFromInline let windowPolicy: ConcurrentMapWindow
  @usableFromInline var window: Int

  @usableFromInline var phase = MapPhase.open
  @usableFromInline var isPulling = false
  @usableFromInline var inFlight = 0
  @usableFromInline var seekers = 0
  @usableFromInline var idle = 0
  @usableFromInline var live = 0
  @usableFromInline var consumerWaits = false
  @usableFromInline var buffer = ReorderBuffer<Output>()
  /// The next free place in the order of delivery: assigned at the pull in input order, else at the deposit.
  @usableFromInline var nextPosition = 0

  @inlinable
  init(limit: Int, window: ConcurrentMapWindow, order: ConcurrentMapOrder) {
    self.limit = limit
    self.windowPolicy = window
    self.window = window.count(under: limit)
    self.order = order
  }

  @inlinable var isOpen: Bool { if case .open = phase { true } else { false } }

  /// Failed, cancelled or delivered to the end: results of elements still in work are discarded.
  @inlinable var isOver: Bool {
    switch phase {
    case .open, .draining: false
    case .failed, .cancelled, .finished: true
    }
  }

  @inlinable var canPull: Bool {
    !isPulling && inFlight < limit && inFlight &+ buffer.count < window && isOpen
  }

  /// Whether as many elements are in work as the limit allows. The element that is being pulled is not in work.
  @inlinable var isAtLimit: Bool { inFlight &- (isPulling ? 1 : 0) >= limit }

  // MARK: The consumer

  /// Answers the consumer's request for the next result. Without `registered`, the answer `wait` changes nothing: the
  /// consumer repeats the request, registered, when it can be woken.
  @inlinable
  mutating func request(registered: Bool) -> ConsumerAnswer {
    precondition(!consumerWaits, "two tasks call next() of one concurrentMap iterator at the same time")
    if let output = buffer.popFirst() { return .result(output, call()) }
    switch phase {
    case .open: break
    case .draining: if inFlight == 0 { phase = .finished; return .end }
    case .failed(let failure): phase = .finished; return .failure(failure)
    case .cancelled: phase = .finished; return .cancelled
    case .finished: return .end
    }
    guard registered else { return .wait(.nobody) }
    consumerWaits = true
    return .wait(call())
  }

  // MARK: Workers

  /// Returns the next step of a seeking worker: one that was called or told to rest.
  @inlinable
  mutating func seek() -> WorkerStep {
    seekers &-= 1
    return step()
  }

  /// Makes a resting worker idle, now that it can be woken. Returns false if there is something to do after all: the
  /// worker keeps seeking.
  @inlinable
  mutating func settle() -> Bool {
    guard isOpen, !canPull else { return false }
    seekers &-= 1
    idle &+= 1
    return true
  }

  /// Records that the source gave an element. Returns nil if the run is over: the worker leaves.
  @inlinable
  mutating func pulled() -> (position: Int, call: WorkerCall)? {
    isPulling = false
    guard !isOver else {
      inFlight &-= 1
      return nil
    }
    guard order == .input else { return (0, call()) }
    defer { nextPosition &+= 1 }
    return (nextPosition, call())
  }

  /// Records that the source has ended; the worker leaves. Returns true if the consumer waits and nothing is left for
  /// it.
  @inlinable
  mutating func sourceEnded() -> Bool {
    isPulling = false
    inFlight &-= 1
    guard isOpen else { return false }
    phase = .draining
    guard consumerWaits, inFlight == 0 else { return false }
    consumerWaits = false
    phase = .finished
    return true
  }

  /// Records the result of a worker's element. The result is returned if the consumer waits for exactly that one.
  @inlinable
  mutating func deposit(_ output: Output, at position: Int) -> (delivery: Output?, step: WorkerStep) {
    inFlight &-= 1
    guard !isOver else { return (nil, step()) }
    var delivery: Output?
    var position = position
    if order == .completion {
      position = nextPosition
      nextPosition &+= 1
    }
    if consumerWaits, position == buffer.front {
      consumerWaits = false
      buffer.skipFront()
      delivery = .some(output)
    } else {
      buffer.insert(output, at: position)
    }
    return (delivery, step())
  }

  /// Records that a worker's element is done, in a run that keeps no results. Returns true for `isEnd` if it was the
  /// last element and the consumer waits.
  @inlinable
  mutating func done() -> (isEnd: Bool, step: WorkerStep) {
    inFlight &-= 1
    guard consumerWaits, inFlight == 0, case .draining = phase else { return (false, step()) }
    consumerWaits = false
    phase = .finished
    return (true, step())
  }

  /// Records that work or the source failed; the worker leaves. Returns nil if the run was over before; else whether
  /// the consumer waits and gets the failure now.
  @inlinable
  mutating func failed(_ failure: Failure, pulling: Bool) -> Bool? {
    if pulling { isPulling = false }
    inFlight &-= 1
    guard !isOver else { return nil }
    buffer.removeAll()
    phase = consumerWaits ? .finished : .failed(failure)
    defer { consumerWaits = false }
    return consumerWaits
  }

  /// Records that a worker leaves. Returns true for the last one, which counts as live until it has released the
  /// source. No worker leaves while the source is open, so no new worker can start meanwhile.
  @inlinable
  mutating func leave() -> Bool {
    if live == 1 { return true }
    live &-= 1
    return false
  }

  /// Records that the last worker has released the source.
  @inlinable
  mutating func released() { live = 0 }

  // MARK: From outside

  /// Records that the consumer was cancelled or the iterator released. Returns nil if the run was over before; else
  /// whether the consumer waits.
  @inlinable
  mutating func cancel() -> Bool? {
    guard !isOver else { return nil }
    phase = consumerWaits ? .finished : .cancelled
    buffer.removeAll()
    defer { consumerWaits = false }
    return consumerWaits
  }

  /// Turns every idle worker into a seeking one. The run has ended, and they are woken to leave.
  @inlinable
  mutating func wakeAll() {
    seekers &+= idle
    idle = 0
  }

  @inlinable
  mutating func limitChanged(to newLimit: Int) -> WorkerCall {
    limit = newLimit
    window = windowPolicy.count(under: newLimit)
    return live == 0 ? .nobody : call()
  }

  // MARK: Within

  @inlinable
  mutating func step() -> WorkerStep {
    if canPull {
      isPulling = true
      inFlight &+= 1
      return .pull
    }
    if isOpen {
      seekers &+= 1
      return .rest
    }
    return .leave
  }

  @inlinable
  mutating func call() -> WorkerCall {
    guard seekers == 0, canPull else { return .nobody }
    seekers = 1
    if idle > 0 {
      idle &-= 1
      return .idleWorker
    }
    live &+= 1
    return .newWorker
  }
}
