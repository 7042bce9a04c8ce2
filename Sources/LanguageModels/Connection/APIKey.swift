/// The key of an account, as it came from a file or the environment.
public struct APIKey: Sendable, Equatable {
  public struct ParseError: Error, Equatable {
    /// As the end of a sentence; it does not hold the key.
    public let message: String
  }

  let text: String

  /// Takes the first line without white space around it.
  public init(parsing contents: String) throws(ParseError) {
    let line = contents.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).first?.trimmed() ?? ""
    if line.isEmpty { throw ParseError(message: "holds no key in its first line") }
    guard line.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw ParseError(message: "holds a key with characters that no header takes; was it copied whole?")
    }
    text = String(line)
  }
}
