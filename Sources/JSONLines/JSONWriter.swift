import Basics

/// Builds NDJSON records in a byte buffer.
///
///     writer.beginRecord()
///     writer.key("id"); writer.value(verbatim: record.bytes(of: field))
///     writer.key("summary"); writer.value("…")
///     writer.key("error"); writer.beginObject(); …; writer.endObject()
///     writer.endRecord()
///
/// The writer sets the commas. Its output is valid UTF-8, and valid JSON if keys and values alternate. A record ends
/// with one newline, and has no other unless a verbatim value has one.
public struct JSONWriter: Sendable {
  /// Everything written so far.
  public private(set) var bytes: [UInt8]
  /// Whether a value precedes the next key or element, so that a comma is due.
  private var needsComma = false

  public init(capacity: Int = 0) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  /// Returns what was written, and starts again with an empty buffer.
  public mutating func take() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &bytes)
    needsComma = false
    return taken
  }

  /// Drops what was written, and keeps the capacity.
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

  /// Writes the key of the next value, preceded by a comma if one is due.
  /// - Parameter name: ASCII without anything that JSON escapes.
  public mutating func key(_ name: StaticString) {
    separate()
    append(raw: .quote)
    append(raw: name)
    append(raw: .quote)
    bytes.append(0x3A)
    needsComma = false
  }

  /// Same for a name that is known at run time only, of any characters.
  public mutating func key(of name: String) {
    separate()
    appendString(name)
    bytes.append(0x3A)
    needsComma = false
  }

  /// Begins an object as the value of the last key.
  public mutating func beginObject() { open(0x7B) }
  public mutating func endObject() { close(0x7D) }

  /// Begins an array as the value of the last key. Its elements are values without keys.
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

  /// Writes a number with a fixed number of decimals (0 to 9), rounded from its exact value, ties to even; `null` if it
  /// is not finite.
  public mutating func value(_ number: Double, decimals: Int) {
    separate()
    append(number, decimals: decimals)
    needsComma = true
  }

  /// Writes a value of another record that the scanner has accepted, byte for byte, except that raw U+007F to U+009F
  /// are escaped and lone surrogate escapes become `\ufffd`.
  public mutating func value(verbatim json: ArraySlice<UInt8>) {
    separate()
    appendVerbatim(json)
    needsComma = true
  }

  /// Writes arbitrary bytes as a string: each maximal subpart of an ill-formed UTF-8 sequence becomes U+FFFD.
  public mutating func value(repairing text: some Collection<UInt8>) {
    value(String(decoding: text, as: UTF8.self))
  }

  /// Writes fields of another object that the scanner has accepted, `"key":value` with commas between, as
  /// `value(verbatim:)` writes a value.
  public mutating func fields(verbatim json: ArraySlice<UInt8>) {
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

extension JSONWriter {
  /// Writes `text` as a JSON string. What JSON requires and U+007F to U+009F are escaped; everything else is unchanged.
  mutating func appendString(_ text: String) {
    append(raw: .quote)
    // A copy, which `withUTF8` needs, is made only of a string that is not stored as UTF-8.
    let isWritten: Void? = text.utf8.withContiguousStorageIfAvailable { appendEscaped($0) }
    if isWritten == nil {
      var text = text
      text.withUTF8 { appendEscaped($0) }
    }
    append(raw: .quote)
  }

  /// Runs without escapes are found and copied in blocks. From an escape on, the next few bytes are examined one by
  /// one, since escapes tend to occur close together.
  private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    guard let base = text.baseAddress else { return }
    var index = 0
    while index < text.count {
      let stop = BlockSearch.first(base, index, text.count, \.writerStops) ?? text.count
      append(raw: UnsafeBufferPointer(rebasing: text[index..<stop]))
      index = stop
      if index < text.count { appendBytewise(text, &index) }
    }
  }

  private mutating func appendBytewise(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
    let end = min(index + 32, text.count)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32 * 6) { output in
      var escaper = StringEscaper(output: output.baseAddress!)
      while index < end {
        let byte = text[index]
        index &+= 1
        // U+0080 to U+009F are escaped; from U+00A0 on the character is unchanged. The second byte may lie after `end`.
        if byte == 0xC2 && text[index] < 0xA0 {
          escaper.put(unicode: text[index])
          index &+= 1
        } else {
          escaper.put(byte)
        }
      }
      append(raw: UnsafeBufferPointer(start: output.baseAddress!, count: escaper.count))
    }
  }

  /// `\u00xx`, in lower case.
  mutating func appendUnicodeEscape(of byte: UInt8) {
    append(raw: "\\u00")
    append(raw: Hexadecimal.digit(byte >> 4))
    append(raw: Hexadecimal.digit(byte & 15))
  }
}

extension JSONWriter {
  mutating func append(decimal number: Int) {
    if number < 0 { append(raw: 0x2D) }
    DecimalDigits.with(number.magnitude) { append(raw: $0) }
  }

  /// Rounds like `printf`, without a locale: the exact product with a power of ten, ties to even. A number that rounds
  /// to zero has no minus. Beyond 2^53 units of the last decimal the number is written in its shortest form.
  mutating func append(_ number: Double, decimals: Int) {
    precondition(0...9 ~= decimals, "0 to 9 decimals can be written")
    guard number.isFinite else { return append(raw: "null") }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let product = number.magnitude * scale
    guard product < 0x1p53 else {
      var text = "\(number)"
      return text.withUTF8 { append(raw: $0) }
    }
    // The product is already rounded. The part lost in rounding decides where the product looks like a tie.
    let lost = (-product).addingProduct(number.magnitude, scale)
    var rounded = product.rounded(.toNearestOrEven)
    if product - rounded == 0.5 && lost > 0 { rounded += 1 }
    if product - rounded == -0.5 && lost < 0 { rounded -= 1 }
    if number < 0 && rounded > 0 { append(raw: 0x2D) }
    let (whole, fraction) = UInt(rounded).quotientAndRemainder(dividingBy: UInt(scale))
    DecimalDigits.with(whole) { append(raw: $0) }
    if decimals > 0 {
      append(raw: 0x2E)
      DecimalDigits.with(fraction, atLeast: decimals) { append(raw: $0) }
    }
  }
}

extension JSONWriter {
  /// Writes JSON that the scanner has accepted, byte for byte except for lone surrogate escapes and raw U+007F to
  /// U+009F, which can occur in strings only.
  mutating func appendVerbatim(_ json: ArraySlice<UInt8>) {
    json.withUnsafeBufferPointer { json in
      guard let base = json.baseAddress else { return }
      var run = 0
      var index = 0
      while let stop = BlockSearch.first(base, index, json.count, \.verbatimStops) {
        let change = EscapeChange(base, stop, json.count)
        index = stop + change.length
        guard change.kind != .none else { continue }
        append(raw: UnsafeBufferPointer(rebasing: json[run..<stop]))
        if change.kind == .escape {
          appendUnicodeEscape(of: base[index - 1])
        } else {
          append(raw: "\\ufffd")
        }
        run = index
      }
      append(raw: UnsafeBufferPointer(rebasing: json[run...]))
    }
  }
}

/// The change to make at a stop, and the number of bytes it concerns.
private struct EscapeChange {
  enum EscapeKind { case none, escape, replace }

  let kind: EscapeKind
  let length: Int

  init(_ base: UnsafePointer<UInt8>, _ stop: Int, _ count: Int) {
    switch base[stop] {
    case 0x7F: (kind, length) = (.escape, 1)
    case 0xC2: (kind, length) = (base[stop + 1] < 0xA0 ? .escape : .none, 2)
    default:
      // A backslash. The scanner has checked that a whole escape follows.
      guard base[stop + 1] == 0x75 else {
        (kind, length) = (.none, 2)
        return
      }
      let unit = HexQuad(base + stop + 2).codeUnit
      guard unit & 0xF800 == 0xD800 else {
        (kind, length) = (.none, 6)
        return
      }
      let isPair =
        unit < 0xDC00 && stop + 12 <= count && base[stop + 6] == .backslash && base[stop + 7] == 0x75
        && HexQuad(base + stop + 8).codeUnit & 0xFC00 == 0xDC00
      (kind, length) = isPair ? (.none, 12) : (.replace, 6)
    }
  }
}

/// Writes the bytes of a string one by one, each escaped if necessary: at most six bytes for one.
struct StringEscaper {
  let output: UnsafeMutablePointer<UInt8>
  var count = 0

  @inline(__always)
  mutating func put(_ byte: UInt8) {
    if byte >= 0x20 && byte != .quote && byte != .backslash && byte != 0x7F {
      output[count] = byte
      count &+= 1
      return
    }
    let letter: UInt8
    switch byte {
    case .quote, .backslash: letter = byte
    case .newline: letter = 0x6E
    case .carriageReturn: letter = 0x72
    case 0x09: letter = 0x74
    case 0x08: letter = 0x62
    case 0x0C: letter = 0x66
    default: return put(unicode: byte)
    }
    output[count] = .backslash
    output[count &+ 1] = letter
    count &+= 2
  }

  /// `\u00xx`, in lower case.
  mutating func put(unicode byte: UInt8) {
    output[count] = .backslash
    output[count &+ 1] = 0x75
    output[count &+ 2] = 0x30
    output[count &+ 3] = 0x30
    output[count &+ 4] = Hexadecimal.digit(byte &>> 4)
    output[count &+ 5] = Hexadecimal.digit(byte & 15)
    count &+= 6
  }
}
