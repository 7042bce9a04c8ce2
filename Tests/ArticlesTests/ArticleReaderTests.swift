import Basics
import Articles
import JSONLines
import PlainText
import Summarization
import Testing

@testable import Articles

@Suite struct ArticleReaderTests {
  private func read(_ text: String, fields: ArticleFieldNames = .init()) -> ArticleReader.ArticleReading {
    ArticleReader(.test(fields)).read(.test(text))
  }

  private func code(_ text: String, fields: ArticleFieldNames = .init()) -> ArticleError.Code? {
    if case .failure(let error) = read(text, fields: fields).article { error.code } else { nil }
  }

  @Test func takesTheFieldsOfAnArticle() throws {
    let line = #"{"id":1.10,"title":"T","content":"caf\u00e9\nb","x":[1]}"#
    let article = try read(line).article.get()
    #expect(article.id.map { String(decoding: $0, as: UTF8.self) } == "1.10")
    #expect(article.title == "T")
    #expect(article.content == "café\nb")
    #expect(article.line == 7)
    #expect(String(decoding: article.raw, as: UTF8.self) == line)
  }

  @Test func textAndBodyServeWhereContentWasNotNamed() throws {
    #expect(try read(#"{"body":"b","text":"t"}"#).article.get().content == "t")
    #expect(try read(#"{"body":"b"}"#).article.get().content == "b")
    var fields = ArticleFieldNames()
    fields.content = ["story"]
    #expect(try read(#"{"story":"s"}"#, fields: fields).article.get().content == "s")
    #expect(code(#"{"content":"c","text":"t"}"#, fields: fields) == .missingContent)
  }

  @Test(arguments: [
    #"{"content":null,"text":"t"}"#, #"{"content":"","body":"t"}"#, #"{"content":" \n","text":[],"body":["t"]}"#,
    #"{"content":5,"text":"t"}"#, #"{"text":"t","body":"b"}"#,
  ])
  func theFirstFieldThatHoldsMoreThanWhiteSpaceServes(line: String) throws {
    #expect(try read(line).article.get().content == "t")
  }

  @Test func anArrayOfStringsIsItsParagraphs() throws {
    #expect(try read(#"{"content":["One.","", "Tw\u006f.\n"]}"#).article.get().content == "One.\n\n\n\nTwo.\n")
  }

  @Test func anArrayHasTheFingerprintOfItsText() throws {
    func fingerprint(_ text: String) -> Hash128 {
      let line = InputLine.test(text)
      return ArticleReader(.test()).read(line).fingerprint(of: line.content)
    }
    let array = fingerprint(#"{"id":1,"content":["a","b"]}"#)
    #expect(array == fingerprint(#"{"content":"a\n\nb", "id":1}"#))
    #expect(array != fingerprint(#"{"id":1,"content":["a\n","b"]}"#))
  }

  @Test func textIsWhatAPersonReads() throws {
    let line = #"{"title":"A &amp; B","content":"<p>One &mdash; two.</p><p>Three.</p>"}"#
    let article = try read(line).article.get()
    #expect(article.title == "A & B" && !article.content.contains("<") && article.content.contains("One — two."))
    #expect(String(decoding: article.raw, as: UTF8.self) == line)
    let plain = InputLine.test(line)
    let asItIs = try ArticleReader(.test(html: .never)).read(plain).article.get()
    #expect(asItIs.content == "<p>One &mdash; two.</p><p>Three.</p>")
    #expect(code(#"{"content":"<p> </p><p>&nbsp;</p>"}"#) == .emptyContent)
  }

  @Test func markupMayChangeWithoutMakingAnotherArticle() {
    func fingerprint(_ content: String) -> Hash128 {
      let line = InputLine.test(#"{"id":1,"content":"\#(content)"}"#)
      return ArticleReader(.test()).read(line).fingerprint(of: line.content)
    }
    #expect(fingerprint("<p>One.</p><p>Two.</p>") == fingerprint("<P class='x'>One.</P>\\n<P>Two.</P>"))
    #expect(fingerprint("<p>One.</p><p>Two.</p>") != fingerprint("<p>One.</p><p>Three.</p>"))
  }

  @Test func aMixtureOfTextFieldsIsCounted() {
    let reader = ArticleReader(.test())
    for (number, field) in ["text", "text", "content", "body", "text"].enumerated() {
      _ = reader.read(.test(#"{"\#(field)":"t"}"#, number: 5 - number))
    }
    // The line of the lowest number is the first, whichever is read first.
    let mixture = reader.textFields.mixture
    #expect(mixture?.articles == 2 && mixture?.fields == ["content", "body"] && mixture?.firstField == "text")
    let plain = ArticleReader(.test())
    for _ in 1...3 { _ = plain.read(.test(#"{"text":"t"}"#)) }
    #expect(plain.textFields.mixture == nil)
  }

  @Test(arguments: [
    (#"{"content":{"a":"x","raw":"xyz"}}"#, ArticleFault.wrongKind(field: "content", .object(longestText: "raw"))),
    (#"{"content":[{"text":"xyz"}]}"#, .wrongKind(field: "content", .array(longestText: "text"))),
    (#"{"content":["a",1]}"#, .wrongKind(field: "content", .array(longestText: nil))),
    (#"{"content":{}}"#, .wrongKind(field: "content", .object(longestText: nil))),
    (#"{"text":5}"#, .wrongKind(field: "text", .number)), (#"{"body":false}"#, .wrongKind(field: "body", .truth)),
    (
      #"{"id":1,"story":"xy"}"#,
      .noText(
        lookedFor: ["content", "text", "body"],
        has: [FoundField(name: "id", textLength: 0), FoundField(name: "story", textLength: 2)])
    ),
  ]) func aFaultSaysWhatStandsThere(line: String, fault: ArticleFault) {
    guard case .failure(let error) = read(line).article else {
      Issue.record("an article")
      return
    }
    #expect(error.code == .missingContent && error.message == "\(fault)")
  }

  @Test func aNullIdIsNone() {
    #expect(read(#"{"id":null,"content":"c"}"#).id == nil)
    #expect(read(#"{"id":5,"id":null,"content":"c"}"#).id == nil)
    #expect(read(#"{"id":false,"content":"c"}"#).id != nil)
  }

  @Test func aTitleThatIsNoStringIsNone() throws {
    #expect(try read(#"{"title":5,"content":"c"}"#).article.get().title == nil)
  }

  @Test(arguments: [
    (#"{"content":"c""#, ArticleError.Code.invalidJSON), ("[]", .notAnObject), ("5", .notAnObject),
    ("{}", .missingContent), (#"{"content":null}"#, .missingContent), (#"{"content":["c",null]}"#, .missingContent),
    (#"{"content":5}"#, .missingContent), (#"{"content":{},"text":""}"#, .missingContent),
    (#"{"content":""}"#, .emptyContent), (#"{"content":[]}"#, .emptyContent),
    (#"{"content":["", " "]}"#, .emptyContent),
    (#"{"content":"","text":5,"body":null}"#, .emptyContent),
    (#"{"content":" \t\r\n\u00a0\u2028\u3000"}"#, .emptyContent),
  ]) func whatIsWrongHasACode(line: String, code expected: ArticleError.Code) {
    #expect(code(line) == expected)
  }

  @Test func invalidUTF8IsNamedByItsByte() {
    let line = InputLine.test(bytes: Array(#"{"content":"x"#.utf8) + [0xFF, 0x22, 0x7D])
    let reading = ArticleReader(.test()).read(line)
    guard case .failure(let error) = reading.article else {
      Issue.record("accepted")
      return
    }
    #expect(error.code == .invalidUTF8)
    #expect(error.message.contains("byte 14"))
  }

  @Test func anObjectWithoutTextKeepsItsId() {
    #expect(read(#"{"id":"a"}"#).id != nil)
  }
}

extension InputLine {
  static func test(_ text: String, number: Int = 7) -> InputLine { test(bytes: Array(text.utf8), number: number) }

  static func test(bytes: [UInt8], number: Int = 7) -> InputLine {
    InputLine(
      number: number, place: SourceLocation(file: nil, line: number), content: .complete(bytes),
      admitted: Instant.now)
  }
}

extension ArticleReaderSettings {
  static func test(_ fields: ArticleFieldNames = ArticleFieldNames(), html: HTMLMode = .auto) -> Self {
    var settings = Self { "\($0)" }
    settings.fields = fields
    settings.longestLine = 1000
    settings.html = html
    return settings
  }
}
