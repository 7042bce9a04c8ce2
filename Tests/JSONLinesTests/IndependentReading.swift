import TestSupport

/// A line as the tests' own reader sees it: what the scanner is compared with.
struct IndependentReading {
  /// The decoded names of the outermost object in their order, and the text of their values.
  let fields: [(key: String, value: [UInt8])]

  /// - Returns: nil where the bytes are no JSON value in strict UTF-8.
  init?(_ bytes: [UInt8]) {
    guard let value = try? ParsedJSON(parsing: bytes) else { return nil }
    fields = value.members.map { ($0.name, Array(bytes[$0.source])) }
  }
}
