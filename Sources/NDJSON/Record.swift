/// One line, known to be a JSON object, and where its fields are. Nothing is decoded before it is asked for.
public struct Record: Sendable {
  /// The line that was scanned.
  public let line: [UInt8]
  /// The object in it, without the white space around.
  public let object: Range<Int>
  /// The fields in their order, duplicates included.
  public let fields: [Field]

  /// A field of the object, as byte ranges of the line.
  public struct Field: Sendable, Equatable {
    /// The bytes between the quotes of the key.
    public let key: Range<Int>
    /// The bytes of the value, of a string with its quotes.
    public let value: Range<Int>
    public let kind: JSONKind
    public let keyHasEscapes: Bool
    /// Whether the value is a string with escapes.
    public let valueHasEscapes: Bool

    /// The bytes from the opening quote of the key to the end of the value.
    public var whole: Range<Int> { key.lowerBound - 1..<value.upperBound }
  }

  /// Checks the whole of `line`, and finds the fields of its object: strict RFC 8259, strict UTF-8, at most
  /// `JSON.maximumDepth` levels in any field. Linear, without recursion; one allocation, for up to 16 fields.
  public init(scanning line: [UInt8]) throws(RecordError) {
    var fields: [Field] = []
    var object = 0..<0
    let isObject = try JSONScanner.scan(line) { scanner throws(JSONFault) in
      scanner.skipSpace()
      object = scanner.index..<scanner.index
      guard scanner.byte == 0x7B else {
        _ = try scanner.document()
        return false
      }
      fields.reserveCapacity(16)
      try scanner.fields(&fields)
      object = object.lowerBound..<scanner.index
      try scanner.endOfLine()
      return true
    }
    guard isObject else {
      throw RecordError(kind: .notAnObject, offset: object.lowerBound + 1, reason: "expected an object")
    }
    self.line = line
    self.object = object
    self.fields = fields
  }
}

extension JSONScanner {
  /// Reads the object that begins here and appends each of its fields.
  @inline(__always)
  fileprivate mutating func fields(_ fields: inout [Record.Field]) throws(JSONFault) {
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
      fields.append(
        Record.Field(
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
