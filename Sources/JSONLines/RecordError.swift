/// Why a line is no record.
public struct RecordError: Error, Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// Not one JSON value by RFC 8259, or nested deeper than `JSON.maximumDepth`.
    case invalidJSON
    /// Not UTF-8. The whole line is checked for this first, so it wins over any fault of the JSON.
    case invalidUTF8
    /// A JSON value, but no object.
    case notAnObject
  }

  public let kind: Kind
  /// The byte of the line, counted from 1, at which the fault shows; one past the last where something is missing.
  public let offset: Int
  /// For people, lower case: "expected ':' after the key".
  public let reason: String

  public init(kind: Kind, offset: Int, reason: String) {
    self.kind = kind
    self.offset = offset
    self.reason = reason
  }
}

/// A fault as the scanner meets it; it becomes a `RecordError` at the door.
struct JSONFault: Error {
  /// Counted from 0.
  let index: Int
  let reason: StaticString
}
