import JSONLines

/// Finds the requested JSON object in a reply. White space, a code fence, words, and the thoughts of a model that shows
/// them may surround it.
struct ReplyObject {
  /// The complete objects outside of arrays and other objects, in the order of the text.
  private let objects: [(range: Range<Int>, value: JSONValue)]
  /// The index after the last mark that ends thoughts; 0 if there is no mark.
  private let thoughtsEnd: Int
  private let text: [UInt8]

  init(in text: String) {
    self.text = Array(text.utf8)
    let objects = Self.objects(in: self.text)
    self.objects = objects
    thoughtsEnd = Self.thoughtsEnd(in: self.text) { index in objects.contains { $0.range.contains(index) } }
  }

  /// Whether the reply is blank, or consists of thoughts without an object.
  var isEmpty: Bool { text[thoughtsEnd...].allSatisfy(\.isSpace) && (objects.isEmpty || thoughtsEnd == 0) }

  /// Returns the last object that passes a check. Outside of thoughts, the choice must be unambiguous: no other object
  /// may pass.
  /// - Parameter check: converts an object, or throws what is wrong with it.
  /// - Returns: the converted object; nil if there is no object, or if the choice is ambiguous.
  /// - Throws: what is wrong with the last object, if none passes.
  func last<Fitting>(
    where check: (JSONValue) throws(ReplyMismatch) -> Fitting
  ) throws(ReplyMismatch) -> Fitting? {
    // Some models write nothing after their thoughts. The answer is then the last object within them.
    let isInThoughts = text[thoughtsEnd...].allSatisfy(\.isSpace)
    let candidates = objects.filter { isInThoughts || $0.range.lowerBound >= thoughtsEnd }
    var fitting: Fitting?
    var mismatch: ReplyMismatch?
    for (_, value) in candidates.reversed() {
      do throws(ReplyMismatch) {
        let value = try check(value)
        if fitting != nil { return nil }
        if thoughtsEnd > 0, isInThoughts { return value }
        fitting = value
      } catch {
        if mismatch == nil { mismatch = error }
      }
    }
    if let fitting { return fitting }
    if let mismatch { throw mismatch }
    return nil
  }

  // MARK: Objects

  /// The limit on the bytes scanned, in lengths of the text (and a constant): a text of nothing but braces would take
  /// quadratic time.
  private static let effort = 16

  private static func objects(in text: [UInt8]) -> [(range: Range<Int>, value: JSONValue)] {
    var objects: [(Range<Int>, JSONValue)] = []
    var index = 0
    var effort = Self.effort * text.count + 65_536
    while index < text.count, effort > 0 {
      let byte = text[index]
      guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "["), let end = end(ofValueAt: index, in: text, &effort),
        let value = try? JSONValue(scanning: Array(text[index..<end]))
      else {
        // An object at the start of an array is part of it, even if the array is incomplete or invalid.
        if byte == UInt8(ascii: "["), let next = text[(index + 1)...].firstIndex(where: { !$0.isSpace }),
          text[next] == UInt8(ascii: "{"), let end = Self.end(ofValueAt: next, in: text, &effort)
        {
          index = end
        } else {
          index += 1
        }
        continue
      }
      // Objects in an array do not count, even if there is only one.
      if value.kind == .object { objects.append((index..<end, value)) }
      index = end
    }
    return objects
  }

  /// Returns the index after the bracket that closes the one at `start`; nil if there is none. Brackets in strings are
  /// ignored.
  private static func end(ofValueAt start: Int, in text: [UInt8], _ effort: inout Int) -> Int? {
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

  // MARK: Thoughts

  /// Returns the index after the last mark that ends thoughts: `</think>`, `[/THINK]`, `◁/think▷`, `<|end|>`,
  /// `<|channel|>final<|message|>` and the like; 0 if there is none. Marks within objects are text.
  private static func thoughtsEnd(in text: [UInt8], isInObject: (Int) -> Bool) -> Int {
    var end = 0
    for index in text.indices {
      guard let length = length(ofMarkAt: index, in: text), !isInObject(index) else { continue }
      end = index + length
    }
    return end
  }

  private static let markBeginnings = ["</", "[/", "<|", "◁/"].map { Array($0.utf8) }
  private static let thoughtWords = ["think", "thought", "reason", "reflect", "analysis", "scratch", "plan", "draft"]
  private static let controlWords = ["message", "end", "start", "channel", "sep", "begin_of_solution", "response"]

  private static func length(ofMarkAt index: Int, in text: [UInt8]) -> Int? {
    let first = text[index]
    guard first == UInt8(ascii: "<") || first == UInt8(ascii: "[") || first == 0xE2,
      let beginning = markBeginnings.first(where: { text[index...].starts(with: $0) })
    else { return nil }
    let body = text[(index + beginning.count)...].prefix(40)
    let closing: [UInt8] =
      switch beginning {
      case markBeginnings[1]: Array("]".utf8)
      case markBeginnings[2]: Array("|>".utf8)
      case markBeginnings[3]: Array("▷".utf8)
      default: Array(">".utf8)
      }
    guard let end = body.firstRange(of: closing) else { return nil }
    let name = String(decoding: body[..<end.lowerBound], as: UTF8.self).lowercased()
    let isControl = beginning == markBeginnings[2] && controlWords.contains { name.contains($0) }
    guard isControl || thoughtWords.contains(where: { name.contains($0) }) else { return nil }
    // Some marks with bars begin thoughts rather than end them. The answer follows those as well.
    return end.upperBound - index
  }
}
