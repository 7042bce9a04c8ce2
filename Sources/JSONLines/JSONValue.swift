/// A JSON value with access by name and by position, for small documents of unknown shape such as a server's reply.
/// Nothing is decoded before it is asked for, and each access scans the value again.
public struct JSONValue: Sendable {
  public let kind: JSONKind
  /// The bytes of the value, without white space around it.
  public let bytes: [UInt8]

  /// Checks that `document` is one JSON value, as `JSON.validate` does.
  public init(scanning document: [UInt8]) throws(RecordError) {
    (kind, bytes) = try JSONScanner.scan(document) { scanner throws(JSONFault) in
      scanner.skipSpace()
      let start = scanner.index
      let kind = try scanner.value(depth: 0).kind
      let end = scanner.index
      try scanner.endOfLine()
      return (kind, Array(document[start..<end]))
    }
  }

  private init(kind: JSONKind, bytes: ArraySlice<UInt8>) {
    self.kind = kind
    self.bytes = Array(bytes)
  }

  /// The field of this name in an object; of several fields the last. A field that is null counts as absent.
  public subscript(_ name: String) -> JSONValue? {
    guard kind == .object, let record = try? JSONRecord(scanning: bytes), let field = record[name], field.kind != .null
    else { return nil }
    return JSONValue(kind: field.kind, bytes: record.bytes(of: field))
  }

  /// The elements of an array; nil for any other kind.
  public var elements: [JSONValue]? {
    guard kind == .array else { return nil }
    return try? JSONScanner.scan(bytes) { scanner throws(JSONFault) in
      var elements: [JSONValue] = []
      scanner.index &+= 1
      scanner.skipSpace()
      while scanner.byte != 0x5D {
        let start = scanner.index
        let kind = try scanner.value(depth: 1).kind
        elements.append(JSONValue(kind: kind, bytes: bytes[start..<scanner.index]))
        scanner.skipSpace()
        if scanner.byte == 0x2C { scanner.index &+= 1 }
        scanner.skipSpace()
      }
      return elements
    }
  }

  /// The decoded text of a string; nil for any other kind. A lone surrogate escape becomes U+FFFD.
  public var string: String? {
    guard kind == .string else { return nil }
    return bytes.withUnsafeBufferPointer { String(unescaping: UnsafeBufferPointer(rebasing: $0[1..<($0.count - 1)])) }
  }

  /// The nearest Double of a number; nil for any other kind.
  public var number: Double? {
    kind == .number ? Double(String(decoding: bytes, as: UTF8.self)) : nil
  }

  /// The value of a number that is whole and fits an `Int` (`3`, also `3e0` and `3.0`), else nil.
  public var integer: Int? {
    guard kind == .number else { return nil }
    return Int(String(decoding: bytes, as: UTF8.self)) ?? number.flatMap(Int.init(exactly:))
  }
}
