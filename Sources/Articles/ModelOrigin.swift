import Basics

/// What a result says of the model that it is from (`made_by`), made of the name that it was chosen by.
package enum ModelOrigin {
  /// The kind and the name. Of a command the first word and a hash of all of it: its words may hold secrets, and with
  /// other words it is another model.
  package static func text(of model: String) -> String {
    let parts = model.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return model }
    switch parts[0] {
    case "exec", "coprocess": return "\(parts[0]):\(firstWord(of: parts[1])) \(hash(parts[1]))"
    // How long it takes and how often it fails changes no summary.
    case "simulated": return "simulated"
    default: return model
    }
  }

  /// Assignments of variables before it, in which keys may stand, are passed over.
  private static func firstWord(of command: Substring) -> Substring {
    command.split(whereSeparator: \.isWhitespace).first { !$0.contains("=") } ?? ""
  }

  private static func hash(_ command: Substring) -> Hash128 {
    BLAKE2b.hash { $0.update(part: command.utf8, count: command.utf8.count) }
  }
}
