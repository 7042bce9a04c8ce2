import Basics
import JSONLines
import Testing

@testable import SummarizeCommand

@Suite struct IdentityTests {
  private func id(_ json: String) throws -> Hash128 {
    let record = try Record(scanning: Array(#"{"id":\#(json)}"#.utf8))
    return Identity.id(try #require(record["id"]), of: record)
  }

  @Test func stringsAreKnownByWhatTheySay() throws {
    #expect(try id(#""aé/""#) == id(#""\u0061\u00e9\/""#))
    #expect(try id(#""\ud800""#) == id("\"\u{FFFD}\""))
    #expect(try id(#""a""#) != id(#""A""#))
  }

  @Test func otherValuesAreKnownByTheirBytes() throws {
    let different = ["1", "1.0", "1e0", #""1""#, "[1]", "[1 ]", "true", #""true""#, #"{"a":1}"#, "-0", "0"]
    #expect(try Set(different.map(id)).count == different.count)
  }

  /// The bytes of a record differ from those of its article only where some have to be escaped.
  @Test(arguments: ["[\"\u{7F}\u{85}\"]", #"{"a":"\ud800"}"#, #"["\uD83D\uDE00",1.10]"#])
  func anIdIsKnownByItsRecordToo(json: String) throws {
    var writer = JSONWriter()
    writer.value(verbatim: Array(json.utf8)[...])
    #expect(try id(String(decoding: writer.bytes, as: UTF8.self)) == id(json))
  }

  @Test func keysTellPartsApart() throws {
    func key(_ id: String?, _ title: String?, _ content: String) throws -> Hash128 {
      let record = try Record(scanning: Array(#"{"id":\#(id ?? "null")}"#.utf8))
      return Identity.key(id: id == nil ? nil : record["id"], of: record, title: title, content: content)
    }
    let keys = try [
      key(nil, nil, "ab"), key(nil, "", "ab"), key(nil, "a", "b"), key(nil, "ab", ""), key("1", nil, "ab"),
      key(#""1""#, nil, "ab"), key("1", "a", "b"), key("2", "a", "b"), Identity.raw(Array("ab".utf8)),
      Identity.tooLong(prefix: Array("ab".utf8)[...], length: 9),
      Identity.tooLong(prefix: Array("ab".utf8)[...], length: 8), id(#""ab""#),
    ]
    #expect(Set(keys).count == keys.count)
    #expect(try key("1", "a", "b") == keys[6])
  }
}
