import NDJSON

/// Has the product's own reader check what the server sends; in a file of its own, as both have a `JSONValue`.
func checkStrictly(_ json: String) throws {
  _ = try NDJSON.JSON.validate(Array(json.utf8))
}
