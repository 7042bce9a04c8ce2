import JSONLines

/// Finds the object that a model was asked for in what it said. Around it may stand white space, a code fence, words, and
/// the thoughts of a model that shows them.
struct ReplyObject {
  /// Whole objects that stand by themselves, in the order of the text.
  private let objects: [(range: Range<Int>, value: JSONValue)]
  /// Where the thoughts end, by the last mark that ends some.
  private let thoughtsEnd: Int
  private let text: [UInt8]

  init(in text: String) {
    self.text = Array(text.utf8)
    let objects = Self.objects(in: self.text)
    self.objects = objects
    thoughtsEnd = Self.thoughtsEnd(in: self.text) { index in objects.contains { $0.range.contains(index) } }
  }

  /// Whether the model said nothing but thoughts.
  var isEmpty: Bool { text[thoughtsEnd...].allSatisfy(\.isSpace) && (objects.isEmpty || thoughtsEnd == 0) }

  /// The last object that fits, if there is no doubt that it is meant: not with another before it that fits as well, unless
  /// that is a thought.
  /// - Parameter check: takes an object, or says what is wrong with it.
  /// - Returns: nil where no object is meant.
  /// - Throws: what is wrong with the last one, where none fits.
  func last<Fitting>(
    where check: (JSONValue) throws(ReplyMismatch) -> Fitting
  ) throws(ReplyMismatch) -> Fitting? {
    // Behind its thoughts some model says nothing more: then the answer is the last of them.
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

  /// How much is looked through at most, in lengths of the text: a text of nothing but braces would take its square.
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
        // A list that was begun is no prose, also where it was not ended.
        if byte == UInt8(ascii: "["), let next = text[(index + 1)...].firstIndex(where: { !$0.isSpace }),
          text[next] == UInt8(ascii: "{"), let end = Self.end(ofValueAt: next, in: text, &effort)
        {
          index = end
        } else {
          index += 1
        }
        continue
      }
      // Whether an array has one element or several is not seen from outside: what is in it is not meant by itself.
      if value.kind == .object { objects.append((index..<end, value)) }
      index = end
    }
    return objects
  }

  /// Behind the bracket that closes the one at `start`; strings are passed over.
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

  /// Behind the last mark that ends thoughts: `</think>`, `[/THINK]`, `◁/think▷`, `<|end|>`, `<|channel|>final<|message|>`
  /// and their like. Marks within objects are text.
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
    // Of marks with bars some begin thoughts; the answer is behind those as well.
    return end.upperBound - index
  }
}
