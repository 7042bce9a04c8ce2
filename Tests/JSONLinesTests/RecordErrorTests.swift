import JSONLines
import Testing

@Suite struct RecordErrorTests {
  @Test(arguments: [
    ("{", 2, "expected a key"), (#"{"a""#, 5, "expected ':' after the key"),
    (#"{"a" 1}"#, 6, "expected ':' after the key"),
    (#"{"a":}"#, 6, "expected a value"), (#"{"a":1"#, 7, "expected ',' or '}'"), (#"{"a":1,}"#, 8, "expected a key"),
    (#"{"a":[1,]}"#, 9, "expected a value"), (#"{"a":[1}"#, 8, "expected ',' or ']'"),
    (#"{"a":{"b":1]}"#, 12, "expected ',' or '}'"), (#"{"a":{"b" 1}}"#, 11, "expected ':' after the key"),
    (#"{"a":{1:1}}"#, 7, "expected a key"), (#"{a:1}"#, 2, "expected a key"), (#"{'a':1}"#, 2, "expected a key"),
    (#"{"a":01}"#, 7, "a number cannot begin with 0"), (#"{"a":-}"#, 7, "expected a digit"),
    (#"{"a":1.}"#, 8, "expected a digit"), (#"{"a":1e}"#, 8, "expected a digit"), (#"{"a":+1}"#, 6, "expected a value"),
    (#"{"a":.5}"#, 6, "expected a value"), (#"{"a":NaN}"#, 6, "expected a value"),
    (#"{"a":Infinity}"#, 6, "expected a value"),
    (#"{"a":-Infinity}"#, 7, "expected a digit"), (#"{"a":nul}"#, 6, "expected a value"),
    (#"{"a":True}"#, 6, "expected a value"),
    (#"{"a":"x"#, 8, "unterminated string"), (#"{"a":"\"#, 8, "unterminated string"),
    (#"{"a":"\x"}"#, 8, "unknown escape in a string"),
    (#"{"a":"\u00g0"}"#, 8, "expected four hexadecimal digits after \\u"),
    (#"{"a":"\u00"#, 8, "expected four hexadecimal digits after \\u"),
    ("{\"a\":\"\t\"}", 7, "unescaped control character in a string"),
    ("{\"a\":\"\0\"}", 7, "unescaped control character in a string"),
    ("{}\0", 3, "unexpected bytes after the value"), (#"{} {}"#, 4, "unexpected bytes after the value"),
    ("{\"a\":1}\r{\"a\":2}", 9, "unexpected bytes after the value"), ("{} // c", 4, "unexpected bytes after the value"),
    ("", 1, "expected a value"), ("\u{1E}{}", 1, "expected a value"), ("\u{FEFF}{}", 1, "expected a value"),
    ("[1,2", 5, "expected ',' or ']'"), ("\u{A0}{}", 1, "expected a value"),
    ("{\"a\":1\u{0C}}", 7, "expected ',' or '}'"),
    ("{\"a\":123456789012345.}", 22, "expected a digit"), ("{\"a\":1}}", 8, "unexpected bytes after the value"),
  ])
  func invalidJSON(_ line: String, _ offset: Int, _ reason: String) {
    #expect(fault(line) == RecordError(kind: .invalidJSON, offset: offset, reason: reason))
  }

  @Test(arguments: ["1", " null ", "\"x\"", "[1]", "true", "[{}]", "-0.5", "\"a string of more than a block\""])
  func otherValuesAreNoObjects(_ line: String) {
    let offset = line.prefix { $0 == " " }.count + 1
    #expect(fault(line) == RecordError(kind: .notAnObject, offset: offset, reason: "expected an object"))
  }

  @Test(arguments: 0...70) func theFirstBadByteIsNamed(_ padding: Int) {
    let start = Array("{\"\(String(repeating: "é", count: padding % 7))\(String(repeating: "x", count: padding))".utf8)
    for bad: [UInt8] in [
      [0xFF], [0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xF0],
    ] {
      let line = start + bad + Array("\":1}".utf8)
      #expect(fault(line) == RecordError(kind: .invalidUTF8, offset: start.count + 1, reason: "invalid UTF-8"))
      #expect(fault(start + bad)?.kind == .invalidUTF8, "at the very end")
    }
  }

  @Test func invalidUTF8WinsOverInvalidJSON() {
    #expect(fault(Array("nonsense".utf8) + [0xFF])?.kind == .invalidUTF8)
  }

  @Test func depthIsLimitedInEveryField() {
    func nested(_ depth: Int, _ open: String = "[", _ close: String = "]") -> String {
      "{\"id\":1,\"x\":" + String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth) + "}"
    }
    #expect(fault(nested(510)) == nil)
    #expect(fault(nested(511)) == nil)
    #expect(fault(nested(512))?.reason == "nested deeper than 512")
    #expect(fault(nested(513))?.kind == .invalidJSON)
    #expect(fault(nested(100_000))?.offset == "{\"id\":1,\"x\":".utf8.count + 512)
    #expect(fault(nested(511, "{\"a\":", "}")) == nil)
    #expect(fault(nested(512, "{\"a\":", "}"))?.reason == "nested deeper than 512")
    #expect(fault(nested(255, "[{\"a\":", "}]")) == nil)
    #expect(fault(String(repeating: "[", count: 100_000))?.kind == .invalidJSON)
    #expect(fault(String(repeating: "{\"\":", count: 100_000))?.kind == .invalidJSON)
    #expect(isValue(String(repeating: "[", count: 512) + String(repeating: "]", count: 512)))
    #expect(!isValue(String(repeating: "[", count: 513) + String(repeating: "]", count: 513)))
  }

  @Test func closingBracketsMatchAtEveryDepth() {
    // Mixed kinds over the words in which they are kept.
    for depth in [1, 63, 64, 65, 127, 128, 129, 300, 511] {
      let kinds = (0..<depth).map { $0 % 3 == 0 }
      let open = kinds.map { $0 ? "{\"a\":" : "[" }.joined()
      let close = kinds.reversed().map { $0 ? "}" : "]" }
      #expect(fault("{\"x\":" + open + "1" + close.joined() + "}") == nil)
      for place in [0, depth / 2, depth - 1] {
        var wrong = close
        wrong[place] = close[place] == "}" ? "]" : "}"
        #expect(fault("{\"x\":" + open + "1" + wrong.joined() + "}") != nil)
      }
    }
  }
}
