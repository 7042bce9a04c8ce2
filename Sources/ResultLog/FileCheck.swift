import SystemIO

/// Checks before an output file is begun: that it is neither an input nor another output, and that no content is
/// destroyed for a run that cannot begin.
enum FileCheck {
  /// Throws if an output file is also an input, another output file or a standard descriptor in use. To be called
  /// before the first file is locked: if two names led to one file, the second would find it locked.
  static func requireDistinct(
    _ names: [(role: OutputFileRole, name: String)], inputs: [String]
  ) throws(OutputFileRefusal) {
    if names.isEmpty { return }
    var taken: [NamedFileIdentity: (role: OutputFileRole, name: String)] = [:]
    for (role, name) in names {
      guard let identity = NamedFileIdentity(path: name) else { continue }
      if let (other, _) = taken[identity] { throw .alsoOutput(role, name, other: other) }
      taken[identity] = (role, name)
    }
    func check(_ identity: NamedFileIdentity?, _ standard: OutputFileRefusal.StandardStream?) throws(OutputFileRefusal)
    {
      guard let identity, let (role, name) = taken[identity] else { return }
      throw .alsoInput(role, name, standard)
    }
    for input in inputs {
      if input == "-" {
        try check(NamedFileIdentity(.standardInput), .input)
      } else {
        try check(NamedFileIdentity(path: input), nil)
      }
    }
    try check(NamedFileIdentity(.standardOutput), .output)
    try check(NamedFileIdentity(.standardError), .error)
  }

  /// Throws if an input cannot be read, so that a file to be begun anew keeps its content until there is something to
  /// write.
  static func requireReadable(_ inputs: [String], before target: TargetFile) throws(OutputFileRefusal) {
    for input in inputs {
      do throws(SystemError) {
        if input == "-" {
          guard FileDescriptor.standardInput.isReadable else { throw .badDescriptor }
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

/// What a name leads to, for telling whether two names lead to the same file: a regular file or a pipe by its identity,
/// an absent file by its path. There is none for terminals and other devices, which may be read and written at once.
enum NamedFileIdentity: Hashable {
  case file(FileDescriptor.FileIdentity)
  case path(String)

  init?(_ status: FileStatus) {
    guard status.kind == .regular || status.kind == .fifo else { return nil }
    self = .file(status.identity)
  }

  init?(path: String) {
    if let status = try? FileStatus(path: path) {
      self.init(status)
    } else if let folder = try? FileName.resolved(FileName.parent(of: path)) {
      self = .path(folder + "/" + FileName.last(of: path))
    } else {
      return nil
    }
  }

  init?(_ descriptor: FileDescriptor) {
    guard let status = try? descriptor.status() else { return nil }
    self.init(status)
  }
}
