public import Summarization

/// A command as it was typed, and the words that are started for it.
///
/// As make does, words are split at white space and started directly; what only a shell understands goes through one.
public struct ExternalCommand: Sendable, Equatable {
  public let text: String
  /// The program and its arguments; of a command for the shell those of the shell.
  public let words: [String]

  /// nil where there is no word in the text.
  public init?(_ text: String) {
    let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
    if words.isEmpty { return nil }
    self.text = text
    self.words = Self.needsShell(text, words) ? ["/bin/sh", "-c", text] : words
  }

  /// What its messages and results may show: the first word that is no assignment of a variable, in which a key may stand.
  public var name: String {
    text.split(whereSeparator: \.isWhitespace).first { !$0.contains("=") }.map(String.init) ?? ""
  }

  /// Every character that means something to the shell, wherever it stands.
  private static let shellCharacters = Set("#;\"'*?[]&|<>(){}$`^~!\\\n".utf8)
  /// Words that are no program, or are another one to the shell.
  private static let shellWords: Set = [
    ".", ":", "alias", "bg", "break", "case", "cd", "command", "continue", "eval", "exec", "exit", "export", "fc", "fg",
    "for", "getopts", "hash", "if", "jobs", "read", "readonly", "return", "set", "shift", "times", "trap", "type",
    "ulimit", "umask", "unalias", "unset", "until", "wait", "while",
  ]

  private static func needsShell(_ text: String, _ words: [String]) -> Bool {
    // An assignment before the program is the shell's as well.
    text.utf8.contains(where: shellCharacters.contains) || words[0].contains("=") || shellWords.contains(words[0])
  }
}

extension ExternalCommand {
  /// What a message must not show: the values of those variables and options whose names say that they hold a secret.
  /// - Parameter environment: `NAME=value` each.
  public func secrets(environment: [String]) -> [String] {
    let words = text.split(whereSeparator: \.isWhitespace).map { $0.filter { !"'\"".contains($0) } }
    var secrets = (environment + words).compactMap { word -> String? in
      let parts = word.split(separator: "=", maxSplits: 1)
      return parts.count == 2 && Self.tellsOfSecret(parts[0]) ? String(parts[1]) : nil
    }
    for (option, value) in zip(words, words.dropFirst())
    where option.hasPrefix("-") && !option.contains("=") && Self.tellsOfSecret(option[...]) {
      secrets.append(value)
    }
    return secrets
  }

  /// By the last words of the name: `API_KEY`, `--auth-token`, `DB_PASSWORD`.
  private static func tellsOfSecret(_ name: Substring) -> Bool {
    let last = name.lowercased().split { $0 == "_" || $0 == "-" }.last ?? ""
    return ["key", "apikey", "token", "secret", "password", "passwd", "auth", "credentials"].contains(String(last))
  }
}

/// Everything about a command that is known before the first article.
public struct CommandSettings: Sendable {
  public let command: ExternalCommand
  public let request: SummaryRequest
  /// The field that holds the id of an article.
  public var idField = "id"
  /// The most bytes of an answer.
  public var longestAnswer = 16 << 20
  /// How long an attempt may take, of a copy that has answered before.
  public var timeout: Duration = .seconds(300)
  /// How long the first answer of a copy may take.
  public var startTimeout: Duration = .seconds(600)
  /// Puts advice into words, as the end of a sentence.
  public var advise: @Sendable (CommandAdvice) -> String
  /// Makes one line of text from outside, without secrets, of so many characters at most.
  public var shown: @Sendable (_ text: String, _ limit: Int) -> String

  public init(
    _ command: ExternalCommand, _ request: SummaryRequest, advise: @escaping @Sendable (CommandAdvice) -> String,
    shown: @escaping @Sendable (_ text: String, _ limit: Int) -> String
  ) {
    self.command = command
    self.request = request
    self.advise = advise
    self.shown = shown
  }
}

/// What can be done about the failure of a command. Whoever has the options puts it into words.
public enum CommandAdvice: Sendable, Equatable {
  case allowMoreTime
  case allowMoreTimeToStart
  case allowLongerAnswers
  /// The system has no descriptors, processes or memory left for another one.
  case haveFewerInFlight
}
