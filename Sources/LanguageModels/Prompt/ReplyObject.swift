import JSONLines

/// Finds the requested JSON object in a reply. White space, a code fence, words, and the thoughts of a model that shows
/// them may surround it.
struct ReplyObject {
  /// The complete objects outside of arrays and other objects, in the order of the text.
  private let objects: [Range<Int>]
  /// The objects that are elements of complete arrays. They count only where no object outside of arrays fits.
  private let elements: [Range<Int>]
  /// The index after the last mark that ends thoughts; 0 if there is no mark.
  private let thoughtsEnd: Int
  private let text: [UInt8]

  init(in text: String) {
    self.text = Array(text.utf8)
    (objects, elements) = Self.objects(in: self.text)
    thoughtsEnd = Self.thoughtsEnd(
      in: self.text, outside: (objects + elements).sorted { $0.lowerBound < $1.lowerBound })
  }

  /// Whether the reply is blank, or consists of thoughts without an object.
  var isEmpty: Bool {
    text[thoughtsEnd...].allSatisfy(\.isSpace) && (objects.isEmpty && elements.isEmpty || thoughtsEnd == 0)
  }

  /// Returns the last object that passes a check. The choice must be unambiguous: an earlier object that passes as well
  /// must be a thought, or the same object once more. If none passes outside of arrays, the only element of an array
  /// that passes is returned: of several, none is more likely to be the answer than the others.
  /// - Parameter check: converts an object, or throws what is wrong with it.
  /// - Returns: the converted object; nil if there is no object, or if the choice is ambiguous.
  /// - Throws: what is wrong with the last object, if none passes.
  func last<Fitting>(
    where check: (JSONValue) throws(ReplyMismatch) -> Fitting
  ) throws(ReplyMismatch) -> Fitting? {
    // Some models write nothing after their thoughts. The answer is then the last object within them.
    let isInThoughts = text[thoughtsEnd...].allSatisfy(\.isSpace)
    let candidates = objects.reversed().prefix { isInThoughts || $0.lowerBound >= thoughtsEnd }.prefix(Self.mostObjects)
    var fitting: (object: Range<Int>, value: Fitting)?
    var mismatch: ReplyMismatch?
    for object in candidates {
      guard let json = try? JSONValue(scanning: Array(text[object])) else { continue }
      do throws(ReplyMismatch) {
        let value = try check(json)
        if let fitting {
          let between = text[object.upperBound..<fitting.object.lowerBound]
          if Self.endsThoughts(between) { break }
          guard text[object] == text[fitting.object], Self.isFence(between) else { return nil }
        } else if thoughtsEnd > 0, isInThoughts {
          return value
        }
        fitting = (object, value)
      } catch {
        if mismatch == nil { mismatch = error }
      }
    }
    if let fitting { return fitting.value }
    var fittingElements: [Fitting] = []
    for element in elements.reversed().prefix(while: { isInThoughts || $0.lowerBound >= thoughtsEnd }).prefix(
      Self.mostObjects)
    {
      guard let json = try? JSONValue(scanning: Array(text[element])) else { continue }
      do throws(ReplyMismatch) {
        fittingElements.append(try check(json))
      } catch {
        if mismatch == nil { mismatch = error }
      }
    }
    if fittingElements.count == 1 { return fittingElements[0] }
    if fittingElements.isEmpty, let mismatch { throw mismatch }
    return nil
  }

  // MARK: Objects

  /// The maximum number of objects that are examined, from the last one. A reply with more of them does not mean one of
  /// them.
  private static let mostObjects = 64

  /// Returns the limit on the bytes scanned: a text of nothing but braces would take quadratic time. A text that is
  /// longer than any answer gets fewer passes.
  private static func effort(for text: [UInt8]) -> Int { min(16 * text.count, 2 * text.count + 4_000_000) + 65_536 }

  private static func objects(in text: [UInt8]) -> (objects: [Range<Int>], elements: [Range<Int>]) {
    var objects: [Range<Int>] = []
    var elements: [Range<Int>] = []
    var index = 0
    var effort = effort(for: text)
    while index < text.count, effort > 0 {
      if text[index] == UInt8(ascii: "["), let list = list(at: index, in: text, &effort) {
        if list.isClosed { elements += list.objects }
        index = list.end
      } else if text[index] == UInt8(ascii: "{"), let end = LenientJSON.end(ofValueAt: index, in: text, &effort),
        isObject(text[index..<end])
      {
        objects.append(index..<end)
        index = end
      } else {
        index += 1
      }
    }
    return (objects, elements)
  }

  /// Returns the list that begins with a bracket; nil if it is none, such as `[as requested]`. A list that lacks its end,
  /// or is no JSON otherwise, is one as far as objects follow one another.
  private static func list(
    at start: Int, in text: [UInt8], _ effort: inout Int
  ) -> (objects: [Range<Int>], end: Int, isClosed: Bool)? {
    var objects: [Range<Int>] = []
    var index = start + 1
    func skip(_ isSkipped: (UInt8) -> Bool) { index = text[index...].firstIndex { !isSkipped($0) } ?? text.count }
    func skipSeparator() { skip { $0.isSpace || $0 == UInt8(ascii: ",") } }
    if let end = LenientJSON.end(ofValueAt: start, in: text, &effort),
      let elements = (try? JSONValue(scanning: Array(text[start..<end])))?.elements
    {
      for element in elements {
        skipSeparator()
        if element.kind == .object { objects.append(index..<(index + element.bytes.count)) }
        index += element.bytes.count
      }
      return (objects, end, true)
    }
    skip(\.isSpace)
    guard index < text.count, text[index] == UInt8(ascii: "{") else { return nil }
    let first = index
    while index < text.count, text[index] == UInt8(ascii: "{"), effort > 0,
      let end = LenientJSON.end(ofValueAt: index, in: text, &effort)
    {
      if isObject(text[index..<end]) { objects.append(index..<end) }
      index = end
      skipSeparator()
    }
    if index == first { return nil }
    let isClosed = index < text.count && text[index] == UInt8(ascii: "]")
    return (objects, index, isClosed)
  }

  private static func isObject(_ text: ArraySlice<UInt8>) -> Bool {
    (try? JSONValue(scanning: Array(text)))?.kind == .object
  }

  // MARK: Thoughts

  /// Returns the index after the last mark that ends thoughts: `</think>`, `[/THINK]`, `◁/think▷`, `<|end|>`,
  /// `<|channel|>final<|message|>` and the like; 0 if there is none. Marks within objects are text.
  private static func thoughtsEnd(in text: [UInt8], outside objects: [Range<Int>]) -> Int {
    var end = 0
    var index = 0
    for object in objects + [text.count..<text.count] {
      while index < object.lowerBound {
        if let length = length(ofMarkAt: index, in: text) { end = index + length }
        index += 1
      }
      index = object.upperBound
    }
    return end
  }

  /// Returns whether the text between two objects ends an element that contains only the first: `</cot>`, `<channel|>`
  /// and whatever other models use.
  private static func endsThoughts(_ text: ArraySlice<UInt8>) -> Bool {
    // A special token that is printed as text loses its marks.
    if ["assistantfinal", "FINAL RESPONSE]"].contains(where: { text.firstRange(of: $0.utf8) != nil }) { return true }
    var names: [[UInt8]] = []
    var hasEnd = false
    var rest = text
    while let start = rest.firstIndex(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "[") }) {
      let closing = rest[start] == UInt8(ascii: "<") ? UInt8(ascii: ">") : UInt8(ascii: "]")
      let body = rest[(start + 1)...].prefix(64).prefix { $0 != closing && !$0.isSpace }
      rest = rest[(start + 1)...]
      guard !body.isEmpty, rest.dropFirst(body.count).first(where: { !$0.isSpace }) == closing else { continue }
      let isEnd =
        body.first == UInt8(ascii: "/") || body.first == UInt8(ascii: "|") || body.last == UInt8(ascii: "|")
        || body.starts(with: "unused".utf8)
      if isEnd {
        hasEnd = true
        names.append(Array(body.dropFirst()))
      } else if names.contains(Array(body)) {
        // The second object is in such an element as well, and no more likely to be the answer than the first.
        return false
      }
    }
    return hasEnd
  }

  /// Returns whether a text consists of white space and the marks of code fences.
  private static func isFence(_ text: ArraySlice<UInt8>) -> Bool {
    text.split(whereSeparator: \.isSpace).allSatisfy { $0.starts(with: "```".utf8) }
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
