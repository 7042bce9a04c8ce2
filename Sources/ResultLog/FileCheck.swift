import SystemIO

/// What has to be seen before a file is begun: that it is no input and no other output, and that nothing is destroyed for
/// a run that cannot begin.
enum FileCheck {
  /// None of the files that are to be written to may be an input, another of them, or a standard descriptor that is used.
  /// To be asked before one is locked: of two names of one file the second would find a lock.
  static func requireDistinct(
    _ names: [(role: OutputFileRole, name: String)], inputs: [String]
  ) throws(OutputFileRefusal) {
    if names.isEmpty { return }
    var taken: [FilePlace: (role: OutputFileRole, name: String)] = [:]
    for (role, name) in names {
      guard let place = FilePlace(path: name) else { continue }
      if let (other, _) = taken[place] { throw .alsoOutput(role, name, other: other) }
      taken[place] = (role, name)
    }
    func check(_ place: FilePlace?, _ standard: OutputFileRefusal.Standard?) throws(OutputFileRefusal) {
      guard let place, let (role, name) = taken[place] else { return }
      throw .alsoInput(role, name, standard)
    }
    for input in inputs {
      try check(input == "-" ? FilePlace(.standardInput) : FilePlace(path: input), input == "-" ? .input : nil)
    }
    try check(FilePlace(.standardOutput), .output)
    try check(FilePlace(.standardError), .error)
  }

  /// A file that is to be begun anew keeps what it has until there is something to begin with.
  static func requireReadable(_ inputs: [String], before target: TargetFile) throws(OutputFileRefusal) {
    for input in inputs {
      do throws(SystemError) {
        if input == "-" {
          guard Descriptor.standardInput.isReadable else { throw .badDescriptor }
        } else {
          guard try FileStatus(path: input).kind != .folder else { throw .isFolder }
          try FileName.requireReadable(input)
        }
      } catch {
        let name = input == "-" ? "standard input" : input.isEmpty ? "''" : input
        throw .unreadableInput(name, error, spared: target.name)
      }
    }
  }
}
