/// The state with those who sleep on it: what the engine's lock guards. Every method is one critical section.
@usableFromInline
struct GuardedState<Output: Sendable, Failure: Error>: Sendable {
  @usableFromInline typealias State = ConcurrentMapState<Output, Failure>
  /// What a waiting consumer is resumed with.
  @usableFromInline typealias Delivery = Result<Output?, Failure>

  @usableFromInline var state: State
  @usableFromInline var consumer: Continuation<Delivery>?
  @usableFromInline var idleWorkers: [Continuation<Void>] = []
  /// To cancel them; as many as ever ran at once.
  @usableFromInline var workers: [Task<Void, Never>] = []
  @usableFromInline var joiner: Continuation<Void>?

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
    let idleWorkers: [Continuation<Void>]
    let cancelledWorkers: [Task<Void, Never>]

    func hear(_ delivery: Delivery) {
      consumer?.resume(returning: delivery)
      for worker in cancelledWorkers { worker.cancel() }
      for worker in idleWorkers { worker.resume() }
    }
  }

  @inlinable
  init(state: State) { self.state = state }

  // MARK: The consumer

  @inlinable
  mutating func request(registering consumer: Continuation<Delivery>? = nil) -> (State.Answer, Callee) {
    let answer = state.request(registered: consumer != nil)
    switch answer {
    case .result(_, let call): return (answer, callee(call))
    case .wait(let call):
      self.consumer = consumer
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

  /// True: the worker was the last one; the continuation is that of who joins.
  @inlinable
  mutating func leave() -> (isLast: Bool, joiner: Continuation<Void>?) {
    guard state.left() else { return (false, nil) }
    workers = []
    return (true, joiner.take())
  }

  // MARK: The end

  mutating func audience(tellsConsumer: Bool, cancelling: Bool) -> Audience {
    state.wakeAll()
    defer {
      idleWorkers = []
      if cancelling { workers = [] }
    }
    return Audience(
      consumer: tellsConsumer ? consumer.take() : nil, idleWorkers: idleWorkers,
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
