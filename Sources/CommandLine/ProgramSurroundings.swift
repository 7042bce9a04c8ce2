import SystemIO

/// The surroundings on which the meaning of the command line depends: the environment, the terminal, files and limits.
/// They are passed in, so that tests can replace them.
package struct ProgramSurroundings {
  /// Returns the value of an environment variable; nil if it is not set.
  var variable: (String) -> String? = { environmentVariable($0) }
  /// Returns the contents of a file; throws if it is larger than 1 MiB.
  var contents: (String) throws(SystemError) -> [UInt8] = { path throws(SystemError) in
    try SystemIO.contents(ofFile: path, upTo: 1 << 20)
  }
  /// Raises the limit on descriptors to the wanted number, as far as possible, and returns the new limit.
  var raiseDescriptorLimit: (_ wanted: Int) -> Int = DescriptorLimit.raise
  /// Returns the number of cores that the process can keep busy.
  var cores: () -> Int = usableCores
  var outputIsTerminal = FileDescriptor.standardOutput.isTerminal
  var outputIsPipe = (try? FileDescriptor.standardOutput.status().kind) == .fifo
  var errorsGoToTerminal = FileDescriptor.standardError.isTerminal

  package init() {}

  /// Whether the terminal does not support escapes.
  private var isDumb: Bool {
    let terminal = variable("TERM") ?? ""
    return terminal.isEmpty || terminal == "dumb"
  }

  /// Whether standard error is a terminal on which a line can be overwritten.
  var hasStatusLine: Bool { errorsGoToTerminal && !isDumb }

  /// Whether escapes may be written to standard error.
  var takesEscapes: Bool { hasStatusLine && (variable("NO_COLOR") ?? "").isEmpty }
}
