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
  /// `JSON.maximumDepth` levels in any field. Linear, without recursion; one allocation, of the size of the fields, if
  /// they are not more than 64.
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
  /// Where the object that begins here ends; its fields are collected.
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
