/// A way in which a run ends before its time, or is disturbed.
struct Fault: Sendable, CustomStringConvertible {
  /// As the table has it.
  let description: String
  /// How a run may end that was struck; nil where it is to go on as if nothing had happened.
  let ending: Ending?
  /// Whether FILE may end in the middle of a record.
  var tears = false
  /// Whether the run still tells how many articles it did.
  var tellsSummary = true
  /// What it says, among other things.
  var message: String?
  /// Runs the command, and does it.
  let strike: @Sendable (inout FaultyRun) throws -> Outcome

  /// All that can be tried on this machine.
  static let all = signals + readers + disks + failingCalls + deathsWithinCalls

  /// The status with which the command ends when nothing is in its way: some of its articles have no text.
  static let usual = Ending.exited(1)
}

// MARK: Signals

extension Fault {
  static let signals = [
    signal("kill -9", SIGKILL, tears: true, tellsSummary: false),
    signal("SIGTERM", SIGTERM),
    signal("SIGINT", SIGINT),
    signal("SIGHUP", SIGHUP),
    Fault(description: "SIGINT twice", ending: .died(SIGINT), tears: true, tellsSummary: false) { run in
      let child = try run.launch.start()
      try run.waitForMoment(child)
      child.kill(SIGINT)
      if Bool.random(using: &run.random) {
        try child.wait("the drain") { $0.errors.text.contains("stopping") || $0.ending != nil }
      }
      child.kill(SIGINT)
      return try child.outcome()
    },
  ]

  private static func signal(
    _ name: String, _ signal: Int32, tears: Bool = false, tellsSummary: Bool = true
  ) -> Fault {
    Fault(description: name, ending: .died(signal), tears: tears, tellsSummary: tellsSummary) { run in
      let child = try run.launch.start()
      try run.waitForMoment(child)
      child.kill(signal)
      return try child.outcome()
    }
  }
}

// MARK: Readers

extension Fault {
  static let readers = [
    Fault(description: "reader of stdout gone", ending: nil) { run in
      let child = try run.launch.start()
      try run.waitForMoment(child)
      child.closeOutput()
      return try child.outcome()
    },
    Fault(description: "reader of stderr gone", ending: nil, tellsSummary: false) { run in
      let (readEnd, writeEnd) = try makePipe()
      var launch = run.launch
      launch.errors = .descriptor(writeEnd)
      let child = try launch.start()
      closeDescriptor(writeEnd)
      try run.waitForMoment(child)
      closeDescriptor(readEnd)
      return try child.outcome()
    },
    Fault(description: "reader of --errors gone", ending: .died(SIGPIPE), tellsSummary: false) { run in
      let fifo = try run.files.folder.fifo("fifo")
      defer { unlink(fifo) }
      let readEnd = open(fifo, O_RDONLY | O_NONBLOCK)
      var launch = run.launch
      launch.arguments += ["--errors", fifo]
      let before = size(of: run.files.out)
      let child = try launch.start()
      // Not before it has been opened: who opens it waits for a reader.
      try child.wait("the first record") { child in child.ending != nil || size(of: run.files.out) > before }
      try run.waitForMoment(child)
      closeDescriptor(readEnd)
      return try child.outcome()
    },
  ]
}
