// Disks that are full, and calls to the system that fail, at any call.
extension Fault {
  static let disks =
    [
      Fault(
        description: "limit on the size of files", ending: .exited(2), message: String(cString: strerror(EFBIG))
      ) { run in
        // Blocks of 512 bytes, or of a kilobyte.
        try run.launch.limited(by: "-f \(Int.random(in: 0..<60, using: &run.random))").run()
      }
    ] + (canMount ? [fullDisk] : [])

  /// A file system that becomes full while the log is written, or while it is put in order.
  private static let fullDisk = Fault(
    description: "full disk (tmpfs)", ending: .exited(2), message: String(cString: strerror(ENOSPC))
  ) { run in
    let disk = run.files.path("disk")
    mkdir(disk, 0o700)
    defer { rmdir(disk) }
    let command = run.launch
    let folder = run.files.folder.path
    // Of what there is, some room is left.
    let used = [run.files.out, run.files.path("errors")].reduce(0) { $0 + (size(of: $1) + 4_095) / 4_096 }
    let pages = String(used + Int.random(in: 1..<16, using: &run.random))
    let arguments = command.arguments.map { $0.hasPrefix(folder) ? disk + $0.dropFirst(folder.utf8.count) : $0 }
    var launch = Launch(
      ["-rm", "/bin/sh", "-c", fullDiskScript, folder, pages, command.executable] + arguments, input: command.input)
    launch.executable = tool("unshare")!
    return try launch.run()
  }

  /// The files come to the disk and go back from it, as it lasts no longer than the namespace.
  private static let fullDiskScript = """
    folder=$0 pages=$1; shift
    mount -t tmpfs -o size=$((pages * 4))k none "$folder/disk" || exit 99
    for name in out errors; do
      test ! -e "$folder/$name" || cp "$folder/$name" "$folder/disk/$name" 2>/dev/null || exit 98
    done
    "$@"
    status=$?
    for name in out errors; do test ! -e "$folder/disk/$name" || cp "$folder/disk/$name" "$folder/$name"; done
    exit $status
    """

  /// Whether a namespace of mounts is to be had.
  private static let canMount: Bool = {
    guard let unshare = tool("unshare"), let folder = try? TemporaryFolder() else { return false }
    var launch = Launch(
      ["-rm", "/bin/sh", "-c", "mount -t tmpfs -o size=4k none \"$0\"", folder.path], input: .nothing)
    launch.executable = unshare
    return (try? launch.run().ending) == .exited(0)
  }()
}

// MARK: Calls that fail

extension Fault {
  static let failingCalls: [Fault] = {
    guard FaultyLibrary.path != nil else { return [] }
    let endless = 150
    return [
      failing("write: EIO", "write", EIO, among: endless),
      failing("write: ENOSPC", "write", ENOSPC, among: endless),
      failing("write: EDQUOT", "write", EDQUOT, among: endless),
      failing("write and ftruncate: EIO", "write,ftruncate", EIO, among: endless, tears: true),
      surviving("write: EINTR", .interrupts, "write"),
      surviving("write: less than asked", .shortens, "write"),
      failing("fsync: EIO", "fsync", EIO, among: 4),
      failing("rename: EACCES", "rename", EACCES, among: 2),
      failing("read of FILE: EIO", "pread", EIO, among: 12),
      surviving("read of FILE: EINTR", .interrupts, "pread"),
      surviving("read of FILE: less than asked", .shortens, "pread"),
      failing("stdin in mid-line: EIO", "read", EIO, among: 30),
      surviving("stdin: EINTR", .interrupts, "read"),
    ]
  }()

  private static func failing(
    _ name: String, _ calls: String, _ code: Int32, among count: Int, tears: Bool = false
  ) -> Fault {
    Fault(
      description: name, ending: .exited(2), tears: tears, tellsSummary: calls != "pread" && !tears,
      message: String(cString: strerror(code))
    ) { run in
      try run.struck(.fails, calls, among: count, code: code)
    }
  }

  private static func surviving(_ name: String, _ effect: FaultyLibrary.Effect, _ calls: String) -> Fault {
    Fault(description: name, ending: nil) { run in try run.struck(effect, calls, among: 3) }
  }

  /// A kill at the places where the files are between two states.
  static let deathsWithinCalls: [Fault] = {
    guard FaultyLibrary.path != nil else { return [] }
    return [("write", 150), ("ftruncate", 1), ("fsync", 4), ("rename", 2), ("unlink", 3), ("pread", 12)].map {
      calls, count in
      Fault(description: "kill -9 in \(calls)", ending: .died(SIGKILL), tears: true, tellsSummary: false) { run in
        // Only what is torn is cut off.
        if calls == "ftruncate" { _ = try run.struck(.killsAfter, "write", among: 100) }
        let effect = Bool.random(using: &run.random) ? FaultyLibrary.Effect.killsBefore : .killsAfter
        return try run.struck(effect, calls, among: count)
      }
    }
  }()
}

extension FaultyRun {
  /// Runs the command with something that happens from one of the first so many calls on.
  fileprivate mutating func struck(
    _ effect: FaultyLibrary.Effect, _ calls: String, among count: Int, code: Int32 = 0
  ) throws -> Outcome {
    var launch = launch
    let first = Int.random(in: 1...count, using: &random)
    launch.environment.merge(FaultyLibrary.environment(effect, calls, from: first, code: code)) { $1 }
    return try launch.run()
  }
}
