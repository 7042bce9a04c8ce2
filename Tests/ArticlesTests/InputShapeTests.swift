import Articles
import JSONLines
import Testing

@Suite struct InputShapeTests {
  private func shape(_ text: String) -> InputShape? { InputShape(firstLine: .complete(Array(text.utf8))) }

  @Test(arguments: [
    ("[", InputShape.array), (#" [{"id":1}]"#, .array), ("{", .prettyPrinted), ("\t{ ", .prettyPrinted),
    ("{\r", .prettyPrinted), (#"{"id":1,"#, .prettyPrinted), (#"{"content":"#, .prettyPrinted),
    (#"{"id":1}{"id":2}"#, .severalOnALine), (#"{"id":1} {"id":2}"#, .severalOnALine),
    (#"{"id":1}, {"id":2}"#, .commasBetween), (#"{"id":1},"#, .trailingComma), (#"{"id":1} , "#, .trailingComma),
    ("\u{1E}{\"id\":1}", .recordSeparators), (#"data: {"id":1}"#, .eventStream), (#""a text""#, .strings),
    ("<?xml version=\"1.0\"?>", .xml), ("<rss>", .xml), ("id,title,content", .csv(separator: ",")),
    ("id;title;content", .csv(separator: ";")), ("id\ttitle\tcontent", .tsv), ("# A title", .markdown),
    ("---", .markdown), ("It was a dark night.", .plainText), ("Well, it was.", .plainText), ("word", .plainText),
  ]) func whatItLooksLike(text: String, expected: InputShape) {
    #expect(shape(text) == expected, "\(text)")
  }

  @Test(arguments: [
    "{}", #"{"id":1}"#, "5", "true", "null", #"{"id":1,"content":"torn off"#, #"{"id":1} x"#, #"{'id':1}"#, "", " ",
  ]) func aLineThatMayBeOneBadOneAmongMany(text: String) {
    #expect(shape(text) == nil, "\(text)")
  }

  @Test func aLineThatIsTooLongIsJudgedByItsBeginning() {
    #expect(InputShape(firstLine: .tooLong(prefix: Array("[{".utf8), length: 1 << 30)) == .array)
    #expect(InputShape(firstLine: .tooLong(prefix: Array(#"{"id":1,"#.utf8), length: 1 << 30)) == nil)
  }
}
