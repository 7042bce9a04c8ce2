/// Executes the decisions of `ConcurrentMapState`: holds the lock around it, the worker tasks and the continuations.
///
/// **How.** Workers are long-lived tasks that loop over pull, work and deposit. A deposit and the decision about that
/// worker's next step are one critical section, and an element allocates nothing. A worker is started, or an idle one
/// woken, only when there is room for one more element, so the workers outnumber the elements that were in work at once
/// by at most one, and never exceed the highest limit so far.
///
/// **Why no schedule can break it.** The state makes every decision under the lock. The engine acts on a decision after
/// releasing the lock. Each event therefore sees all earlier ones, and no continuation is resumed and no task cancelled
/// under the lock.
/// - *No task is woken twice or before it sleeps:* a continuation is stored in the critical section that counts its
///   owner as asleep, after a second look for something to do. It is removed in the critical section that decides to
///   wake it.
/// - *No wake-up is lost:* when room appears, the worker at hand takes it, or a seeking worker will look for it under
///   the lock, or another worker is called. The event that produces what the consumer waits for (its result, the
///   failure, the end or cancellation) hands it over directly.
/// - *The limit is exact:* a slot is taken before the pull and returned by the deposit, in the state alone.
/// - *The source has one user:* the right to pull is taken and returned under the lock, which also orders the accesses
///   to the iterator.
/// - *Every run ends:* after the source's end, a failure or cancellation each worker leaves at its next step, and all
///   idle workers are woken to leave. Cancellation reaches every worker: a worker task created while the run ended is
///   cancelled by its creator. No worker holds the iterator's token, so only the consumer decides when it is released.
///
/// `ScheduleExplorer` in the tests walks through every schedule of small runs and checks these properties in each
/// state.
///
/// **Figures.** Nanoseconds an element in input order, without work, delivered to a consumer in another module, beside
/// Go 1.19's pool of goroutines over channels (unbuffered; with a window of 8 x the limit, of capacity N). Two shared
/// cores, otherwise idle, medians of 7 alternating rounds, as `Tests/Benchmarks/run operator 7` prints them:
///
///     limit   window = limit: ours   Go  ratio   window = 8 x limit: ours   Go  ratio
///         1                    366  217   1.62                        237  153   1.54
///         5                    232  210   1.10                        213  115   1.87
///        64                    215  301   0.68                        194  119   1.57
///
/// Ratios on other days: 1.28 to 1.34, 0.91 to 0.95, 0.58 to 0.66; 1.01 to 1.05, 1.34 to 1.79, 1.18 to 1.69. The remaining cost is the lock, which is taken three times
/// for an element (the pull, the deposit, the consumer). A thread is woken at most once in a hundred elements (3,752
/// futex calls for 500,000 elements at limit 5 and a window of 8 x the limit, 417 at limit 64).
@usableFromInline
final class ConcurrentMapEngine<Base: AsyncSequence, Output: Sendable, Failure: Error>: Sendable
where Base: Sendable, Base.Element: Sendable, Base.AsyncIterator: SendableMetatype {
  /// Runs on the worker, in its caller's isolation: an element causes no change of executor.
  @usableFromInline typealias Work = nonisolated(nonsending) @Sendable (Base.Element) async throws(Failure) -> Output
  @usableFromInline typealias State = ConcurrentMapState<Output, Failure>
  @usableFromInline typealias Guarded = GuardedState<Output, Failure>

  @usableFromInline let guarded: _Lock<Guarded>
  @usableFromInline let hints = HandoffHints()
  @usableFromInline let work: Work
  @usableFromInline let keepsResults: Bool
  /// The source's iterator. Only the worker that the state allowed to pull uses it, and the last worker to leave
  /// releases it. Each hand-over between workers goes through the lock.
  @usableFromInline nonisolated(unsafe) let source: UnsafeMutablePointer<Base.AsyncIterator?>
  /// The limit object, if the limit can change.
  @usableFromInline let changingLimit: ConcurrencyLimit?
  /// Whether there can be more workers than the first one.
  @usableFromInline let mayNeedStarter: Bool

  @inlinable
  init(
    _ base: Base, _ bounds: ConcurrentMapBounds, order: ConcurrentMapOrder, keepsResults: Bool = true,
    work: @escaping Work
  ) {
    // A changing limit may have changed since the bounds were checked: `followLimit` reads it again.
    guarded = _Lock(
      Guarded(
        state: State(limit: bounds.limit, window: bounds.window, order: order)))
    self.keepsResults = keepsResults
    self.work = work
    source = .allocate(capacity: 1)
    source.initialize(to: base.makeAsyncIterator())
    changingLimit = bounds.changingLimit
    mayNeedStarter = bounds.limit > 1 || bounds.changingLimit != nil
    followLimit()
  }

  deinit {
    changingLimit?.unfollow(ObjectIdentifier(self))
    source.deinitialize(count: 1)
    source.deallocate()
  }

  // MARK: The consumer

  /// Returns what the consumer can have without waiting; nil if it has to wait.
  @inlinable
  func request() -> Guarded.Delivery? {
    if Task.isCancelled { cancel() }
    let (answer, callee) = guarded.withLock { $0.request() }
    if case .result = answer { hints.opened() }
    wake(callee)
    return delivery(of: answer)
  }

  /// Waits until there is something for the consumer, and returns it.
  @inlinable
  func wait(isolation: isolated (any Actor)?) async -> Guarded.Delivery {
    hints.consumerSleeps()
    defer { hints.consumerWakes() }
    return await withTaskCancellationHandler(
      operation: { await suspend(isolation: isolation) { self.register($0) } },
      onCancel: { self.cancel() },
      isolation: isolation)
  }

  @inlinable
  func register(_ consumer: Continuation<Guarded.Delivery>) {
    let (answer, callee) = guarded.withLock { $0.request(registering: consumer) }
    if case .new = callee { begin() } else { wake(callee) }
    if let delivery = delivery(of: answer) { consumer.resume(returning: delivery) }
  }

  /// Returns the delivery that an answer stands for; nil if the consumer has to wait.
  @inlinable
  func delivery(of answer: State.ConsumerAnswer) -> Guarded.Delivery? {
    switch answer {
    case .result(let output, _): .success(output)
    case .failure(let failure): .failure(failure)
    case .cancelled: cancelled
    case .end: .success(nil)
    case .wait: nil
    }
  }

  /// What a cancelled consumer gets: `CancellationError` if the failure type can hold it, else the end.
  @inlinable var cancelled: Guarded.Delivery {
    if let failure = CancellationError() as? Failure { .failure(failure) } else { .success(nil) }
  }

  // MARK: Workers

  @inlinable
  func runWorker() async {
    hints.workerWakes()
    defer { hints.workerSleeps() }
    var elementsSinceRest = 0
    var step = guarded.withLock { $0.state.seek() }
    while true {
      switch step {
      case .pull:
        elementsSinceRest &+= 1
        let element: Base.Element
        do {
          guard let next = try await source.pointee!.next(isolation: nil) else {
            sourceEnded()
            return leave()
          }
          element = next
        } catch {
          // By construction of the operators, the source's failure type is Failure or Never, or Failure is any Error.
          fail(error as! Failure, pulling: true)
          return leave()
        }
        let (position, callee) = guarded.withLock { $0.pulled() }
        guard let position else { return leave() }
        wake(callee)
        do throws(Failure) {
          let output = try await work(element)
          step = keepsResults ? deposit(output, at: position) : done()
        } catch {
          fail(error, pulling: false)
          return leave()
        }
      case .rest:
        if elementsSinceRest > HandoffHints.shortRun || !hints.spinForOpening() { await sleep() }
        elementsSinceRest = 0
        step = guarded.withLock { $0.state.seek() }
      case .leave:
        return leave()
      }
    }
  }

  @inlinable
  func deposit(_ output: Output, at position: Int) -> State.WorkerStep {
    let (delivery, consumer, step) = guarded.withLock { $0.deposit(output, at: position) }
    if let consumer { consumer.resume(returning: .success(delivery)) } else { hints.arrived() }
    return step
  }

  /// The counterpart of `deposit` for an engine that keeps no results.
  @inlinable
  func done() -> State.WorkerStep {
    let (consumer, step) = guarded.withLock { $0.done() }
    consumer?.resume(returning: .success(nil))
    return step
  }

  /// Suspends an idle worker until it is called.
  @inlinable
  func sleep() async {
    hints.workerSleeps()
    await suspend(isolation: nil) { (worker: Continuation<Void>) in
      let settled = guarded.withLock { $0.settle(worker) }
      if !settled { worker.resume() }
    }
    hints.workerWakes()
  }

  @inlinable
  func wake(_ callee: Guarded.Callee) {
    switch callee {
    case .nobody: break
    case .idle(let worker): worker.resume()
    case .new: startWorker()
    }
  }

  /// Starts the first worker, at the first `next()`, and the starter. The starter starts the workers called from
  /// outside the workers: a task created by such a caller would get the caller's priority and task locals.
  @inlinable
  func begin() {
    if mayNeedStarter { Task { await self.runStarter() } }
    startWorker()
  }

  /// Starts the workers called from outside, until the source has ended. Inlinable like all that leads to `runWorker`: a
  /// worker that is started by generic code runs generic code for every element.
  @inlinable
  func runStarter() async {
    while true {
      let (count, isLast) = guarded.withLock { $0.takeStarts() }
      for _ in 0..<count { startWorker() }
      if isLast { return }
      await suspend(isolation: nil) { (starter: Continuation<Void>) in
        let settled = guarded.withLock { $0.settle(starter: starter) }
        if !settled { starter.resume() }
      }
    }
  }

  @inlinable @inline(never)
  func startWorker() {
    let worker = Task { await self.runWorker() }
    let isOver = guarded.withLock { guarded in
      guarded.workers.append(worker)
      return guarded.state.isOver
    }
    if isOver { worker.cancel() }
  }
}
