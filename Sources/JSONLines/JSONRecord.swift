/// A line that is a JSON object, and the positions of its fields. Nothing is decoded before it is asked for.
public struct JSONRecord: Sendable {
  /// The scanned line.
  public let line: [UInt8]
  /// The range of the object, without the white space around it.
  public let object: Range<Int>
  /// The fields in order, duplicates included.
  public let fields: [RecordField]

  /// A field of the object, as byte ranges of the line.
  public struct RecordField: Sendable, Equatable {
    /// The range between the quotes of the key.
    public let key: Range<Int>
    /// The range of the value; for a string with its quotes.
    public let value: Range<Int>
    public let kind: JSONKind
    public let keyHasEscapes: Bool
    /// Whether the value is a string with escapes.
    public let valueHasEscapes: Bool

    /// The range from the opening quote of the key to the end of the value.
    public var whole: Range<Int> { key.lowerBound - 1..<value.upperBound }
  }

  /// Checks the whole of `line`, and finds the fields of its object: strict RFC 8259, strict UTF-8, at most
  /// `JSON.maximumDepth` levels in any field. Linear, without recursion. One allocation, of the size of the fields, if
  /// these take at most 1,024 bytes (25 fields on 64-bit platforms) and the line has at least 16 bytes.
  public init(scanning line: [UInt8]) throws(RecordError) {
    var object: Range<Int>?
    var start = 0
    fields = try FieldCollector.collect { collector throws(RecordError) in
      try JSONScanner.scan(line) { scanner throws(JSONFault) in
        scanner.skipSpace()
        start = scanner.index
        guard scanner.byte == 0x7B else {
          _ = try scanner.document()
          return
        }
        scanner.index = try scanner.endOfObject(&collector)
        object = start..<scanner.index
        try scanner.endOfLine()
      }
    }
    guard let object else {
      throw RecordError(kind: .notAnObject, offset: start + 1, reason: "expected an object")
    }
    self.line = line
    self.object = object
  }
}

extension JSONScanner {
  /// Returns where the object that begins here ends, and collects its fields.
  fileprivate func endOfObject(_ collector: inout FieldCollector) throws(JSONFault) -> Int {
    var scanner = self
    try scanner.fields(&collector)
    return scanner.index
  }

  @inline(__always)
  private mutating func fields(_ collector: inout FieldCollector) throws(JSONFault) {
    index &+= 1
    skipSpace()
    if byte == 0x7D {
      index &+= 1
      return
    }
    while true {
      guard byte == .quote else { throw fault("expected a key") }
      index &+= 1
      let key = index
      let keyHasEscapes = try string()
      let keyEnd = index &- 1
      try colon()
      let start = index
      let (kind, hasEscapes) = try value(depth: 1)
      collector.append(
        JSONRecord.RecordField(
          key: Range(uncheckedBounds: (key, keyEnd)), value: Range(uncheckedBounds: (start, index)), kind: kind,
          keyHasEscapes: keyHasEscapes, valueHasEscapes: hasEscapes))
      skipSpace()
      if byte == 0x7D {
        index &+= 1
        return
      }
      guard byte == 0x2C else { throw fault("expected ',' or '}'") }
      index &+= 1
      skipSpace()
    }
  }
}

extension JSONRecord {
  /// The field of this name, of several fields the last; nil if there is none. Keys are compared by their decoded
  /// bytes, without Unicode normalisation. Linear in the number of fields.
  public subscript(_ name: String) -> RecordField? {
    index(of: name).map { fields[$0] }
  }

  /// Returns the index in `fields` of the last field of this name.
  public func index(of name: String) -> Int? {
    fields.lastIndex { isNamed($0, name) }
  }

  /// Returns whether the decoded key of `field` equals `name` byte for byte.
  public func isNamed(_ field: RecordField, _ name: String) -> Bool {
    if field.keyHasEscapes { return key(of: field).utf8.elementsEqual(name.utf8) }
    guard field.key.count == name.utf8.count else { return false }
    // Compared byte by byte through plain pointers: names are short, and most differ in the first byte.
    var name = name
    return line.withUnsafeBufferPointer { line in
      name.withUTF8 { name in
        var place = field.key.lowerBound
        for byte in name {
          guard line[place] == byte else { return false }
          place &+= 1
        }
        return true
      }
    }
  }

  /// Returns the decoded key.
  public func key(of field: RecordField) -> String {
    decodedString(of: field.key, hasEscapes: field.keyHasEscapes)
  }

  /// Returns the undecoded value; a string with its quotes.
  public func bytes(of field: RecordField) -> ArraySlice<UInt8> { line[field.value] }

  /// Returns the decoded string of a field whose kind is `.string`. A lone surrogate escape becomes U+FFFD.
  public func string(of field: RecordField) -> String {
    precondition(field.kind == .string, "the field holds no string")
    return decodedString(of: field.value.lowerBound + 1..<field.value.upperBound - 1, hasEscapes: field.valueHasEscapes)
  }

  /// Returns the number of a field if it is whole and fits an `Int` (`30000`, also `3e4` and `3.0`), else nil.
  public func integer(of field: RecordField) -> Int? {
    guard field.kind == .number else { return nil }
    let text = String(decoding: line[field.value], as: UTF8.self)
    return Int(text) ?? Double(text).flatMap(Int.init(exactly:))
  }

  /// Returns the number of a field as the nearest Double; nil if the field is not a number.
  public func number(of field: RecordField) -> Double? {
    field.kind == .number ? Double(String(decoding: line[field.value], as: UTF8.self)) : nil
  }

  /// Returns the object in a field as a record; nil if the field is not an object. Its bytes are copied and scanned
  /// again.
  public func object(of field: RecordField) -> JSONRecord? {
    field.kind == .object ? try? JSONRecord(scanning: Array(line[field.value])) : nil
  }

  private func decodedString(of range: Range<Int>, hasEscapes: Bool) -> String {
    line.withUnsafeBufferPointer { buffer in
      let bytes = UnsafeBufferPointer(rebasing: buffer[range])
      return hasEscapes ? String(unescaping: bytes) : String(validated: bytes)
    }
  }
}

/// Collects the fields of a record on the stack, so that their array is allocated once, at its final size.
struct FieldCollector {
  private let scratch: UnsafeMutableBufferPointer<JSONRecord.RecordField>
  private var count = 0
  /// Fields that did not fit into the scratch buffer.
  private var spilled: [JSONRecord.RecordField] = []

  /// The capacity that the standard library still allocates on the stack. A temporary allocation of more than 1,024
  /// bytes goes to the heap by `posix_memalign`, which costs more than scanning a short line.
  private static let capacity = 1024 / MemoryLayout<JSONRecord.RecordField>.stride

  /// Returns the fields that `body` has appended.
  @inline(__always)
  static func collect(
    _ body: (inout FieldCollector) throws(RecordError) -> Void
  ) throws(RecordError) -> [JSONRecord.RecordField] {
    try withUnsafeTemporaryAllocation(of: JSONRecord.RecordField.self, capacity: capacity) { scratch in
      var collector = FieldCollector(scratch: scratch)
      do throws(RecordError) {
        try body(&collector)
        return Result<[JSONRecord.RecordField], RecordError>.success(collector.finish())
      } catch {
        return .failure(error)
      }
    }.get()
  }

  private init(scratch: UnsafeMutableBufferPointer<JSONRecord.RecordField>) { self.scratch = scratch }

  @inline(__always)
  mutating func append(_ field: JSONRecord.RecordField) {
    if count == scratch.count {
      spilled.append(contentsOf: scratch)
      count = 0
    }
    scratch.initializeElement(at: count, to: field)
    count &+= 1
  }

  private mutating func finish() -> [JSONRecord.RecordField] {
    let rest = UnsafeMutableBufferPointer(rebasing: scratch[..<count])
    return spilled.isEmpty ? Array(rest) : spilled + rest
  }
}

/// The kinds of faults of a line.
public enum RecordErrorKind: Sendable, Equatable {
  /// Not one JSON value by RFC 8259, or nested deeper than `JSON.maximumDepth`.
  case invalidJSON
  /// Not UTF-8. The whole line is checked for this first, so it takes precedence over faults of the JSON.
  case invalidUTF8
  /// A JSON value, but not an object.
  case notAnObject
}

/// Why a line is not a record.
public struct RecordError: Error, Sendable, Equatable {
  public let kind: RecordErrorKind
  /// The byte of the line at which the fault shows, counted from 1; one past the last byte if something is missing.
  public let offset: Int
  /// The reason in words, lower case: "expected ':' after the key".
  public let reason: String

  public init(kind: RecordErrorKind, offset: Int, reason: String) {
    self.kind = kind
    self.offset = offset
    self.reason = reason
  }
}

/// A fault found by the scanner. `JSONScanner.scan` turns it into a `RecordError`.
struct JSONFault: Error {
  /// The offset of the fault, counted from 0.
  let index: Int
  let reason: StaticString
}

/// The kinds of JSON value.
public enum JSONKind: UInt8, Sendable, Equatable {
  case string, number, object, array
  case `true`, `false`, null
}

public enum JSON {
  /// The number of objects and arrays that may be open at once, the record itself included.
  public static let maximumDepth = 512

  /// Checks that `bytes` are one JSON value by RFC 8259 in strict UTF-8, optionally with white space around it. Linear,
  /// without recursion. Allocates nothing if there are at least 16 bytes.
  public static func validate(_ bytes: [UInt8]) throws(RecordError) -> JSONKind {
    try JSONScanner.scan(bytes) { scanner throws(JSONFault) in try scanner.document() }
  }
}
