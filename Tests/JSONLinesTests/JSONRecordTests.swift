import JSONLines
import Testing

@Suite struct JSONRecordTests {
  private func values(_ record: JSONRecord) -> [String] {
    record.fields.map { "\(record.key(of: $0))=\(String(decoding: record.bytes(of: $0), as: UTF8.self))" }
  }

  @Test func fieldsAreByteRanges() throws {
    let record = try scan(#" {"a" : "x" ,"b":[1,{"c":2}], "d":{}, "e":-1.5e+3,"f":true,"g":false,"h":null } "#)
    #expect(values(record) == [#"a="x""#, #"b=[1,{"c":2}]"#, "d={}", "e=-1.5e+3", "f=true", "g=false", "h=null"])
    #expect(record.fields.map(\.kind) == [.string, .array, .object, .number, .true, .false, .null])
    #expect(record.object == 1..<record.line.count - 1)
    #expect(record.line[record.fields[1].whole].elementsEqual(#""b":[1,{"c":2}]"#.utf8))
  }

  @Test func anEmptyObjectHasNoFields() throws {
    #expect(try scan("{}").fields.isEmpty)
    #expect(try scan("\t{ }\r").fields.isEmpty)
  }

  @Test func lastOfEqualKeysWins() throws {
    let record = try scan(#"{"id":"1","x":0,"\u0069d":"2"}"#)
    let field = try #require(record["id"])
    #expect(record.string(of: field) == "2")
    #expect(record.index(of: "id") == 2)
    #expect(record["absent"] == nil)
  }

  @Test func keysAreComparedWithoutNormalisation() throws {
    let record = try scan("{\"e\u{301}\":1}")
    #expect(record["e\u{301}"] != nil)
    #expect(record["\u{E9}"] == nil)
  }

  @Test(arguments: [
    (#""plain""#, "plain"), (#""""#, ""), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0000""#, "\0"),
    (#""\u00e9\u00E9é""#, "ééé"), (#""\uD83D\uDE00😀""#, "😀😀"), (#""\u2028\uffff""#, "\u{2028}\u{FFFF}"),
    (#""\ud800""#, "\u{FFFD}"), (#""\udc00x""#, "\u{FFFD}x"), (#""\ud800\u0041""#, "\u{FFFD}A"),
    (#""\udc00\udc01\ud800\udc00""#, "\u{FFFD}\u{FFFD}\u{10000}"), (#""\ud800\ud83d\ude00""#, "\u{FFFD}😀"),
    (#""\ud800\n""#, "\u{FFFD}\n"),
    (#""\\ud800""#, "\\ud800"), (#""\\\u0041\\\\n""#, "\\A\\\\n"),
    (
      #""a long run before \n and a long run after the escape""#, "a long run before \n and a long run after the escape"
    ),
  ])
  func stringsAreDecoded(_ json: String, _ text: String) throws {
    for padding in 0..<20 {
      let record = try scan("{\"\(String(repeating: "k", count: padding))\":\(json),\"x\":1}")
      #expect(Array(record.string(of: record.fields[0]).unicodeScalars) == Array(text.unicodeScalars))
      #expect(record.fields[0].valueHasEscapes == json.contains("\\"))
      let asKey = try scan("{\(json):1}")
      #expect(asKey[text] != nil)
    }
  }

  @Test(arguments: [
    ("0", 0), ("-12", -12), ("30000", 30_000), ("3e4", 30_000), ("3.0", 3), ("1.5", nil), ("1e999", nil),
    ("9223372036854775807", Int.max), ("9223372036854775808", nil), ("\"1\"", nil), ("null", nil),
  ])
  func integersAreReadWhereTheyFit(_ json: String, _ number: Int?) throws {
    let record = try scan("{\"n\":\(json)}")
    #expect(record.integer(of: record.fields[0]) == number)
  }

  @Test func numbersAreNeverRounded() throws {
    for number in [
      "12345678901234567890123", "1.10", "-0", "1e999", "0.1E-400", "123456789012345.6", "-12345678901234567",
    ] {
      let record = try scan("{\"n\":\(number)}")
      #expect(values(record) == ["n=\(number)"])
    }
  }

  @Test func objectsWithinAreRecordsThemselves() throws {
    let record = try scan(#"{"simulated":{"ms":30000,"x":[]},"y":1}"#)
    let inner = try #require(record.object(of: record.fields[0]))
    #expect(inner["ms"].flatMap(inner.integer) == 30_000)
    #expect(record.object(of: record.fields[1]) == nil)
    #expect(record.number(of: record.fields[1]) == 1)
  }

  @Test func manyFields() throws {
    let text = (0..<1000).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
    let record = try scan("{\(text)}")
    #expect(record.fields.count == 1000)
    #expect(record["k777"].flatMap(record.integer) == 777)
  }
}
