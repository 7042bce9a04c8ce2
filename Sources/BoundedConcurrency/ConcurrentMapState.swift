/// What `concurrentMap` knows and decides, without a task, a lock or a continuation in it.
///
/// The engine calls one method for each event, under its lock, and acts on what comes back after it has let go of it.
///
/// Workers are long-lived and do one thing at a time. A worker *seeks* (it is awake and will ask for something to do),
/// *pulls* the source, *works* on an element, or is *idle* (asleep until called). What holds after every event:
///
/// - `seekers + inFlight + idle == live` while the source is open, and `inFlight` counts the one that pulls and those that work.
/// - Only one worker pulls, and only one that took a slot first: `inFlight <= limit` unless the limit was lowered, and
///   `inFlight + buffer.count <= window` likewise.
/// - Where there is room and the source is free, somebody seeks. So no free slot is ever forgotten; and nobody is
///   called while somebody seeks, so that a burst of freed slots costs one wake.
/// - A result, an error or the end that the consumer may have is never kept while the consumer waits.
@usableFromInline
struct ConcurrentMapState<Output: Sendable, Failure: Error>: Sendable {
  @usableFromInline
  enum Phase: Sendable {
    /// The source may have more.
    case open
    /// The source has ended; its last elements are still in work or wait to be taken.
    case draining
    /// Failed while nobody waited: the error is kept for the consumer's next call.
    case failed(Failure)
    /// Cancelled while nobody waited: the consumer's next call hears of it.
    case cancelled
    /// Everything was said: from now on there is only the end.
    case finished
  }

  /// Whom to call because there is room for one more element.
  @usableFromInline
  enum Call: Equatable, Sendable { case nobody, idleWorker, newWorker }

  /// What a worker does next.
  @usableFromInline
  enum Step: Equatable, Sendable {
    /// A slot is reserved and the source is this worker's until `pulled`, `sourceEnded` or `failed`.
    case pull
    /// Nothing to do now: `settle` once there is something by which to be woken.
    case rest
    /// There will be nothing to do any more.
    case leave
  }

  /// What the consumer gets.
  @usableFromInline
  enum Answer: Sendable {
    case result(Output, Call)
    case failure(Failure)
    case cancelled
    case end
    case wait(Call)
  }

  @usableFromInline let order: ConcurrentMapOrder
  @usableFromInline var limit: Int
  @usableFromInline let windowPolicy: ConcurrentMapWindow
  @usableFromInline var window: Int

  @usableFromInline var phase = Phase.open
  @usableFromInline var isPulling = false
  @usableFromInline var inFlight = 0
  @usableFromInline var seekers = 0
  @usableFromInline var idle = 0
  @usableFromInline var live = 0
  @usableFromInline var consumerWaits = false
  @usableFromInline var buffer = ReorderBuffer<Output>()
  /// The place in the order of delivery that is given out next: at the pull in input order, else at the deposit.
  @usableFromInline var nextPosition = 0

  @inlinable
  init(limit: Int, window: ConcurrentMapWindow, order: ConcurrentMapOrder) {
    self.limit = limit
    self.windowPolicy = window
    self.window = window.count(under: limit)
    self.order = order
  }

  @inlinable var isOpen: Bool { if case .open = phase { true } else { false } }

  /// Failed, cancelled or delivered to the end: what is still in work is of no interest to anybody.
  @inlinable var isOver: Bool {
    switch phase {
    case .open, .draining: false
    case .failed, .cancelled, .finished: true
    }
  }

  @inlinable var canPull: Bool {
    !isPulling && inFlight < limit && inFlight &+ buffer.count < window && isOpen
  }

  /// As many are in work as may be; one that only waits for the source is not.
  @inlinable var isAtLimit: Bool { inFlight &- (isPulling ? 1 : 0) >= limit }

  // MARK: The consumer

  /// The consumer asks for the next result. `wait` without `registered` changes nothing: it asks again with it, once
  /// it can be woken.
  @inlinable
  mutating func request(registered: Bool) -> Answer {
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

  /// A worker that was called, or told to rest, asks for something to do.
  @inlinable
  mutating func seek() -> Step {
    seekers &-= 1
    return step()
  }

  /// A worker that was told to rest can be woken now. False: there is something to do after all, it seeks on.
  @inlinable
  mutating func settle() -> Bool {
    guard isOpen, !canPull else { return false }
    seekers &-= 1
    idle &+= 1
    return true
  }

  /// The source gave an element. nil: nobody wants it any more, the worker leaves.
  @inlinable
  mutating func pulled() -> (position: Int, call: Call)? {
    isPulling = false
    guard !isOver else {
      inFlight &-= 1
      return nil
    }
    guard order == .input else { return (0, call()) }
    defer { nextPosition &+= 1 }
    return (nextPosition, call())
  }

  /// The source has ended, the worker leaves. True: the consumer waits and there is nothing left for it.
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

  /// A worker's element is done. The result comes back where the consumer waits for just that one.
  @inlinable
  mutating func deposit(_ output: Output, at position: Int) -> (delivery: Output?, step: Step) {
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

  /// A worker's element is done, and its result is of no interest. True: it was the last one, and the consumer waits.
  @inlinable
  mutating func done() -> (isEnd: Bool, step: Step) {
    inFlight &-= 1
    guard consumerWaits, inFlight == 0, case .draining = phase else { return (false, step()) }
    consumerWaits = false
    phase = .finished
    return (true, step())
  }

  /// Work or the source failed; the worker leaves. nil: it was not the first to end the run. Else whether the consumer
  /// waits and is to be given the failure now.
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

  /// A worker leaves. True: it is the last one, and has to release the source before it has left. Nobody leaves while
  /// the source is open, so that no new worker can come meanwhile.
  @inlinable
  mutating func leave() -> Bool {
    if live == 1 { return true }
    live &-= 1
    return false
  }

  /// The last worker has released the source.
  @inlinable
  mutating func released() { live = 0 }

  // MARK: From outside

  /// The consumer was cancelled or has gone. nil: it was over before. Else whether the consumer waits.
  @inlinable
  mutating func cancel() -> Bool? {
    guard !isOver else { return nil }
    phase = consumerWaits ? .finished : .cancelled
    buffer.removeAll()
    defer { consumerWaits = false }
    return consumerWaits
  }

  /// The run ended in some way: every idle worker is woken, to leave.
  @inlinable
  mutating func wakeAll() {
    seekers &+= idle
    idle = 0
  }

  @inlinable
  mutating func limitChanged(to newLimit: Int) -> Call {
    limit = newLimit
    window = windowPolicy.count(under: newLimit)
    return live == 0 ? .nobody : call()
  }

  // MARK: Within

  @inlinable
  mutating func step() -> Step {
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
  mutating func call() -> Call {
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
