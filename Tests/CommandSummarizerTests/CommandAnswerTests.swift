import Summarization
import Testing

@testable import CommandSummarizer

@Suite struct CommandAnswerTests {
  private func article(_ id: String?, raw: String = "{}") -> Article {
    Article(line: 1, id: id.map { Array($0.utf8) }, title: nil, content: "text", raw: Array(raw.utf8))
  }

  private func read(
    _ text: String, id: String? = nil, tasks: SummaryTasks = .all, idField: String = "id", raw: String = "{}"
  ) throws(CommandAnswer.AnswerMismatch) -> Summary {
    try CommandAnswer(request: SummaryRequest(tasks: tasks, keywords: 2), idField: idField).summary(
      in: Array(text.utf8), for: article(id, raw: raw))
  }

  @Test func plainTextIsTheSummaryAlone() throws {
    #expect(try read("  A summary.\nOf two lines. \r\n") == Summary(summary: "A summary.\nOf two lines."))
    #expect(try read("[1]") == Summary(summary: "[1]"))
    #expect(throws: CommandAnswer.AnswerMismatch.self) { try read("A summary.", tasks: .sentiment) }
  }

  @Test func anObjectHasSomeOfTheFields() throws {
    #expect(
      try read(#" {"summary":"S","sentiment":"Mixed","keywords":["a","b","c"],"more":1} "#)
        == Summary(summary: "S", sentiment: .mixed, keywords: ["a", "b"]))
    #expect(try read("{\n  \"summary\": \"S\",\n  \"sentiment\": null\n}\n") == Summary(summary: "S"))
    #expect(try read(#"{"summary":"S","sentiment":1}"#, tasks: .summary) == Summary(summary: "S"))
    #expect(try read(#"{"keywords":[]}"#) == Summary(keywords: []))
  }

  @Test(arguments: [
    "", " \n", "{", #"{"summary":"S"} x"#, "{}", #"{"other":1}"#, #"{"summary":1}"#, #"{"summary":" "}"#,
    #"{"sentiment":"good"}"#, #"{"keywords":"a"}"#, #"{"keywords":[1]}"#, #"{"summary":null}"#,
  ])
  func whatIsNoAnswer(text: String) {
    #expect(throws: CommandAnswer.AnswerMismatch.self) { try read(text) }
  }

  @Test func invalidTextIsNoSummary() {
    #expect(throws: CommandAnswer.AnswerMismatch.self) {
      try CommandAnswer(request: SummaryRequest(), idField: "id").summary(in: [0x61, 0xFF], for: article(nil))
    }
  }

  @Test func aCommandMaySayThatItFailed() {
    #expect(throws: CommandAnswer.AnswerMismatch("no verb", isFailure: true)) { try read(#"{"error":"no verb"}"#) }
    #expect(throws: CommandAnswer.AnswerMismatch("no verb", isFailure: true)) {
      try read(#"{"id":1,"line":1,"error":{"code":"x","message":"no verb"}}"#)
    }
    // What has a result has not failed.
    #expect(throws: Never.self) { try read(#"{"summary":"S","error":null}"#) }
  }

  @Test(arguments: [
    ("7", "7"), ("7", "7.0"), ("1.10", "1.1"), (#""ä""#, #""\u00e4""#), (#""a/b""#, #""a\/b""#), ("[1,2]", "[1, 2]"),
    (#"{"a":1,"b":"x"}"#, #"{"b":"x", "a":1}"#), ("true", "true"), ("12345678901234567890", "12345678901234567000"),
  ])
  func anIdMayBeSpelledAnew(id: String, answered: String) throws {
    #expect(try read(#"{"id":\#(answered),"summary":"S"}"#, id: id).summary == "S")
  }

  @Test(arguments: [
    ("7", "8"), ("7", #""7""#), (#""a""#, #""b""#), ("[1]", "[2]"), ("[1]", "[1,2]"), (#"{"a":1}"#, #"{"a":2}"#),
    (#"{"a":1}"#, #"{"b":1}"#), ("true", "false"),
  ])
  func anotherIdIsAnotherArticles(id: String, answered: String) {
    #expect(throws: CommandAnswer.AnswerMismatch("has another id than the article", isOutOfStep: true)) {
      try read(#"{"id":\#(answered),"summary":"S"}"#, id: id)
    }
  }

  @Test func whatHasNoIdIsNotCompared() throws {
    #expect(try read(#"{"summary":"S"}"#, id: "7").summary == "S")
    #expect(try read(#"{"id":null,"summary":"S"}"#, id: "7").summary == "S")
    #expect(try read(#"{"id":7,"summary":"S"}"#, id: nil).summary == "S")
  }

  @Test func theIdMayStandInAnotherField() throws {
    let raw = #"{"guid":"x","id":5}"#
    for answer in [#""guid":"x""#, #""id":"x""#, #""id":5"#, #""guid":"x","id":6"#] {
      #expect(try read("{\(answer),\"summary\":\"S\"}", id: #""x""#, idField: "guid", raw: raw).summary == "S")
    }
    for answer in [#""guid":"y""#, #""id":"y""#, #""id":6"#] {
      #expect(throws: CommandAnswer.AnswerMismatch.self) {
        try read("{\(answer),\"summary\":\"S\"}", id: #""x""#, idField: "guid", raw: raw)
      }
    }
  }
}

@Suite struct StandardErrorTailTests {
  private func lastLines(_ text: String) -> String {
    var tail = StandardErrorTail()
    for chunk in Array(text.utf8).chunks(of: 1_000) { tail.append(chunk) }
    return tail.lastLines
  }

  @Test func theLastLinesAreShown() {
    #expect(lastLines("") == "")
    #expect(lastLines("one\n\n two\r\n \n") == "one\n two")
    let long = String(repeating: "x", count: 200)
    #expect(lastLines("\(long)\nmiddle\nKeyError: 'x'\n\(long)\n") == "middle\nKeyError: 'x'\n\(long)")
  }

  @Test func memoryIsBounded() {
    var tail = StandardErrorTail()
    for number in 0..<100_000 { tail.append("line \(number)\n".utf8) }
    #expect(tail.bytes.count <= 2 * StandardErrorTail.keptLength)
    #expect(tail.lastLines.hasSuffix("\nline 99999") && !tail.lastLines.hasPrefix("line 0"))
  }
}

extension Array {
  fileprivate func chunks(of length: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: length).map { self[$0..<Swift.min($0 + length, count)] }
  }
}
