extension Record {
  /// The field of this name, of several the last; nil if there is none. Keys are compared by their decoded bytes,
  /// without Unicode normalisation. Linear in the number of fields.
  public subscript(_ name: String) -> Field? {
    index(of: name).map { fields[$0] }
  }

  /// The place in `fields` of the last field of this name.
  public func index(of name: String) -> Int? {
    fields.lastIndex { isNamed($0, name) }
  }

  /// Whether the decoded key of `field` is `name`, byte for byte.
  public func isNamed(_ field: Field, _ name: String) -> Bool {
    if field.keyHasEscapes { return key(of: field).utf8.elementsEqual(name.utf8) }
    guard field.key.count == name.utf8.count else { return false }
    // Byte by byte through plain pointers: most names differ in the first one, and all are short.
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

  /// The decoded key.
  public func key(of field: Field) -> String {
    decodedString(of: field.key, hasEscapes: field.keyHasEscapes)
  }

  /// The value as it came, of a string with its quotes.
  public func bytes(of field: Field) -> ArraySlice<UInt8> { line[field.value] }

  /// The decoded string of a field whose kind is `.string`. A lone surrogate escape becomes U+FFFD.
  public func string(of field: Field) -> String {
    precondition(field.kind == .string, "the field holds no string")
    return decodedString(of: field.value.lowerBound + 1..<field.value.upperBound - 1, hasEscapes: field.valueHasEscapes)
  }

  /// The number of a field if it is a whole one that fits (`30000`, also `3e4` and `3.0`), else nil.
  public func integer(of field: Field) -> Int? {
    guard field.kind == .number else { return nil }
    let text = String(decoding: line[field.value], as: UTF8.self)
    return Int(text) ?? Double(text).flatMap(Int.init(exactly:))
  }

  /// The number of a field as the nearest Double; nil if it holds no number.
  public func number(of field: Field) -> Double? {
    field.kind == .number ? Double(String(decoding: line[field.value], as: UTF8.self)) : nil
  }

  /// The object in a field, with fields of its own; nil if it holds none. It is copied and scanned again.
  public func object(of field: Field) -> Record? {
    field.kind == .object ? try? Record(scanning: Array(line[field.value])) : nil
  }

  private func decodedString(of range: Range<Int>, hasEscapes: Bool) -> String {
    line.withUnsafeBufferPointer { buffer in
      let bytes = UnsafeBufferPointer(rebasing: buffer[range])
      return hasEscapes ? String(unescaping: bytes) : String(validated: bytes)
    }
  }
}
