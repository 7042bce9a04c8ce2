@testable import SystemIO

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A program of the system that runs beside a test and is killed at its end.
final class Tool: @unchecked Sendable {
  private let pid: pid_t
  /// Where the tool reads from, and where it writes to.
  let input: Descriptor
  let output: Descriptor

  /// - Throws: where there is no such program.
  init(_ arguments: [String]) throws(SystemError) {
    let (input, output) = (try Wakeup(), try Wakeup())
    self.input = Descriptor(rawValue: input.writeEnd)
    self.output = Descriptor(rawValue: output.readEnd)
    for descriptor in [input.readEnd, input.writeEnd, output.readEnd, output.writeEnd] {
      _ = fcntl(descriptor, F_SETFL, 0)
    }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.readEnd, 0)
    posix_spawn_file_actions_adddup2(&actions, output.writeEnd, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var words = arguments.map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, words[0]!, &actions, nil, words, environ)
    self.pid = pid
    for end in [input.readEnd, output.writeEnd] { try? Descriptor(rawValue: end).close() }
    if code != 0 { throw SystemError(code: code) }
  }

  deinit {
    if pid > 0 {
      kill(pid, SIGKILL)
      _ = waitForEnd()
    }
    try? input.close()
    try? output.close()
  }

  /// - Returns: the exit status, as `waitpid` gives it.
  func waitForEnd() -> Int32 {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    return status
  }
}
