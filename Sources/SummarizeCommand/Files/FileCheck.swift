import SystemIO

/// What has to be seen before a file is begun: that it is no input and no other output, and that nothing is destroyed for
/// a run that cannot begin.
enum FileCheck {
  /// None of the targets may be an input, another target, or a standard descriptor that is used.
  static func requireDistinct(_ targets: [(option: String, file: TargetFile)], inputs: [String]) throws(Refusal) {
    var taken: [FilePlace: String] = [:]
    for (option, file) in targets {
      guard let place = file.place else { continue }
      if let other = taken[place] { throw Refusal("\(option) \(file.name) is also \(other); choose another file") }
      taken[place] = "the file of \(option)"
    }
    func check(_ place: FilePlace?, _ role: String) throws(Refusal) {
      guard let place, let (option, file) = targets.first(where: { $0.file.place == place }) else { return }
      throw Refusal("\(option) \(file.name) is also \(role); choose another file")
    }
    for input in inputs {
      let place = input == "-" ? FilePlace(.standardInput) : FilePlace(path: input)
      try check(place, input == "-" ? "standard input" : "an input")
    }
    try check(FilePlace(.standardOutput), "standard output")
    try check(FilePlace(.standardError), "standard error")
  }

  /// A file that is to be begun anew keeps what it has until there is something to begin with.
  static func requireReadable(_ inputs: [String], before target: TargetFile) throws(Refusal) {
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
        throw Refusal("cannot read \(name): \(error); \(target.name) is left as it is")
      }
    }
  }
}
