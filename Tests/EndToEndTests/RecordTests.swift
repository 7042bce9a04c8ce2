import Testing
import TestSupport

@Suite("records", .blocking)
struct RecordTests {
  private func record(_ line: String, _ options: [String] = []) throws -> (JSON, String) {
    let outcome = try run(.instant + options, input: .text(line + "\n"))
    return (try #require(try outcome.records().first), outcome.text)
  }

  @Test("fields come in the order of the contract, and nothing that varies from run to run")
  func fieldOrder() throws {
    #expect(try record(#"{"content":"A.","id":"x"}"#).0.names == ["id", "summary", "sentiment", "keywords"])
    #expect(try record(#"{"content":"A."}"#).0.names == ["line", "summary", "sentiment", "keywords"])
    #expect(try record(#"{"content":"A.","id":null}"#).0.names == ["line", "summary", "sentiment", "keywords"])
    #expect(
      try record(#"{"content":"A.","id":1}"#, ["--tasks", "keywords,summary"]).0.names == ["id", "summary", "keywords"])
    #expect(
      try record(#"{"content":"A.","id":1}"#, ["--tasks=sentiment", "--meta"]).0.names == ["id", "sentiment", "meta"])
    #expect(try record(#"{"id":1}"#, ["--meta"]).0.names.prefix(3) == ["id", "line", "error"])
  }

  @Test("--meta tells line, model, attempts and latency")
  func meta() throws {
    let meta = try #require(try record(#"{"content":"A.","id":1,"simulated":{"ms":50}}"#, ["--meta"]).0["meta"])
    #expect(Array(meta.names.prefix(4)) == ["line", "model", "attempts", "latency_ms"])
    #expect(meta["line"] == .number("1") && meta["attempts"] == .number("1"))
    guard case .number(let latency)? = meta["latency_ms"] else { return #expect(Bool(false), "no latency") }
    #expect(Double(latency)! >= 50)
  }

  @Test(
    "any value serves as an id and comes out as it came",
    arguments: [#""a""#, "1.10", "true", "[1, 2]", #"{"a" : 1}"#, #""""#, #""\u0041\/""#, "false", "0"])
  func anyID(_ id: String) throws {
    #expect(try record(#"{"content":"A.","id":\#(id)}"#).1.hasPrefix(#"{"id":\#(id),"#))
  }

  @Test("--merge keeps the article's own fields, byte for byte and in order")
  func merge() throws {
    let (_, text) = try record(
      #"{ "b" : [1,  2], "summary":"old", "id":1, "content":"A.", "error":0,"id":2, "x":"\u00e9\/" }"#, ["--merge"])
    #expect(try JSON(parsing: text).names == ["b", "content", "id", "x", "summary", "sentiment", "keywords"])
    #expect(text.contains("[1,  2]") && text.contains(#""\u00e9\/""#) && text.contains(#""id":2"#), "\(text)")
  }

  @Test("--merge keeps errors of valid objects with their fields, and meta where none was asked for")
  func mergeErrors() throws {
    #expect(try record(#"{"a":1,"meta":2,"id":3}"#, ["--merge"]).0.names == ["a", "meta", "id", "line", "error"])
    #expect(
      try record(#"{"a":1,"meta":2,"id":null}"#, ["--merge", "--meta"]).0.names.prefix(3) == ["a", "line", "error"])
  }

  @Test("other names of fields, and the fallbacks of content")
  func fieldNames() throws {
    #expect(try record(#"{"id":1,"body":"B.","text":"T."}"#).0["summary"] == .string("T."))
    #expect(try record(#"{"id":1,"body":"B."}"#).0["summary"] == .string("B."))
    #expect(try record(#"{"id":1,"text":"T."}"#, ["--content-field", "content"]).0.errorCode == "missing_content")
    #expect(try record(#"{"id":1,"nr":9,"story":"S."}"#, ["--id-field=nr", "--content-field=story"]).0.id == 9)
    let (record, _) = try record(#"{"id":1,"nr":9,"content":"S."}"#, ["--id-field=nr", "--merge", "--tasks=summary"])
    #expect(record == (try JSON(parsing: #"{"id":9,"nr":9,"content":"S.","summary":"S."}"#)))
  }

  @Test("every line gives exactly one record, in whatever mix", arguments: [["-j1"], ["-j16"], ["-k", "-j16"]])
  func nastyMix(_ options: [String]) throws {
    var random = SplitMix64(seed: 7)
    var input: [UInt8] = []
    var expected: [Int: String] = [:]
    for line in 1...3_000 {
      let (bytes, code) = Self.nasty(line, &random)
      input += bytes
      if let code { expected[line] = code }
    }
    let outcome = try run(.instant + options + ["--meta", "--max-line", "5000"], input: .bytes(input))
    outcome.expect(.exited(1))
    var found: [Int: String] = [:]
    for record in try outcome.records() {
      let line = try #require(record.line ?? record["meta"]?.line, "\(record)")
      #expect(found.updateValue(record.errorCode ?? "ok", forKey: line) == nil, "line \(line) twice")
    }
    for (line, code) in expected where found[line] != code {
      Issue.record("line \(line): \(found[line] ?? "missing") instead of \(code)")
    }
    #expect(found.count == expected.count)
  }

  /// A line and what is expected of it; nil where it is blank.
  private static func nasty(_ line: Int, _ random: inout SplitMix64) -> ([UInt8], String?) {
    func text(_ text: String, _ code: String?) -> ([UInt8], String?) { (Array((text + "\n").utf8), code) }
    let deep = String(repeating: "[", count: 600)
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return text("", nil)
    case 1: return text(" \t\r", nil)
    case 2: return text(#"{"id":\#(line),"content":"ok."}"# + "\r", "ok")
    case 3:
      return (Array(#"{"id":\#(line),"content":"\#("bad")"#.utf8) + [0xC3, 0x28, 0x22, 0x7D, 0x0A], "invalid_utf8")
    case 4: return text("{\"id\":\(line),\"content\":\"\0\"}", "invalid_json")
    case 5: return text(#"{"id":\#(line),"x":\#(deep)"#, "invalid_json")
    case 6: return text(String(repeating: "y", count: 5_001), "line_too_long")
    case 7: return text(#"{"id":\#(line)}"#, "missing_content")
    case 8: return text("[\(line)]", "not_an_object")
    case 9: return text(#"{"id":\#(line),"content":" "}"#, "empty_content")
    default:
      let ms = Int.random(in: 0...3, using: &random)
      return (Array(article(line, ms: ms).utf8), "ok")
    }
  }
}
