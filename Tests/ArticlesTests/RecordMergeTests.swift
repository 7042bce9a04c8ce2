import Articles
import JSONLines
import TestSupport
import Testing

@Suite struct RecordMergeTests {
  private func merge(_ line: String, idField: String = "id", ours: [String] = ["line", "key", "error", "summary"])
    throws -> String
  {
    let record = try scan(line)
    var writer = JSONWriter()
    writer.beginRecord()
    RecordMerge(idField: idField, ours: ours).write(record, to: &writer)
    writer.key("summary")
    writer.value("s")
    writer.endRecord()
    return String(decoding: writer.bytes.dropLast(), as: UTF8.self)
  }

  private func scan(_ text: String) throws -> JSONRecord { try JSONRecord(scanning: Array(text.utf8)) }

  @Test func fieldsStayByteForByteAndInOrder() throws {
    let line = #"{"b": 1.10 , "id":7,"a" :[ {"x":1e999} ],"t":"\u00e9\/"}"#
    #expect(try merge(line) == #"{"b": 1.10 , "id":7,"a" :[ {"x":1e999} ],"t":"\u00e9\/","summary":"s"}"#)
  }

  @Test func fieldsOfOursAreDropped() throws {
    #expect(
      try merge(#"{"line":1,"a":2,"error":{},"b":3,"c":4,"summary":"old"}"#) == #"{"a":2,"b":3,"c":4,"summary":"s"}"#)
    #expect(try merge(#"{"l\u0069ne":1,"a":2}"#) == #"{"a":2,"summary":"s"}"#)
    #expect(try merge(#"{"summary":1,"line":2}"#) == #"{"summary":"s"}"#)
    #expect(try merge("{}") == #"{"summary":"s"}"#)
  }

  @Test func whatIsNotOursStays() throws {
    let line = #"{"meta":1,"sentiment":2,"keywords":3}"#
    #expect(try merge(line) == #"{"meta":1,"sentiment":2,"keywords":3,"summary":"s"}"#)
    #expect(try merge(line, ours: ["meta"]) == #"{"sentiment":2,"keywords":3,"summary":"s"}"#)
  }

  @Test func duplicatesOfOtherFieldsStay() throws {
    #expect(try merge(#"{"a":1,"a":2}"#) == #"{"a":1,"a":2,"summary":"s"}"#)
  }

  @Test func theLastIdStays() throws {
    #expect(try merge(#"{"id":1,"a":2,"id":3,"b":4}"#) == #"{"a":2,"id":3,"b":4,"summary":"s"}"#)
    #expect(try merge(#"{"id":1,"a":2,"\u0069d":3}"#) == #"{"a":2,"\u0069d":3,"summary":"s"}"#)
  }

  @Test func aNullIdIsDropped() throws {
    #expect(try merge(#"{"a":1,"id":null}"#) == #"{"a":1,"summary":"s"}"#)
    #expect(try merge(#"{"id":5,"a":1,"id":null}"#) == #"{"a":1,"summary":"s"}"#)
  }

  @Test func withAnotherIdFieldOursComesFirst() throws {
    #expect(try merge(#"{"a":1,"id":2,"url":"u"}"#, idField: "url") == #"{"id":"u","a":1,"url":"u","summary":"s"}"#)
    #expect(try merge(#"{"url":"u","url":"v"}"#, idField: "url") == #"{"id":"v","url":"u","url":"v","summary":"s"}"#)
    #expect(try merge(#"{"id":2,"url":null}"#, idField: "url") == #"{"url":null,"summary":"s"}"#)
    #expect(try merge(#"{"id":2,"a":1}"#, idField: "url") == #"{"a":1,"summary":"s"}"#)
    #expect(try merge(#"{"key":"k","id":2}"#, idField: "key") == #"{"id":"k","summary":"s"}"#)
  }

  @Test func whatIsTakenOverIsMadeSafe() throws {
    #expect(
      try merge("{\"\u{7F}\":\"\u{85}\",\"x\":\"\\ud800\"}") == #"{"\u007f":"\u0085","x":"\ufffd","summary":"s"}"#)
  }

  /// Whatever comes in: the output is valid, holds each name of ours once, and the rest as it was.
  @Test func mergedRecordsAreValid() throws {
    var random = SplitMix64(seed: 11)
    let keys = ["id", "line", "error", "summary", "a", "b", "i\\u0064", "é"]
    let values = ["1", "null", "\"x\"", "[ 1 , {} ]", "\"\\udc00\"", "{\"id\":null}"]
    for _ in 0..<500 {
      let fields = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        "\"\(keys.randomElement(using: &random)!)\":\(values.randomElement(using: &random)!)"
      }
      let line = "{\(fields.joined(separator: ","))}"
      let record = try scan(line)
      let merged = try scan(try merge(line))
      for name in ["id", "line", "error", "summary"] {
        #expect(merged.fields.count { merged.isNamed($0, name) } <= 1, "\(line)")
      }
      for name in ["a", "b", "é"] {
        #expect(
          merged.fields.count { merged.isNamed($0, name) } == record.fields.count { record.isNamed($0, name) },
          "\(line)")
      }
      let id = record["id"].flatMap { $0.kind == .null ? nil : $0 }
      #expect((merged["id"] == nil) == (id == nil), "\(line)")
    }
  }

  /// Whatever a field holds that the scanner takes: all of nst/JSONTestSuite, where it lies beside the project.
  @Test(arguments: SharedData.list("JSONTestSuite/test_parsing")) func anyFieldStaysValid(_ file: String) throws {
    let value = try #require(SharedData.read("JSONTestSuite/test_parsing/\(file)"))
    let line = Array("{\"id\":\"\(file)\",\"text\":\"t\",\"x\":".utf8) + value + [0x7D]
    guard (try? JSONRecord(scanning: line)) != nil else { return }
    let merged = try merge(String(decoding: line, as: UTF8.self), ours: ["line"])
    #expect(throws: Never.self) { try JSON.validate(Array(merged.utf8)) }
  }
}
