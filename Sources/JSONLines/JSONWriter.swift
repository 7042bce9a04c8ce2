/// Builds NDJSON records in a byte buffer.
///
///     writer.beginRecord()
///     writer.key("id"); writer.value(verbatim: record.bytes(of: field))
///     writer.key("summary"); writer.value("…")
///     writer.key("error"); writer.beginObject(); …; writer.endObject()
///     writer.endRecord()
///
/// Commas are set by the writer. What it writes is valid UTF-8, and valid JSON if keys and values alternate; a record
/// ends with one newline and holds no other.
public struct JSONWriter: Sendable {
  /// What was written so far, from the first record on.
  public private(set) var bytes: [UInt8]
  /// Whether a value stands before the place of writing, so that the next key or element begins with a comma.
  private var needsComma = false

  public init(capacity: Int = 0) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  /// Hands over what was written and begins anew with nothing.
  public mutating func take() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &bytes)
    needsComma = false
    return taken
  }

  /// Forgets what was written and keeps the room for it.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  // MARK: structure

  public mutating func beginRecord() {
    bytes.append(0x7B)
    needsComma = false
  }

  public mutating func endRecord() {
    bytes.append(0x7D)
    bytes.append(.newline)
    needsComma = false
  }

  /// The key of the next value, with the comma before it where one is due.
  public mutating func key(_ name: String) {
    separate()
    appendString(name)
    bytes.append(0x3A)
    needsComma = false
  }

  /// An object as the value of the key before.
  public mutating func beginObject() { open(0x7B) }
  public mutating func endObject() { close(0x7D) }

  /// An array as the value of the key before; its elements are values without keys.
  public mutating func beginArray() { open(0x5B) }
  public mutating func endArray() { close(0x5D) }

  // MARK: values

  public mutating func value(_ text: String) {
    separate()
    appendString(text)
    needsComma = true
  }

  public mutating func value(_ number: Int) {
    separate()
    append(decimal: number)
    needsComma = true
  }

  public mutating func value(_ truth: Bool) {
    separate()
    append(raw: truth ? "true" : "false")
    needsComma = true
  }

  public mutating func null() {
    separate()
    append(raw: "null")
    needsComma = true
  }

  /// A number with a fixed count of decimals (0 to 9), rounded from its exact value, ties to even; `null` if it is not
  /// finite.
  public mutating func value(_ number: Double, decimals: Int) {
    separate()
    append(number, decimals: decimals)
    needsComma = true
  }

  /// A value of another record, as the scanner has accepted it: byte for byte, but that raw U+007F to U+009F are escaped
  /// and lone surrogate escapes become `\ufffd`.
  public mutating func value(verbatim json: ArraySlice<UInt8>) {
    separate()
    appendVerbatim(json)
    needsComma = true
  }

  /// A string of bytes of which nothing is known: each maximal part of a sequence that is not UTF-8 becomes U+FFFD.
  public mutating func value(repairing text: some Collection<UInt8>) {
    value(String(decoding: text, as: UTF8.self))
  }

  /// Fields of another object, `"key":value` with commas between, which the scanner has accepted.
  mutating func fields(verbatim json: ArraySlice<UInt8>) {
    separate()
    appendVerbatim(json)
    needsComma = true
  }

  // MARK: bytes

  mutating func append(raw text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(raw run: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: run)
  }

  mutating func append(raw byte: UInt8) { bytes.append(byte) }

  @inline(__always)
  private mutating func separate() {
    if needsComma { bytes.append(0x2C) }
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }
}
