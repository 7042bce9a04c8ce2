import Basics
import BoundedConcurrency
import SystemIO

/// What came of a line that a copy was asked.
enum CoprocessOutcome: Sendable {
  case answer([UInt8])
  case death(CoprocessDeath)
  /// It could not be asked any more: it has ended since its last answer, or is killed for what it said unasked.
  case notAsked
}

/// How a copy ended.
struct CoprocessDeath: Sendable {
  let ending: ChildProcess.ProcessEnding
  /// Why it was killed, where it was.
  let fault: CoprocessState.CoprocessFault?
  let errors: StandardErrorTail
}

/// One copy of a command that stays, asked by one caller at a time: `CoprocessState` with a process around it.
///
/// A copy that answers within microseconds is waited for by the caller itself, who lets others run meanwhile: a change of
/// threads would take longer. For the answers of others the poller waits.
final class CoprocessInstance: Sendable {
  private struct RunningCoprocess {
    var step: CoprocessState
    /// Of the line that it is asked.
    var unwritten: ArraySlice<UInt8> = []
    var errors = StandardErrorTail()
    /// The number of the line that it is asked, or was asked last.
    var line = 0
    var isAsking = false
    /// What came of the line, until somebody takes it.
    var outcome: CoprocessOutcome?
    var waiter: UnsafeContinuation<CoprocessOutcome, Never>?
    var timer: EventPoller.TimerKey?
    var death: CoprocessDeath?
    /// Those who wait for the end.
    var endWaiters: [UnsafeContinuation<CoprocessDeath, Never>] = []
    var isQuick = false
    var isInputOpen = true
  }

  /// What an event leads to, once the lock is let go of.
  private struct CoprocessEffects {
    var answer: (UnsafeContinuation<CoprocessOutcome, Never>, CoprocessOutcome)?
    var endWaiters: [UnsafeContinuation<CoprocessDeath, Never>] = []
    var death: CoprocessDeath?
  }

  /// A copy whose last answer came within this time is waited for by its caller for as long.
  private static let quickAnswer = Duration.microseconds(200)

  private let state: Lock<RunningCoprocess>
  private let process: ChildProcess
  private let poller: EventPoller
  private let onEnd: @Sendable (CoprocessInstance) -> Void

  /// - Parameter onEnd: called once when it is gone, before anybody else is told.
  /// - Throws: where it cannot be started.
  init(
    _ program: ChildProgram, longestAnswer: Int, poller: EventPoller,
    onEnd: @escaping @Sendable (CoprocessInstance) -> Void
  ) throws(SystemError) {
    process = try ChildProcess(program)
    self.poller = poller
    self.onEnd = onEnd
    state = Lock(RunningCoprocess(step: CoprocessState(longestAnswer: longestAnswer)))
    do throws(SystemError) {
      try poller.watch(process.errors, for: .readable) { _ in self.update { self.readErrors(&$0) } }
      try poller.watch(process.exit, for: .readable) { _ in self.update { self.takeEnding(&$0) } }
    } catch {
      process.killGroup()
      while !state.withLock({ takeEnding(&$0) }) { SystemThread.yield() }
      throw error
    }
  }

  /// Whether it has answered before.
  var hasAnswered: Bool { state.withLock { $0.step.answers > 0 } }
  var hasEnded: Bool { state.withLock { $0.step.hasEnded } }
  /// Whether it can be asked, as far as is known.
  var isIdle: Bool { state.withLock { $0.step.isIdle } }

  // MARK: What is asked of it

  /// Hands over a line, and waits for the answer, or for the end of the copy.
  /// - Parameters:
  ///   - line: with its newline.
  ///   - limit: how long the answer may take, not counting time in which this process is stopped.
  func ask(_ line: [UInt8], within limit: Duration) async -> CoprocessOutcome {
    let (number, isQuick) = state.withLock { begin(line, &$0) }
    if isQuick, let outcome = awaitQuickAnswer() { return outcome }
    let start = Instant.now
    let outcome = await withTaskCancellationHandler {
      await withUnsafeContinuation { waiter in
        let outcome = state.withLock { state -> CoprocessOutcome? in
          if let outcome = takeOutcome(&state) { return outcome }
          state.waiter = waiter
          if !state.step.hasEnded { watchPipes(&state) }
          state.timer = poller.scheduleCallDeadline(after: limit) { self.condemn(.tooLate, at: number) }
          return nil
        }
        if let outcome { waiter.resume(returning: outcome) }
      }
    } onCancel: {
      condemn(.givenUp, at: number)
    }
    let wasQuick = Instant.now - start < Self.quickAnswer
    state.withLock { $0.isQuick = wasQuick }
    return outcome
  }

  /// It does not do what it should: it is killed.
  func condemn(_ fault: CoprocessState.CoprocessFault) {
    update { self.act(on: $0.step.condemn(fault), &$0) }
  }

  private func condemn(_ fault: CoprocessState.CoprocessFault, at line: Int) {
    update { state in
      // The answer may have come in the last moment, and the next line be on its way.
      if state.line == line, state.isAsking { self.act(on: state.step.condemn(fault), &state) }
    }
  }

  /// Closes its input, which asks it to end.
  func close() {
    update { state in
      guard state.step.close() else { return }
      self.closeInput(&state)
      // What it still says must not hold it up.
      self.watchPipes(&state)
    }
  }

  /// Kills it, whatever it does.
  func kill() {
    state.withLock { if !$0.step.hasEnded { process.killGroup() } }
  }

  /// Waits until it is gone.
  func ended() async -> CoprocessDeath {
    await withUnsafeContinuation { endWaiter in
      let death = state.withLock { state in
        if state.death == nil { state.endWaiters.append(endWaiter) }
        return state.death
      }
      if let death { endWaiter.resume(returning: death) }
    }
  }

  // MARK: Asking

  private func begin(_ line: [UInt8], _ state: inout RunningCoprocess) -> (number: Int, isQuick: Bool) {
    state.line += 1
    state.isAsking = true
    // What it has said since its last answer was not asked for.
    if !state.step.hasEnded { read(&state) }
    if state.step.ask() {
      // What it said while it was being loaded may say why it never answers.
      if state.step.answers > 0 { state.errors.removeAll() }
      state.unwritten = line[...]
      write(&state)
    } else {
      state.outcome = .notAsked
    }
    return (state.line, state.isQuick && state.unwritten.isEmpty)
  }

  private func takeOutcome(_ state: inout RunningCoprocess) -> CoprocessOutcome? {
    guard let outcome = state.outcome.take() else { return nil }
    state.isAsking = false
    return outcome
  }

  /// - Returns: nil where it does not come so soon.
  private func awaitQuickAnswer() -> CoprocessOutcome? {
    let end = Instant.now + Self.quickAnswer
    repeat {
      SystemThread.yield()
      let outcome = state.withLock { state -> CoprocessOutcome? in
        if state.step.isAsked { read(&state) }
        return takeOutcome(&state)
      }
      if let outcome { return outcome }
    } while Instant.now < end
    return nil
  }

  // MARK: Events

  private func update(_ change: (inout RunningCoprocess) -> Void) {
    let effects = state.withLock { state -> CoprocessEffects in
      let wasAlive = state.death == nil
      change(&state)
      var effects = CoprocessEffects()
      if let waiter = state.waiter, let outcome = takeOutcome(&state) {
        state.waiter = nil
        if let timer = state.timer.take() { poller.cancel(timer) }
        if !state.step.hasEnded { unwatchPipes() }
        effects.answer = (waiter, outcome)
      }
      if wasAlive, let death = state.death {
        effects.death = death
        swap(&effects.endWaiters, &state.endWaiters)
      }
      return effects
    }
    if let death = effects.death {
      onEnd(self)
      for endWaiter in effects.endWaiters { endWaiter.resume(returning: death) }
    }
    if let (waiter, outcome) = effects.answer { waiter.resume(returning: outcome) }
  }

  private func act(on step: CoprocessStep, _ state: inout RunningCoprocess) {
    switch step {
    case .nothing: break
    case .answered(let line): state.outcome = .answer(line)
    case .kill: process.killGroup()
    }
  }

  /// - Returns: false at the end of its process.
  @discardableResult
  private func takeEnding(_ state: inout RunningCoprocess) -> Bool {
    guard !state.step.hasEnded else { return true }
    guard process.hasEnded else { return false }
    process.killGroup()
    // The last that it said, which may be an answer. A process that has left its group may write on.
    while state.step.isAsked, read(&state) {}
    let fault = state.step.fault
    readErrors(&state)
    guard let ending = process.reap() else { return false }
    state.step.end()
    let death = CoprocessDeath(ending: ending, fault: fault, errors: state.errors)
    state.death = death
    if state.isAsking, state.outcome == nil { state.outcome = .death(death) }
    unwatchPipes()
    poller.unwatch(process.errors)
    poller.unwatch(process.exit)
    closeInput(&state)
    for descriptor in [process.output, process.errors, process.exit] { try? descriptor.close() }
    return true
  }

  // MARK: Its pipes

  /// Has the poller tell when there is something to read, or room to write. None may have been closed.
  private func watchPipes(_ state: inout RunningCoprocess) {
    do throws(SystemError) {
      try poller.watch(process.output, for: .readable) { _ in self.update { if !$0.step.hasEnded { self.read(&$0) } } }
      if state.isInputOpen, !state.unwritten.isEmpty {
        try poller.watch(process.input, for: .writable) { _ in self.update { self.write(&$0) } }
      }
    } catch {
      act(on: state.step.condemn(.closedPipe), &state)
    }
  }

  private func unwatchPipes() {
    poller.unwatch(process.output)
    poller.unwatch(process.input)
  }

  /// - Returns: whether there may be more to read.
  @discardableResult
  private func read(_ state: inout RunningCoprocess) -> Bool {
    var bytes: [UInt8] = []
    switch process.output.readNow(appendingTo: &bytes, atMost: 16_384) {
    case .moved:
      act(on: state.step.wrote(bytes), &state)
      return true
    case .later: return false
    case .closed:
      poller.unwatch(process.output)
      act(on: state.step.condemn(.closedPipe), &state)
      return false
    }
  }

  private func write(_ state: inout RunningCoprocess) {
    guard state.isInputOpen else { return }
    while !state.unwritten.isEmpty {
      switch process.input.writeNow(state.unwritten) {
      case .moved(let count): state.unwritten = state.unwritten.dropFirst(count)
      case .later: return
      case .closed:
        state.unwritten = []
        act(on: state.step.condemn(.closedPipe), &state)
      }
    }
    poller.unwatch(process.input)
  }

  private func readErrors(_ state: inout RunningCoprocess) {
    guard !state.step.hasEnded else { return }
    var bytes: [UInt8] = []
    if process.errors.readNow(appendingTo: &bytes) == .closed { poller.unwatch(process.errors) }
    state.errors.append(bytes)
  }

  private func closeInput(_ state: inout RunningCoprocess) {
    guard state.isInputOpen else { return }
    state.isInputOpen = false
    state.unwritten = []
    poller.unwatch(process.input)
    try? process.input.close()
  }
}
