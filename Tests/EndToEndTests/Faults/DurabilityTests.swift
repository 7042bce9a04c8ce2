import Testing

/// What is left after a power failure cannot be tried, but the order of the calls can be looked at that decides it.
@Suite(
  "section 6: on disk before success is reported", .blocking, .enabled(if: FaultyLibrary.path != nil, "no C compiler"))
struct DurabilityTests {
  /// The calls of a run that change files, runs of equal ones told once; `folder` stands for the one that they are in.
  private func calls(_ options: [String]) throws -> [String] {
    let files = try OutputFolder()
    files.model = .waiting
    var launch = files.launch(files.reversed(1...2), ["-j8"] + options.map { $0 == "errors" ? files.path($0) : $0 })
    launch.environment.merge(FaultyLibrary.environment(loggingTo: files.path("calls"))) { $1 }
    launch.errors = .file(files.path("messages"))
    try launch.run().expect(.exited(0))
    let folder = files.folder.path.split(separator: "/").last!
    var calls: [String] = []
    for line in (files.text("calls") ?? "").split(separator: "\n") {
      let call = String(line.replacing(folder, with: "folder"))
      if call != calls.last { calls.append(call) }
    }
    return calls
  }

  @Test("the log, then its name, then the message")
  func log() throws {
    #expect(try calls([]) == ["write out", "fsync out", "fsync folder", "write messages"])
  }

  @Test("the final form is whole on disk before it takes the name, and has it for good before the message")
  func finalForm() throws {
    #expect(
      try calls(["-k"]) == [
        "write out", "fsync out", "fsync folder", "write .out.summarize-new", "fsync .out.summarize-new",
        "rename .out.summarize-new", "fsync folder", "write messages",
      ])
  }

  @Test("so has the file of errors, and before FILE, from which old errors may be dropped for it")
  func errors() throws {
    #expect(
      try calls(["--errors", "errors", "--resume"]) == [
        "write out", "fsync .errors.summarize-new", "rename .errors.summarize-new", "fsync folder", "fsync out",
        "fsync folder", "write messages",
      ])
  }
}
