import BoundedConcurrency
public import Summarization
public import SystemIO

/// A command that is started for each article: the article's line on its standard input, the result on its standard output.
public struct ExecSummarizer: Summarizer {
  private let settings: CommandSettings
  private let program: ChildProgram
  private let poller: EventPoller

  /// - Parameters:
  ///   - program: made of the command's words.
  ///   - poller: one whose wakes are not spaced, as many commands take less time than that.
  public init(_ settings: CommandSettings, program: ChildProgram, poller: EventPoller) {
    self.settings = settings
    self.program = program
    self.poller = poller
  }

  public func summarize(_ article: Article, attempt: Int) async throws(ArticleError) -> Summary {
    let result: CommandResult
    do throws(SystemError) {
      let call = try ExecCall(
        program, input: article.raw + [0x0A], longestOutput: settings.longestAnswer, poller: poller)
      result = await withTaskCancellationHandler {
        await call.result()
      } onCancel: {
        call.giveUp()
      }
    } catch {
      throw settings.failure(starting: error)
    }
    if result.isTooLong { throw settings.answerIsTooLong }
    guard result.ending == .exited(0) else {
      throw result.wasGivenUp ? .givenUp : settings.failure(result.ending, result.errors)
    }
    do throws(CommandAnswer.AnswerMismatch) {
      return try CommandAnswer(request: settings.request, idField: settings.idField).summary(
        in: result.output, for: article)
    } catch {
      throw settings.failure(error, result.output)
    }
  }
}

/// What is left of a command that has ended.
struct CommandResult: Sendable {
  var ending: ChildProcess.ProcessEnding
  var output: [UInt8] = []
  var errors = StandardErrorTail()
  /// It was killed because its output was longer than allowed.
  var isTooLong = false
  /// It was killed because nobody waited for it any more.
  var wasGivenUp = false
}

/// One run of a command, from its start until it and its group are gone.
///
/// What it reads is written before it begins, as far as a pipe takes it; the rest, and all that it writes, is moved on the
/// poller's thread.
final class ExecCall: Sendable {
  private struct ExecExchange {
    var unwritten: ArraySlice<UInt8>
    var output: [UInt8] = []
    var errors = StandardErrorTail()
    var isTooLong = false
    var wasGivenUp = false
    var result: CommandResult?
    var waiter: UnsafeContinuation<CommandResult, Never>?
    /// What is still watched and open.
    var open: Set<FileDescriptor> = []
  }

  private let state: Lock<ExecExchange>
  private let process: ChildProcess
  private let poller: EventPoller
  private let longestOutput: Int

  /// - Throws: where the command cannot be started.
  init(_ program: ChildProgram, input: [UInt8], longestOutput: Int, poller: EventPoller) throws(SystemError) {
    process = try ChildProcess(program)
    self.poller = poller
    self.longestOutput = longestOutput
    state = Lock(ExecExchange(unwritten: input[...]))
    state.withLock { $0.open = [process.input, process.output, process.errors, process.exit] }
    feed()
    do throws(SystemError) {
      try poller.watch(process.output, for: .readable) { _ in self.drain(self.process.output) }
      try poller.watch(process.errors, for: .readable) { _ in self.drain(self.process.errors) }
      if state.withLock({ $0.open.contains(process.input) }) {
        try poller.watch(process.input, for: .writable) { _ in self.feed() }
      }
      // Last: the handler ends all other watches.
      try poller.watch(process.exit, for: .readable) { _ in self.takeEnding() }
    } catch {
      process.killGroup()
      while !takeEnding() { SystemThread.yield() }
      throw error
    }
  }

  /// Waits for the end.
  func result() async -> CommandResult {
    await withUnsafeContinuation { waiter in
      let result = state.withLock { state in
        if state.result == nil { state.waiter = waiter }
        return state.result
      }
      if let result { waiter.resume(returning: result) }
    }
  }

  /// Kills the command, unless it has ended.
  func giveUp() {
    state.withLock { state in
      guard state.result == nil else { return }
      state.wasGivenUp = true
      process.killGroup()
    }
  }

  // MARK: On the poller's thread

  /// Writes what the pipe takes, and closes it at the end. A command that does not read is none the worse for it.
  private func feed() {
    let isDone = state.withLock { state in
      while !state.unwritten.isEmpty {
        switch process.input.writeNow(state.unwritten) {
        case .moved(let count): state.unwritten = state.unwritten.dropFirst(count)
        case .later: return false
        case .closed: state.unwritten = []
        }
      }
      return true
    }
    if isDone { close(process.input) }
  }

  /// Reads once: there may be no end to what a command writes.
  private func drain(_ descriptor: FileDescriptor) {
    let isAtEnd = state.withLock { state in
      guard state.open.contains(descriptor) else { return false }
      return read(descriptor, &state) == .closed
    }
    if isAtEnd { close(descriptor) }
  }

  private func read(_ descriptor: FileDescriptor, _ state: inout ExecExchange) -> FileDescriptor.PipeTransfer {
    if descriptor == process.errors {
      var bytes: [UInt8] = []
      let transfer = descriptor.readNow(appendingTo: &bytes)
      state.errors.append(bytes)
      return transfer
    }
    let transfer = descriptor.readNow(appendingTo: &state.output)
    if state.output.count > longestOutput, state.result == nil {
      state.output = []
      if !state.isTooLong { process.killGroup() }
      state.isTooLong = true
    }
    return transfer
  }

  private func close(_ descriptor: FileDescriptor) {
    let isOpen = state.withLock { $0.open.remove(descriptor) != nil }
    guard isOpen else { return }
    poller.unwatch(descriptor)
    try? descriptor.close()
  }

  /// - Returns: false where it has not ended.
  @discardableResult
  private func takeEnding() -> Bool {
    let (hasEnded, waiter, result) = state.withLock {
      state -> (Bool, UnsafeContinuation<CommandResult, Never>?, CommandResult?) in
      guard state.result == nil else { return (true, nil, nil) }
      guard process.hasEnded else { return (false, nil, nil) }
      process.killGroup()
      // The rest of what it wrote. A process that has left its group may write on: it is not waited for.
      for descriptor in [process.output, process.errors] where state.open.contains(descriptor) {
        while case .moved = read(descriptor, &state), !state.isTooLong {}
      }
      guard let ending = process.reap() else { return (false, nil, nil) }
      let result = CommandResult(
        ending: ending, output: state.output, errors: state.errors, isTooLong: state.isTooLong,
        wasGivenUp: state.wasGivenUp)
      state.result = result
      return (true, state.waiter.take(), result)
    }
    if !hasEnded { return false }
    for descriptor in [process.input, process.output, process.errors, process.exit] { close(descriptor) }
    if let waiter, let result { waiter.resume(returning: result) }
    return true
  }
}
