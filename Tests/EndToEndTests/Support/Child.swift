import TestSupport

/// How a process ended.
enum Ending: Equatable, CustomStringConvertible {
  case exited(Int32)
  case died(Int32)

  /// - Parameter status: as `waitpid` gives it.
  init(waitStatus status: Int32) {
    self = status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .died(status & 0x7f)
  }

  var description: String {
    switch self {
    case .exited(let status): "exit status \(status)"
    case .died(let signal): "death by signal \(signal) (\(String(cString: strsignal(signal))))"
    }
  }
}

/// A running child with its pipes. All of them are served by one `poll` loop while the test waits for something, so that
/// no full pipe can hold up the child or the test, and every wait has its bound.
final class Child {
  /// Far more than anything takes that works, also on a starved host, and less than the five minutes of an article that
  /// is never waited for.
  static let patience = Duration.seconds(240)

  /// Far below every grace and wait of a run, which are 30 s and more, and far above what it takes to end without them.
  static let promptly = Duration.seconds(25)

  let pid: pid_t
  let command: String
  var output: CapturedStream
  var errors: CapturedStream
  private(set) var ending: Ending?

  private var input: Int32?
  private var unwritten: ArraySlice<UInt8> = []
  private var generate: (() -> [UInt8]?)?
  private var closesInput = false
  /// Bytes that the pipe to the child has taken.
  private(set) var bytesFed = 0

  init(pid: pid_t, command: String, input: Int32?, output: Int32?, errors: Int32?) {
    self.pid = pid
    self.command = command
    self.input = input
    self.output = CapturedStream(output)
    self.errors = CapturedStream(errors)
    for descriptor in [input, output, errors] {
      if let descriptor { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
    }
  }

  deinit {
    if ending == nil {
      _ = system_kill(pid, SIGKILL)
      var status: Int32 = 0
      while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    }
    closeOutput()
    for descriptor in [input, errors.descriptor] {
      if let descriptor { close(descriptor) }
    }
  }

  // MARK: What a test does to it

  func kill(_ signal: Int32) {
    if ending == nil { _ = system_kill(pid, signal) }
  }

  func feed(_ bytes: [UInt8], _ generate: (() -> [UInt8]?)? = nil) {
    unwritten += bytes
    self.generate = generate
  }

  /// Writes all of it, as the child takes it.
  func write(_ text: String) throws {
    feed(Array(text.utf8))
    try wait("the child to take its input") { $0.unwritten.isEmpty || $0.input == nil }
  }

  /// Closes the child's input, once everything that was fed has been written.
  func closeInput() {
    closesInput = true
    if unwritten.isEmpty && generate == nil { closeInputNow() }
  }

  /// The reader goes away.
  func closeOutput() {
    if let descriptor = output.descriptor { close(descriptor) }
    output.descriptor = nil
  }

  /// Bytes that were fed and that the child has not read yet.
  var bytesInPipe: Int {
    var count: Int32 = 0
    if let input { _ = ioctl(input, UInt(FIONREAD), &count) }
    return Int(count)
  }

  // MARK: What a test waits for

  /// The next line of the output, without its newline.
  func line(within bound: Duration = patience) throws -> String {
    try wait("a line of output", within: bound) { $0.output.hasLine || $0.output.isAtEnd }
    guard let line = output.nextLine() else { throw failure("no further line of output") }
    return line
  }

  func record(within bound: Duration = patience) throws -> JSON {
    try JSON(parsing: Array(line(within: bound).utf8))
  }

  func records(_ count: Int) throws -> [JSON] {
    try (0..<count).map { _ in try record() }
  }

  /// Until the messages contain a text.
  func message(_ text: String) throws {
    try wait("'\(text)' on standard error") { $0.errors.text.contains(text) }
  }

  /// Until the child has read all that was fed.
  func hasReadAll() throws {
    try wait("the child to read all its input") { $0.unwritten.isEmpty && $0.bytesInPipe == 0 }
  }

  /// Until as many articles are in flight as `count` says, as `SIGUSR1` tells it.
  func hasInFlight(_ count: Int) throws {
    var told = -1
    try wait("\(count) articles in flight") { child in
      // The signal is handled from before the first read on.
      guard child.bytesFed > child.bytesInPipe else { return false }
      let lines = child.errors.text.split(separator: "\n").filter { $0.hasSuffix(" in flight)") }
      if lines.last?.hasSuffix(" \(count) in flight)") == true { return true }
      if lines.count != told {
        told = lines.count
        child.kill(SIGUSR1)
      }
      return false
    }
  }

  /// Until, for a while, the child takes no more input, and not because the machine keeps it from that.
  func isHeldBack(for quiet: Duration = .milliseconds(500)) throws {
    var (last, since) = (-1, ContinuousClock.now)
    try wait("the child to stop reading") { child in
      let taken = child.bytesFed - child.bytesInPipe
      if taken != last { (last, since) = (taken, .now) }
      guard taken > 0, ContinuousClock.now - since > quiet, child.isAsleep else { return false }
      // It may have read more just before it fell asleep.
      return child.bytesFed - child.bytesInPipe == taken
    }
  }

  /// Until it has done all that it can do with what it has.
  func fallsAsleep() throws {
    try wait("the child to have nothing to do") { $0.isAsleep }
  }

  /// Whether no thread of it runs or could. True where the system does not tell.
  private var isAsleep: Bool {
    guard residentMemory != nil else { return true }
    let turns = turnsOfSleepers
    return turns != nil && turns == turnsOfSleepers
  }

  /// Closes the input and waits for the end.
  func finish(within bound: Duration = patience) throws -> Outcome {
    closeInput()
    return try outcome(within: bound)
  }

  /// Waits for the end, leaving the input as it is.
  func outcome(within bound: Duration = patience) throws -> Outcome {
    try wait("the end of the child", within: bound) { child in
      child.ending != nil && child.output.isAtEnd && child.errors.isAtEnd
    }
    return Outcome(command: command, ending: ending!, output: output.bytes, errors: errors.text)
  }

  /// Serves the pipes until the condition holds; beyond the bound the child is killed and the test fails.
  func wait(_ what: String, within bound: Duration = patience, until condition: (Child) -> Bool) throws {
    let deadline = ContinuousClock.now + bound
    while true {
      let moved = serve()
      if condition(self) { return }
      guard ContinuousClock.now < deadline else {
        kill(SIGKILL)
        throw failure("waited \(bound) in vain for \(what)")
      }
      if !moved { idle() }
    }
  }

  private func failure(_ what: String) -> ChildFailure {
    let outcome = Outcome(
      command: command, ending: ending ?? .exited(-1), output: output.bytes, errors: errors.text)
    return ChildFailure(what: what, isRunning: ending == nil, outcome: outcome)
  }

  // MARK: The loop

  /// Moves what can be moved now; false when there was nothing.
  private func serve() -> Bool {
    var moved = output.read()
    if errors.read() { moved = true }
    if writeInput() { moved = true }
    if ending == nil {
      var status: Int32 = 0
      if waitpid(pid, &status, WNOHANG) == pid {
        ending = Ending(waitStatus: status)
        moved = true
      }
    }
    return moved
  }

  private func writeInput() -> Bool {
    guard let descriptor = input else { return false }
    if unwritten.isEmpty, let more = generate {
      if let bytes = more() { unwritten = bytes[...] } else { generate = nil }
    }
    var count = 0
    if !unwritten.isEmpty {
      count = unwritten.withUnsafeBytes { system_write(descriptor, $0.baseAddress, min($0.count, 1 << 16)) }
      if count < 0 {
        // The child has closed its end: what is left can never be written.
        if errno == EPIPE { closeInputNow() }
        return false
      }
      unwritten.removeFirst(count)
      bytesFed += count
    }
    if unwritten.isEmpty && generate == nil && closesInput { closeInputNow() }
    return count > 0
  }

  private func closeInputNow() {
    if let input { close(input) }
    input = nil
    unwritten = []
    generate = nil
  }

  /// Sleeps until a pipe is ready, but not for long: the death of the child makes none ready by itself.
  private func idle() {
    var sets: [pollfd] = []
    for descriptor in [output.pollable, errors.pollable] {
      if let descriptor { sets.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)) }
    }
    if let input, !unwritten.isEmpty { sets.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
    _ = poll(&sets, nfds_t(sets.count), 5)
  }
}

private func system_kill(_ pid: pid_t, _ signal: Int32) -> Int32 { kill(pid, signal) }
private func system_write(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
