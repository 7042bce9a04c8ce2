import JSONLines

/// Recognises by its first line a whole document where a line an article was expected: an array, or pretty-printed
/// JSON. Such input fails line by line, and one hint says more than a thousand errors.
enum ShapeHint {
  static let message =
    "the input looks like one JSON document; make lines of it with jq -c '.[]' (an array) or jq -c . (an object)"

  static func applies(to firstLine: Line) -> Bool {
    guard case .complete(let bytes) = firstLine.content else { return false }
    let text = bytes.drop(while: isBlank)
    guard let first = text.first else { return false }
    // No article begins with a bracket, and none that fits on a line has nothing behind its brace.
    return first == UInt8(ascii: "[") || first == UInt8(ascii: "{") && text.dropFirst().allSatisfy(isBlank)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
