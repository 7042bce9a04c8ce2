/// Why an article has no result: the `error` of its record.
public struct ArticleError: Error, Sendable, Equatable {
  public var code: Code
  /// One line for people, lower case, without a full stop. It may hold text from outside and is made safe where it is
  /// printed, not here.
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The code table of the contract; the raw value is what a record shows.
  public enum Code: String, Sendable, CaseIterable {
    // the line
    case invalidJSON = "invalid_json"
    case invalidUTF8 = "invalid_utf8"
    case notAnObject = "not_an_object"
    case missingContent = "missing_content"
    case emptyContent = "empty_content"
    case lineTooLong = "line_too_long"
    // the run
    case interrupted
  }
}
