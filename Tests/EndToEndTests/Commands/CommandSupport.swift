import Testing

/// A line with an article that a command can give back as it is: it has a summary already.
func echoable(_ id: Int, content: String = "Text.") -> String {
  #"{"id":\#(id),"content":"\#(content)","summary":"Summary \#(id)."}"# + "\n"
}

func echoables(_ ids: some Sequence<Int>) -> String { ids.map { echoable($0) }.joined() }

/// Processes that were started below the program under test.
enum Descendants {
  /// Whether the process runs: one that has ended and that nobody waited for does not.
  static func isRunning(_ pid: Int) -> Bool {
    guard let stat = contents(of: "/proc/\(pid)/stat") else { return false }
    let text = String(decoding: stat, as: UTF8.self)
    guard let end = text.lastIndex(of: ")") else { return false }
    return text[text.index(after: end)...].split(separator: " ").first != "Z"
  }

  /// The process whose number was written to a file, once it is there.
  static func pid(in file: String, of child: Child) throws -> Int {
    var pid: Int?
    try child.wait("a process number in \(file)") { _ in
      pid = numbers(in: file).first
      return pid != nil
    }
    return pid!
  }

  /// The numbers in a file, one a line; a last line without its newline is still being written.
  static func numbers(in file: String) -> [Int] {
    let text = String(decoding: contents(of: file) ?? [], as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().compactMap { Int($0) }
  }

  /// Waits, for as long as any test waits, until the process is gone.
  static func expectGone(_ pid: Int, sourceLocation: SourceLocation = #_sourceLocation) {
    let end = ContinuousClock.now + Child.patience
    while isRunning(pid), ContinuousClock.now < end { usleep(5_000) }
    #expect(!isRunning(pid), "process \(pid) is left", sourceLocation: sourceLocation)
  }
}

/// How many lines a file has.
func lineCount(_ path: String) -> Int { (contents(of: path) ?? []).count { $0 == 0x0A } }
