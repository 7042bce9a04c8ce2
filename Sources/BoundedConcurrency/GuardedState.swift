/// The state with those who sleep on it: what the engine's lock guards. Every method is one critical section.
@usableFromInline
struct GuardedState<Output: Sendable, Failure: Error>: Sendable {
  @usableFromInline typealias State = ConcurrentMapState<Output, Failure>
  /// What a waiting consumer is resumed with.
  @usableFromInline typealias Delivery = Result<Output?, Failure>

  @usableFromInline var state: State
  /// The consumer has asked once.
  @usableFromInline var hasBegun = false
  @usableFromInline var consumer: Continuation<Delivery>?
  @usableFromInline var idleWorkers: [Continuation<Void>] = []
  /// To cancel them; as many as ever ran at once.
  @usableFromInline var workers: [Task<Void, Never>] = []
  @usableFromInline var joiner: Continuation<Void>?
  /// Sleeps until workers have to be started by somebody who is none.
  @usableFromInline var starter: Continuation<Void>?
  /// How many the starter has to start.
  @usableFromInline var startsWanted = 0

  /// Whom to wake once the lock is free.
  @usableFromInline
  enum Callee: Sendable {
    case nobody
    case idle(Continuation<Void>)
    case new
  }

  /// Everybody who has to hear that the run is over.
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
  mutating func request(registering consumer: Continuation<Delivery>? = nil) -> (State.Answer, Callee) {
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
  mutating func deposit(_ output: Output, at position: Int) -> (Output?, Continuation<Delivery>?, State.Step) {
    let (delivery, step) = state.deposit(output, at: position)
    guard delivery != nil else { return (nil, nil, step) }
    return (delivery, consumer.take(), step)
  }

  /// The consumer, where it has to hear of the end.
  @inlinable
  mutating func done() -> (Continuation<Delivery>?, State.Step) {
    let (isEnd, step) = state.done()
    return (isEnd ? consumer.take() : nil, step)
  }

  @inlinable
  mutating func settle(_ worker: Continuation<Void>) -> Bool {
    guard state.settle() else { return false }
    idleWorkers.append(worker)
    return true
  }

  /// The last worker has released the source: who joins goes on.
  mutating func released() -> Continuation<Void>? {
    state.released()
    workers = []
    return joiner.take()
  }

  // MARK: Starting workers

  /// Whom to wake, decided by somebody who is no worker: a new worker is the starter's to start. It is counted in the
  /// section that decides, in which the source is open, so that the starter has not left.
  @inlinable
  mutating func calleeFromOutside(_ call: State.Call) -> Callee {
    guard call == .newWorker else { return callee(call) }
    startsWanted &+= 1
    return starter.take().map(Callee.idle) ?? .nobody
  }

  /// What the starter does: starts so many workers, and then leaves or comes again.
  @inlinable
  mutating func takeStarts() -> (count: Int, isLast: Bool) {
    defer { startsWanted = 0 }
    return (startsWanted, !state.isOpen)
  }

  /// False: there is something to do after all.
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

  /// True: nobody is left to wait for.
  mutating func join(_ joiner: Continuation<Void>) -> Bool {
    if state.live == 0 { return true }
    self.joiner = joiner
    return false
  }

  /// The continuation of the worker that the state decided to call.
  @inlinable
  mutating func callee(_ call: State.Call) -> Callee {
    switch call {
    case .nobody: .nobody
    case .idleWorker: .idle(idleWorkers.removeLast())
    case .newWorker: .new
    }
  }
}

// Debug builds check that every continuation is resumed exactly once; release builds trust the state machine.
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
