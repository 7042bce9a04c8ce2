package import JSONLines

/// The shape of an input whose first line is not a JSON object. Such an input fails line by line, and one hint says
/// more than a thousand errors.
package enum InputShape: Equatable, Sendable {
  /// One array, or a line that begins an array.
  case array
  /// One document spread over several lines.
  case prettyPrinted
  /// Several objects on a line.
  case severalOnALine
  /// Several objects on a line, with commas between.
  case commasBetween
  /// An object followed by a comma.
  case trailingComma
  /// Objects that each begin with the record separator of RFC 7464.
  case recordSeparators
  /// Server-sent events: `data: {…}`
  case eventStream
  /// One string on each line.
  case strings
  case xml
  case csv(separator: String)
  case tsv
  case markdown
  case plainText

  /// Recognises the shape; nil for a line that may be a single bad line among good ones.
  package init?(firstLine: NumberedLine.LineContent) {
    let (bytes, isWhole) =
      switch firstLine {
      case .complete(let bytes): (bytes, true)
      case .tooLong(let prefix, _): (prefix, false)
      }
    let text = Self.trimmed(bytes[...])
    guard let first = text.first else { return nil }
    switch first {
    case UInt8(ascii: "{"):
      guard isWhole, let shape = Self.shape(ofObject: Array(text)) else { return nil }
      self = shape
    case UInt8(ascii: "["): self = .array
    case 0x1E: self = .recordSeparators
    case UInt8(ascii: "<"): self = .xml
    case UInt8(ascii: "#"): self = .markdown
    case UInt8(ascii: "\""):
      if (try? JSON.validate(Array(text))) == .string { self = .strings } else { self.init(text) }
    default: self.init(text)
    }
  }

  /// Recognises the shape of a line that is not JSON; nil if it is JSON.
  private init?(_ text: ArraySlice<UInt8>) {
    guard (try? JSON.validate(Array(text))) == nil else { return nil }
    if text.starts(with: "data: {".utf8) || text.starts(with: "data:{".utf8) {
      self = .eventStream
    } else if text.elementsEqual("---".utf8) {
      self = .markdown
    } else if Self.isHeader(text, UInt8(ascii: "\t")) {
      self = .tsv
    } else if Self.isHeader(text, UInt8(ascii: ",")) {
      self = .csv(separator: ",")
    } else if Self.isHeader(text, UInt8(ascii: ";")) {
      self = .csv(separator: ";")
    } else {
      self = .plainText
    }
  }

  private static func shape(ofObject text: [UInt8]) -> InputShape? {
    // An article on one line has something after its opening brace.
    if text.count == 1 { return .prettyPrinted }
    let end: Int
    do throws(RecordError) {
      _ = try JSONRecord(scanning: text)
      return nil
    } catch {
      end = error.offset - 1
    }
    // The line's only fault is that it ends: the rest is on the following lines.
    if end >= text.count { return "{[,:".utf8.contains(text[text.count - 1]) ? .prettyPrinted : nil }
    guard end > 0, (try? JSONRecord(scanning: Array(text[..<end]))) != nil else { return nil }
    let rest = trimmed(text[end...])
    switch rest.first {
    case UInt8(ascii: "{"): return .severalOnALine
    case UInt8(ascii: ","): return trimmed(rest.dropFirst()).isEmpty ? .trailingComma : .commasBetween
    default: return nil
    }
  }

  /// Returns whether the line looks like column names: several short ones, without a leading space, full stop or brace.
  private static func isHeader(_ text: ArraySlice<UInt8>, _ separator: UInt8) -> Bool {
    let columns = text.split(separator: separator, omittingEmptySubsequences: false)
    return columns.count > 1
      && columns.allSatisfy { column in
        !column.isEmpty && column.count <= 40 && column.first != 0x20
          && !column.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "{") }
      }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    let end = (bytes.lastIndex { !isSpace($0) } ?? bytes.startIndex - 1) + 1
    return bytes[..<end].drop(while: isSpace)
  }
}
