import SystemIO

/// What has to be seen before a file is begun: that it is no input and no other output, and that nothing is destroyed for
/// a run that cannot begin.
enum FileCheck {
  /// None of the files that are to be written to may be an input, another of them, or a standard descriptor that is used.
  /// To be asked before one is locked: of two names of one file the second would find a lock.
  static func requireDistinct(_ names: [(option: String, name: String)], inputs: [String]) throws(Refusal) {
    if names.isEmpty { return }
    var taken: [FilePlace: (option: String, name: String)] = [:]
    for (option, name) in names {
      guard let place = FilePlace(path: name) else { continue }
      if let (other, _) = taken[place] {
        throw Refusal("\(option) \(name) is also the file of \(other); choose another file")
      }
      taken[place] = (option, name)
    }
    func check(_ place: FilePlace?, _ role: String) throws(Refusal) {
      guard let place, let (option, name) = taken[place] else { return }
      throw Refusal("\(option) \(name) is also \(role); choose another file")
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
