import SystemIO

/// What the command line's meaning depends on beside its words: the environment, the terminal, files and limits. It is
/// passed in, so that a test can have its own.
package struct Surroundings {
  /// nil for an environment variable that is not set.
  var variable: (String) -> String? = { environmentVariable($0) }
  /// The whole of a small file.
  var contents: (String) throws(SystemError) -> [UInt8] = { path throws(SystemError) in
    try SystemIO.contents(ofFile: path, upTo: 1 << 20)
  }
  /// Raises the limit on descriptors to what is wanted, and tells what it is then.
  var raiseDescriptorLimit: (_ wanted: Int) -> Int = DescriptorLimit.raise
  /// How many cores there are to compute with.
  var cores: () -> Int = usableCores
  var outputIsTerminal = Descriptor.standardOutput.isTerminal
  var outputIsPipe = (try? Descriptor.standardOutput.status().kind) == .fifo
  var errorsGoToTerminal = Descriptor.standardError.isTerminal

  package init() {}

  /// Whether the terminal takes no escapes.
  private var isDumb: Bool {
    let terminal = variable("TERM") ?? ""
    return terminal.isEmpty || terminal == "dumb"
  }

  /// Whether standard error leads to a terminal on which a line can be written over.
  var hasStatusLine: Bool { errorsGoToTerminal && !isDumb }

  /// Whether standard error may be sent escapes.
  var takesEscapes: Bool { hasStatusLine && (variable("NO_COLOR") ?? "").isEmpty }
}
