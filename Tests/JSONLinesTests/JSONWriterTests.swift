import JSONLines
import Testing
import TestSupport

@Suite struct JSONWriterTests {
  private func string(_ text: String) -> String {
    String(
      written {
        $0.key("k"); $0.value(text)
      }.dropFirst(5).dropLast())
  }

  private func verbatim(_ json: String) -> String {
    String(
      written {
        $0.key("k"); $0.value(verbatim: Array(json.utf8)[...])
      }.dropFirst(5).dropLast())
  }

  private func number(_ value: Double, _ decimals: Int) -> String {
    String(
      written {
        $0.key("k"); $0.value(value, decimals: decimals)
      }.dropFirst(5).dropLast())
  }

  @Test func fieldsOfAnotherObjectStandAmongOthers() {
    let record = written {
      $0.key("a")
      $0.value(1)
      $0.fields(verbatim: Array(#""b":2,"c":[3]"#.utf8)[...])
      $0.key("d")
      $0.value(4)
    }
    #expect(record == #"{"a":1,"b":2,"c":[3],"d":4}"#)
  }

  @Test func commasStandBetween() {
    let record = written {
      $0.key("a")
      $0.value(1)
      $0.key("b")
      $0.beginObject()
      $0.endObject()
      $0.key("c")
      $0.beginArray()
      $0.value("x")
      $0.value(true)
      $0.null()
      $0.beginObject()
      $0.key("d")
      $0.value(-2)
      $0.key("e")
      $0.value(false)
      $0.endObject()
      $0.endArray()
      $0.key("f")
      $0.value(0.5, decimals: 2)
    }
    #expect(record == #"{"a":1,"b":{},"c":["x",true,null,{"d":-2,"e":false}],"f":0.50}"#)
  }

  @Test func recordsEndWithOneNewline() {
    var writer = JSONWriter()
    for number in 1...2 {
      writer.beginRecord()
      writer.key("n")
      writer.value(number)
      writer.endRecord()
    }
    #expect(writer.take() == Array("{\"n\":1}\n{\"n\":2}\n".utf8))
    #expect(writer.bytes.isEmpty)
    writer.beginRecord()
    writer.removeAll()
    writer.beginRecord()
    writer.endRecord()
    #expect(writer.bytes == Array("{}\n".utf8))
  }

  /// Values are also written alone, such as a name as JSON text.
  @Test func nothingIsLeftOfAValueThatWasTakenOrDropped() {
    var writer = JSONWriter()
    for number in 1...3 {
      writer.value(number)
      #expect(writer.take() == Array("\(number)".utf8))
    }
    writer.value(4)
    writer.removeAll()
    writer.value(5)
    #expect(writer.bytes == Array("5".utf8))
  }

  @Test(arguments: [
    ("", ""), ("plain é 市 😀", "plain é 市 😀"), ("\"\\/", #"\"\\/"#), ("\n\r\t\u{8}\u{C}", #"\n\r\t\b\f"#),
    ("\0\u{1}\u{1F} ", #"\u0000\u0001\u001f "#), ("\u{7F}\u{80}\u{85}\u{9F}", #"\u007f\u0080\u0085\u009f"#),
    ("\u{A0}«\u{BF}À\u{E9}", "\u{A0}«\u{BF}À\u{E9}"),
    ("\u{2028}\u{2029}\u{FFFD}\u{FEFF}", "\u{2028}\u{2029}\u{FFFD}\u{FEFF}"),
  ])
  func whatIsEscaped(_ text: String, _ json: String) {
    for padding in 0..<34 {
      let before = String(repeating: "x", count: padding)
      #expect(string(before + text + "yz") == "\"\(before)\(json)yz\"")
    }
  }

  @Test(arguments: [
    (#""plain é \n \u00e9 \ud83d\ude00 \/""#, #""plain é \n \u00e9 \ud83d\ude00 \/""#),
    (#""\ud800""#, #""\ufffd""#), (#""\udc00\udc01\ud800\ud801""#, #""\ufffd\ufffd\ufffd\ufffd""#),
    (#""\uDC00x\uD83d""#, #""\ufffdx\ufffd""#),
    (#""\ud800\ud83d\ude00""#, #""\ufffd\ud83d\ude00""#),
    (#""\\ud800\\\ud800""#, #""\\ud800\\\ufffd""#), (#""\ud83d\\ude00""#, #""\ufffd\\ude00""#),
    (#"{"\udc00": [1.10, 1e999, -0]}"#, #"{"\ufffd": [1.10, 1e999, -0]}"#),
    ("12345678901234567890", "12345678901234567890"),
    ("\"\u{7F}\u{80}\u{9F}\u{A0}\"", "\"\\u007f\\u0080\\u009f\u{A0}\""),
  ])
  func whatIsTakenOverKeepsItsBytes(_ json: String, _ output: String) {
    for padding in 0..<20 {
      let space = String(repeating: " ", count: padding)
      #expect(verbatim("[\(space)\(json)]") == "[\(space)\(output)]")
    }
  }

  @Test func badBytesBecomeReplacementCharacters() {
    let record = written {
      $0.key("k")
      $0.value(repairing: [0x61, 0xFF, 0xE2, 0x82, 0x62, 0xF0, 0x80, 0x0A, 0xC2])
    }
    #expect(record == "{\"k\":\"a\u{FFFD}\u{FFFD}b\u{FFFD}\u{FFFD}\\n\u{FFFD}\"}")
  }

  @Test(arguments: [0, 1, -1, 9, 10, -10, 1234567890, Int.max, Int.min]) func integers(_ value: Int) {
    #expect(
      written {
        $0.key("k"); $0.value(value)
      } == "{\"k\":\(value)}")
  }

  @Test(arguments: [
    (0.0, 2, "0.00"), (-0.0, 2, "0.00"), (-0.001, 2, "0.00"), (1.005, 2, "1.00"), (0.125, 2, "0.12"),
    (0.375, 2, "0.38"),
    (2.5, 0, "2"), (3.5, 0, "4"), (-2.675, 2, "-2.67"), (0.07, 3, "0.070"), (999.9999, 3, "1000.000"),
    (.nan, 1, "null"),
    (.infinity, 1, "null"), (-.infinity, 0, "null"), (1e300, 2, "1e+300"),
  ])
  func decimals(_ value: Double, _ decimals: Int, _ text: String) {
    #expect(number(value, decimals) == text)
  }

  private func printed(_ value: Double, _ decimals: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 64)
    _ = withVaList([CInt(decimals), value]) { vsnprintf(&buffer, buffer.count, "%.*f", $0) }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
  }

  @Test func decimalsAreRoundedAsPrintfDoes() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<1000 {
      let decimals = Int.random(in: 0...9, using: &random)
      let value = Double.random(in: 0...10_000, using: &random)
      #expect(number(value, decimals) == printed(value, decimals))
    }
    // Close to a tie, where the product with a power of ten is the tie itself.
    for thousandths in stride(from: 5, to: 20_000, by: 10) {
      let value = Double(thousandths) / 1000
      #expect(number(value, 2) == printed(value, 2))
    }
  }

  @Test func whatIsWrittenIsReadBack() throws {
    var random = SplitMix64(seed: 5)
    let pieces = [
      "\"", "\\", "\n", "\u{0}", "\u{7F}", "\u{85}", "\u{A0}", "é", "市场", "😀", "\u{2028}", "plain text of a block",
      "u0041",
    ]
    for _ in 0..<1000 {
      let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random)! }
        .joined()
      let line = written {
        $0.key(of: text); $0.value(text)
      }
      #expect(!line.utf8.contains { $0 < 0x20 || $0 == 0x7F })
      let record = try scan(line)
      let field = try #require(record[text])
      #expect(Array(record.string(of: field).utf8) == Array(text.utf8))
      let again = written {
        $0.key(of: text); $0.value(verbatim: record.bytes(of: field))
      }
      #expect(again == line)
    }
  }
}
