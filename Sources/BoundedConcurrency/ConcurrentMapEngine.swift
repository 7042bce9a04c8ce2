/// Runs what `ConcurrentMapState` decides: the lock around it, the workers, and everybody who sleeps.
///
/// **How.** Workers are long-lived tasks, each in the loop pull, work, deposit; a deposit and the decision what that
/// worker does next are one critical section, and an element allocates nothing. A worker is started (or woken) when a
/// pull leaves room for one more element, so that there are never more than elements were in work at once.
///
/// **Why no schedule can break it.** Every decision is made by the state, under the lock, and is acted on after it was
/// let go of, so that an event sees all earlier ones and no continuation is resumed and no task cancelled under it.
/// - *Nobody is woken twice or before it sleeps:* a continuation is stored in the same critical section that counts its
///   owner as asleep, after a second look for something to do; it is taken out in the one that decides to wake it.
/// - *No wake-up is lost:* room that appears is either taken by the worker that is there, or somebody who will look for
///   it under the lock later is on its way, or somebody is called. The consumer is handed what it waits for by the
///   event that brings it: its result, the failure, the end or cancellation.
/// - *The limit is exact:* a slot is taken before the pull and given back by the deposit, in the state alone.
/// - *The source has one user:* the right to pull is taken and given back under the lock, which also orders the
///   accesses to the iterator.
/// - *Every run ends:* after the end, a failure or cancellation each worker leaves at its next step; those asleep are
///   all woken for it. Cancellation reaches each worker, since a task that was created while the run ended is cancelled
///   by who created it. The iterator's token is held by no worker, so that its release is the consumer's.
///
/// `ScheduleExplorer` in the tests walks through every schedule of small runs and checks these in each state.
///
/// **Figures.** Nanoseconds an element in input order, no work, delivered to a consumer in another module, beside Go
/// 1.19's pool of goroutines over channels (unbuffered; with 8 x the window, of N). Two shared cores, otherwise idle,
/// medians of 7 alternating rounds, as `Tests/Benchmarks/run operator 7` prints them:
///
///     limit   window = limit: ours   Go  ratio   window = 8 x limit: ours   Go  ratio
///         1                    366  217   1.62                        237  153   1.54
///         5                    232  210   1.10                        213  115   1.87
///        64                    215  301   0.68                        194  119   1.57
///
/// On other days: 1.28, 0.95, 0.58; 1.01, 1.34, 1.69. What is left is the lock, which three take for an element (the pull,
/// the deposit, the consumer); threads are woken once in a hundred elements or less (3,752 futex calls for 500,000 at
/// limit 5 and 8 x the window, 417 at limit 64).
@usableFromInline
final class ConcurrentMapEngine<Base: AsyncSequence, Output: Sendable, Failure: Error>: Sendable
where Base: Sendable, Base.Element: Sendable, Base.AsyncIterator: SendableMetatype {
  /// Runs where its caller does, on the worker: no change of executors for an element.
  @usableFromInline typealias Work = nonisolated(nonsending) @Sendable (Base.Element) async throws(Failure) -> Output
  @usableFromInline typealias State = ConcurrentMapState<Output, Failure>
  @usableFromInline typealias Guarded = GuardedState<Output, Failure>

  @usableFromInline let guarded: _Lock<Guarded>
  @usableFromInline let hints = HandoffHints()
  @usableFromInline let work: Work
  @usableFromInline let keepsResults: Bool
  /// The source. Only the worker to which the state gave it touches it, and the last one out releases it; every change
  /// of hands goes through the lock.
  @usableFromInline nonisolated(unsafe) let source: UnsafeMutablePointer<Base.AsyncIterator?>
  /// The object behind a limit that can change.
  @usableFromInline let changingLimit: ConcurrencyLimit?
  /// False: the first worker is the only one that there will ever be.
  @usableFromInline let mayNeedStarter: Bool

  @inlinable
  init(
    _ base: Base, _ bounds: ConcurrentMapBounds, order: ConcurrentMapOrder, keepsResults: Bool = true,
    work: @escaping Work
  ) {
    // A limit that changes may have done so since the bounds were checked: `followLimit` looks at it anew.
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

  /// What there is for the consumer without waiting.
  @inlinable
  func request() -> Guarded.Delivery? {
    if Task.isCancelled { cancel() }
    let (answer, callee) = guarded.withLock { $0.request() }
    if case .result = answer { hints.opened() }
    wake(callee)
    return delivery(of: answer)
  }

  /// What there is for the consumer once there is something.
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

  /// nil: it has to wait.
  @inlinable
  func delivery(of answer: State.Answer) -> Guarded.Delivery? {
    switch answer {
    case .result(let output, _): .success(output)
    case .failure(let failure): .failure(failure)
    case .cancelled: cancelled
    case .end: .success(nil)
    case .wait: nil
    }
  }

  /// What a cancelled consumer gets: the error where the type of failure has room for it, else the end.
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
          // By construction of the operators the source's failure type is Failure or Never, or Failure is any Error.
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
  func deposit(_ output: Output, at position: Int) -> State.Step {
    let (delivery, consumer, step) = guarded.withLock { $0.deposit(output, at: position) }
    if let consumer { consumer.resume(returning: .success(delivery)) } else { hints.arrived() }
    return step
  }

  /// As above, where nobody wants the result.
  @inlinable
  func done() -> State.Step {
    let (consumer, step) = guarded.withLock { $0.done() }
    consumer?.resume(returning: .success(nil))
    return step
  }

  /// Returns when the worker is called.
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

  /// The first `next()`: starts the first worker, and the starter of those that somebody else calls, whose own tasks would
  /// have other priorities and task locals.
  @usableFromInline
  func begin() {
    if mayNeedStarter { Task { await self.runStarter() } }
    startWorker()
  }

  /// Starts workers until the source has ended.
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
