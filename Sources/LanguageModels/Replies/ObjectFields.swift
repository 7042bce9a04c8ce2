import JSONLines

/// The fields of an object, found in one scan of it. `JSONValue` scans the object for each field, which takes too long
/// where many names are tried and a server may have sent a megabyte.
struct ObjectFields {
  private let record: Record?

  /// - Parameter value: a value of any kind. Only an object has fields.
  init(_ value: JSONValue) {
    record = value.kind == .object ? try? Record(scanning: value.bytes) : nil
  }

  /// The field of this name; of several fields the last. A field that is null counts as absent.
  subscript(_ name: String) -> JSONValue? {
    guard let record, let field = record[name], field.kind != .null else { return nil }
    return try? JSONValue(scanning: Array(record.bytes(of: field)))
  }
}
