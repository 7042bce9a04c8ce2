import TestSupport

/// How a child is to be started.
struct Launch {
  enum Input {
    /// Ends at once.
    case nothing
    /// Ends after these bytes.
    case bytes([UInt8])
    /// A pipe that the test writes to and closes.
    case pipe
    /// A pipe that is fed what the function makes, for as long as it is not nil and the child takes it.
    case generated(() -> [UInt8]?)
    case closed
    case file(String)
    case descriptor(Int32)

    static func text(_ text: String) -> Input { .bytes(Array(text.utf8)) }
  }

  enum Output {
    /// A pipe that is read by whatever waits for the child.
    case captured
    case closed
    case file(String)
    case descriptor(Int32)
  }

  var executable = Binary.path
  var arguments: [String] = []
  var input = Input.pipe
  var output = Output.captured
  var errors = Output.captured
  var environment = ["PATH": environmentVariable("PATH") ?? "/usr/bin:/bin", "LC_ALL": "C"]
  var directory: String?
  /// Signals that the child finds ignored; all others have their default disposition, whatever this process has.
  var ignoredSignals: [Int32] = []

  init(_ arguments: [String], input: Input = .pipe) {
    self.arguments = arguments
    self.input = input
  }

  /// Runs the program under the shell's `ulimit` options, such as `-n 16`.
  func limited(by options: String) -> Launch {
    var launch = self
    launch.executable = "/bin/sh"
    launch.arguments = ["-c", "ulimit \(options) && exec \"$0\" \"$@\"", executable] + arguments
    return launch
  }

  func start() throws(SystemFailure) -> Child {
    _ = Self.ignoresBrokenPipes
    var actions = SpawnActions()
    defer { actions.destroy() }
    var feed: [UInt8] = []
    var generate: (() -> [UInt8]?)?
    var inputEnd: Int32?
    switch input {
    case .nothing: actions.open(0, "/dev/null", O_RDONLY)
    case .closed: actions.close(0)
    case .file(let path): actions.open(0, path, O_RDONLY)
    case .descriptor(let descriptor): actions.duplicate(descriptor, to: 0)
    case .bytes, .pipe, .generated:
      let (readEnd, writeEnd) = try makePipe()
      actions.duplicate(readEnd, to: 0, closingAfterwards: true)
      inputEnd = writeEnd
      if case .bytes(let bytes) = input { feed = bytes }
      if case .generated(let function) = input { generate = function }
    }
    let outputEnd = try actions.redirect(1, to: output)
    let errorEnd = try actions.redirect(2, to: errors)
    if let directory { actions.changeDirectory(directory) }

    let pid = try actions.spawn(executable, arguments, environment, ignoring: ignoredSignals)
    let child = Child(
      pid: pid, command: ([executable] + arguments).joined(separator: " "), input: inputEnd, output: outputEnd,
      errors: errorEnd)
    child.feed(feed, generate)
    if case .bytes = input { child.closeInput() }
    return child
  }

  /// A write to a child that is gone is an error to look at, not the end of the tests.
  private static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()
}
