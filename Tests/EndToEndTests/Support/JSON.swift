import TestSupport

typealias JSON = ParsedJSON

// The fields of our records.
extension JSON {
  /// Of an error record.
  var errorCode: String? { self["error"]?["code"]?.string }
  var id: Int? { self["id"]?.integer }
  var line: Int? { self["line"]?.integer }
}
