/// The state and the continuations of all sleeping tasks, guarded by the engine's lock. Every method is one critical
/// section.
@usableFromInline
struct GuardedState<Output: Sendable, Failure: Error>: Sendable {
  @usableFromInline typealias State = ConcurrentMapState<Output, Failure>
  /// What a waiting consumer is resumed with.
  @usableFromInline typealias Delivery = Result<Output?, Failure>

  @usableFromInline var state: State
  /// Whether the consumer has made its first request.
  @usableFromInline var hasBegun = false
  @usableFromInline var consumer: Continuation<Delivery>?
  @usableFromInline var idleWorkers: [Continuation<Void>] = []
  /// The worker tasks, kept in order to cancel them: as many as were ever live at once.
  @usableFromInline var workers: [Task<Void, Never>] = []
  @usableFromInline var joiner: Continuation<Void>?
  /// The continuation of the starter, which sleeps until a worker is called from outside the workers.
  @usableFromInline var starter: Continuation<Void>?
  /// The number of workers that the starter has to start.
  @usableFromInline var startsWanted = 0

  /// Which worker to wake after the lock is released.
  @usableFromInline
  enum Callee: Sendable {
    case nobody
    case idle(Continuation<Void>)
    case new
  }

  /// All tasks that have to be told that the run is over.
  struct Audience: Sendable {
    let consumer: Continuation<Delivery>?
    let starter: Continuation<Void>?
    let idleWorkers: [Continuation<Void>]
    let cancelledWorkers: [Task<Void, Never>]

    func hear(_ delivery: Delivery) {
      consumer?.resume(returning: delivery)
      for worker in cancelledWorkers { worker.cancel() }
      for worker in idleWorkers { worker.resume() }
      starter?.resume()
    }
  }

  @inlinable
  init(state: State) { self.state = state }

  // MARK: The consumer

  @inlinable
  mutating func request(registering consumer: Continuation<Delivery>? = nil) -> (State.ConsumerAnswer, Callee) {
    let answer = state.request(registered: consumer != nil)
    switch answer {
    case .result(_, let call): return (answer, calleeFromOutside(call))
    case .wait(let call):
      self.consumer = consumer
      guard consumer != nil, !hasBegun else { return (answer, calleeFromOutside(call)) }
      hasBegun = true
      return (answer, callee(call))
    default: return (answer, .nobody)
    }
  }

  // MARK: Workers

  @inlinable
  mutating func pulled() -> (position: Int?, Callee) {
    guard let (position, call) = state.pulled() else { return (nil, .nobody) }
    return (position, callee(call))
  }

  @inlinable
  mutating func deposit(_ output: Output, at position: Int) -> (Output?, Continuation<Delivery>?, State.WorkerStep) {
    let (delivery, step) = state.deposit(output, at: position)
    guard delivery != nil else { return (nil, nil, step) }
    return (delivery, consumer.take(), step)
  }

  /// Returns the consumer if it has to be told of the end, and the worker's next step.
  @inlinable
  mutating func done() -> (Continuation<Delivery>?, State.WorkerStep) {
    let (isEnd, step) = state.done()
    return (isEnd ? consumer.take() : nil, step)
  }

  @inlinable
  mutating func settle(_ worker: Continuation<Void>) -> Bool {
    guard state.settle() else { return false }
    idleWorkers.append(worker)
    return true
  }

  /// Records that the last worker has released the source. Returns the joiner, which can go on.
  mutating func released() -> Continuation<Void>? {
    state.released()
    workers = []
    return joiner.take()
  }

  // MARK: Starting workers

  /// Returns the worker that a caller outside the workers has to wake. A new worker is left to the starter. The start
  /// is counted in the critical section that decides it, in which the source is open, so the starter has not left.
  @inlinable
  mutating func calleeFromOutside(_ call: State.WorkerCall) -> Callee {
    guard call == .newWorker else { return callee(call) }
    startsWanted &+= 1
    return starter.take().map(Callee.idle) ?? .nobody
  }

  /// Returns how many workers the starter has to start now, and whether it leaves afterwards.
  @inlinable
  mutating func takeStarts() -> (count: Int, isLast: Bool) {
    defer { startsWanted = 0 }
    return (startsWanted, !state.isOpen)
  }

  /// Stores the sleeping starter. Returns false if there is something to do after all.
  @inlinable
  mutating func settle(starter: Continuation<Void>) -> Bool {
    guard startsWanted == 0, state.isOpen else { return false }
    self.starter = starter
    return true
  }

  // MARK: The end

  mutating func audience(tellsConsumer: Bool, cancelling: Bool) -> Audience {
    state.wakeAll()
    defer {
      idleWorkers = []
      if cancelling { workers = [] }
    }
    return Audience(
      consumer: tellsConsumer ? consumer.take() : nil, starter: starter.take(), idleWorkers: idleWorkers,
      cancelledWorkers: cancelling ? workers : [])
  }

  /// Stores the joiner. Returns true if no worker is left to wait for.
  mutating func join(_ joiner: Continuation<Void>) -> Bool {
    if state.live == 0 { return true }
    self.joiner = joiner
    return false
  }

  /// Returns the worker that the state decided to call.
  @inlinable
  mutating func callee(_ call: State.WorkerCall) -> Callee {
    switch call {
    case .nobody: .nobody
    case .idleWorker: .idle(idleWorkers.removeLast())
    case .newWorker: .new
    }
  }
}

// Debug builds check that every continuation is resumed exactly once. Release builds rely on the state machine.
#if DEBUG
  @usableFromInline typealias Continuation<Value> = CheckedContinuation<Value, Never>

  @inlinable
  func suspend<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: (Continuation<Value>) -> Void
  ) async -> sending Value {
    await withCheckedContinuation(isolation: isolation, body)
  }
#else
  @usableFromInline typealias Continuation<Value> = UnsafeContinuation<Value, Never>

  @inlinable
  func suspend<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: (Continuation<Value>) -> Void
  ) async -> sending Value {
    await withUnsafeContinuation(isolation: isolation, body)
  }
#endif
