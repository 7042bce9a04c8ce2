import BoundedConcurrency
import TestSupport

/// What posix_spawn does between fork and exec.
struct SpawnActions {
  #if canImport(Darwin)
    private var actions: SpawnFileActions
    private var attributes: posix_spawnattr_t?
  #else
    private var actions = SpawnFileActions()
    private var attributes = posix_spawnattr_t()
  #endif
  /// The child's ends of pipes: closed here once the child has them.
  private var owned: [Int32] = []

  init() {
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
  }

  mutating func destroy() {
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    for descriptor in owned { Self.closeHere(descriptor) }
  }

  mutating func close(_ descriptor: Int32) {
    posix_spawn_file_actions_addclose(&actions, descriptor)
  }

  mutating func open(_ descriptor: Int32, _ path: String, _ flags: Int32) {
    posix_spawn_file_actions_addopen(&actions, descriptor, path, flags, 0o600)
  }

  mutating func duplicate(_ source: Int32, to target: Int32, closingAfterwards: Bool = false) {
    posix_spawn_file_actions_adddup2(&actions, source, target)
    if closingAfterwards { owned.append(source) }
  }

  mutating func changeDirectory(_ path: String) {
    _ = LibraryFunctions.addChangeDirectory!(&actions, path)
  }

  /// - Returns: the end to read from, where the output is captured.
  mutating func redirect(_ descriptor: Int32, to output: Launch.Output) throws(SystemFailure) -> Int32? {
    switch output {
    case .captured:
      let (readEnd, writeEnd) = try makePipe()
      duplicate(writeEnd, to: descriptor, closingAfterwards: true)
      return readEnd
    case .closed: close(descriptor)
    case .file(let path): open(descriptor, path, O_WRONLY | O_CREAT | O_TRUNC)
    case .descriptor(let source): duplicate(source, to: descriptor)
    }
    return nil
  }

  mutating func spawn(
    _ path: String, _ arguments: [String], _ environment: [String: String], ignoring ignored: [Int32]
  ) throws(SystemFailure) -> pid_t {
    var defaults = sigset_t()
    var none = sigset_t()
    sigfillset(&defaults)
    sigemptyset(&none)
    for number in ignored { sigdelset(&defaults, number) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setsigmask(&attributes, &none)
    var flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
    // Nothing else that happens to be open in this process may keep a pipe of the child, or of another test, open.
    #if canImport(Darwin)
      flags |= Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
    #else
      _ = LibraryFunctions.addCloseFrom?(&actions, 3)
    #endif
    posix_spawnattr_setflags(&attributes, Int16(flags))

    let argv = CStrings([path] + arguments)
    let envp = CStrings(environment.map { "\($0)=\($1)" })
    var pid: pid_t = 0
    // Ignored signals are inherited from this process: for a moment it has to ignore them itself.
    let failure = Self.spawning.withLock { _ in
      let handlers = ignored.map { signal($0, SIG_IGN) }
      defer { for (number, handler) in zip(ignored, handlers) { _ = signal(number, handler) } }
      return posix_spawn(&pid, path, &actions, &attributes, argv.pointers, envp.pointers)
    }
    guard failure == 0 else { throw SystemFailure("posix_spawn \(path)", failure) }
    return pid
  }

  private static let spawning = Lock(())

  private static func closeHere(_ descriptor: Int32) {
    #if canImport(Darwin)
      _ = Darwin.close(descriptor)
    #elseif canImport(Musl)
      _ = Musl.close(descriptor)
    #else
      _ = Glibc.close(descriptor)
    #endif
  }
}

/// A null-terminated array of C strings.
private final class CStrings {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    pointers = .allocate(capacity: count + 1)
    for (index, string) in strings.enumerated() { pointers[index] = strdup(string) }
    pointers[count] = nil
  }

  deinit {
    for index in 0..<count { free(pointers[index]) }
    pointers.deallocate()
  }
}
