import Reporting
import SystemIO

extension Configuration {
  /// Whether a line of progress is shown.
  var showsProgress: Bool {
    switch progress {
    case .never: false
    case .always: verbosity != .quiet
    case .auto:
      // Results on the same terminal would be written into the line.
      verbosity != .quiet && Descriptor.standardError.isTerminal && !Self.isDumbTerminal
        && (files.output != nil || !Descriptor.standardOutput.isTerminal)
    }
  }

  /// Whether stderr may be sent escapes.
  var takesLinesBack: Bool {
    Descriptor.standardError.isTerminal && !Self.isDumbTerminal && (environmentVariable("NO_COLOR") ?? "").isEmpty
  }

  private static var isDumbTerminal: Bool {
    let terminal = environmentVariable("TERM") ?? ""
    return terminal.isEmpty || terminal == "dumb"
  }
}
