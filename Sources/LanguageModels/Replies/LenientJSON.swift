import JSONLines

/// A parser of JSON that accepts the deviations of some servers: a byte order mark, a NUL at the end, and words in
/// place of numbers that JSON does not have.
enum LenientJSON {
  static func value(_ body: [UInt8]) -> JSONValue? {
    if let value = try? JSONValue(scanning: body) { return value }
    var body = body[...]
    if body.starts(with: [0xEF, 0xBB, 0xBF]) { body = body.dropFirst(3) }
    while body.last == 0 { body = body.dropLast() }
    if let value = try? JSONValue(scanning: Array(body)) { return value }
    guard let first = body.first(where: { !$0.isSpace }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    else {
      return nil
    }
    return withoutWords(Array(body)).flatMap { try? JSONValue(scanning: $0) }
  }

  /// Returns the object that a body begins with; nil if there is none, or if more JSON follows it. Words after a reply,
  /// of a proxy or of what a server logs, are not part of it.
  static func leadingObject(_ body: [UInt8]) -> JSONValue? {
    var effort = 0
    guard let start = body.firstIndex(where: { !$0.isSpace }), body[start] == UInt8(ascii: "{"),
      let end = end(ofValueAt: start, in: body, &effort), !body[end...].contains(UInt8(ascii: "{"))
    else { return nil }
    return value(Array(body[start..<end]))
  }

  /// Returns the index after the bracket that closes the one at `start`; nil if there is none. Brackets in strings are
  /// ignored.
  /// - Parameter effort: is reduced by the number of bytes examined.
  static func end(ofValueAt start: Int, in text: [UInt8], _ effort: inout Int) -> Int? {
    var depth = 0
    var index = start
    var isInString = false
    defer { effort -= index - start }
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\\") where isInString: index += 1
      case UInt8(ascii: "\""): isInString.toggle()
      case UInt8(ascii: "{") where !isInString, UInt8(ascii: "[") where !isInString: depth += 1
      case UInt8(ascii: "}") where !isInString, UInt8(ascii: "]") where !isInString:
        depth -= 1
        if depth == 0 { return index + 1 }
      default: break
      }
      index += 1
    }
    return nil
  }

  /// Returns the body with null in place of every word outside of strings that JSON does not have, such as `NaN`,
  /// `-Infinity` and `inf`; nil if there is none.
  private static func withoutWords(_ body: [UInt8]) -> [UInt8]? {
    var repaired: [UInt8] = []
    repaired.reserveCapacity(body.count)
    var hasWord = false
    var isInString = false
    var index = 0
    while index < body.count {
      let byte = body[index]
      let start = index
      index += 1
      if isInString {
        if byte == UInt8(ascii: "\\"), index < body.count { index += 1 }
        isInString = byte != UInt8(ascii: "\"")
      } else if byte == UInt8(ascii: "\"") {
        isInString = true
      } else if isInWord(byte) {
        while index < body.count, isInWord(body[index]) { index += 1 }
        if isForeign(body[start..<index]) {
          repaired += "null".utf8
          hasWord = true
          continue
        }
      }
      repaired += body[start..<index]
    }
    return hasWord ? repaired : nil
  }

  private static func isInWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: ".")
  }

  /// Returns whether a word is neither a number nor one of the three words of JSON.
  private static func isForeign(_ word: ArraySlice<UInt8>) -> Bool {
    guard let first = word.first(where: { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }), isLetter(first) else {
      return false
    }
    return !["true", "false", "null"].contains { word.elementsEqual($0.utf8) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

/// The fields of an object, found in one scan of it. `JSONValue` scans the object for each field, which takes too long
/// where many names are tried and a server may have sent a megabyte.
struct ObjectFields {
  private let record: JSONRecord?

  /// - Parameter value: a value of any kind. Only an object has fields.
  init(_ value: JSONValue) {
    record = value.kind == .object ? try? JSONRecord(scanning: value.bytes) : nil
  }

  /// The field of this name; of several fields the last. A field that is null counts as absent.
  subscript(_ name: String) -> JSONValue? {
    guard let record, let field = record[name], field.kind != .null else { return nil }
    return try? JSONValue(scanning: Array(record.bytes(of: field)))
  }
}
