/// The kinds of JSON value.
public enum JSONKind: UInt8, Sendable, Equatable {
  case string, number, object, array
  case `true`, `false`, null
}

public enum JSON {
  /// How many objects and arrays may be open at once, the record itself included.
  public static let maximumDepth = 512

  /// Checks that `bytes` are one JSON value by RFC 8259 in strict UTF-8, with white space around it or not. Linear,
  /// without recursion, and without allocation.
  public static func validate(_ bytes: [UInt8]) throws(RecordError) -> JSONKind {
    try JSONScanner.scan(bytes) { scanner throws(JSONFault) in try scanner.document() }
  }
}
