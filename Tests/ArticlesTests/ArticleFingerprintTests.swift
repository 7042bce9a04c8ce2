import Basics
import JSONLines
import Testing

@testable import Articles

@Suite struct ArticleFingerprintTests {
  private func id(_ json: String) throws -> Hash128 { try fingerprint(json, nil, "text") }

  private func fingerprint(_ id: String?, _ title: String?, _ text: String) throws -> Hash128 {
    let record = try JSONRecord(scanning: Array(#"{"id":\#(id ?? "null")}"#.utf8))
    return ArticleFingerprint.article(id: id == nil ? nil : record["id"], of: record, title: title, text: text)
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

  @Test func partsAreToldApart() throws {
    let record = try JSONRecord(scanning: Array(#"{"id":"ab"}"#.utf8))
    let hashes = try [
      fingerprint(nil, nil, "ab"), fingerprint(nil, "", "ab"), fingerprint(nil, "a", "b"), fingerprint(nil, "ab", ""),
      fingerprint("1", nil, "ab"), fingerprint(#""1""#, nil, "ab"), fingerprint("1", "a", "b"),
      fingerprint("2", "a", "b"), ArticleFingerprint.line(Array("ab".utf8)),
      ArticleFingerprint.tooLong(prefix: Array("ab".utf8)[...], length: 9),
      ArticleFingerprint.tooLong(prefix: Array("ab".utf8)[...], length: 8),
      ArticleFingerprint.id(#require(record["id"]), of: record),
    ]
    #expect(Set(hashes).count == hashes.count)
    #expect(try fingerprint("1", "a", "b") == hashes[6])
  }

  @Test(arguments: [
    ("extractive", "extractive"), ("openai:gpt-4o-mini", "openai:gpt-4o-mini"), ("ollama:qwen3:4b", "ollama:qwen3:4b"),
    ("simulated", "simulated"), ("simulated:latency=0-0,seed=3", "simulated"),
    ("exec:sumy lex-rank -", "exec:sumy 7cbc2eeb04ac2ec5e21fb1a1f4dd5f40"),
  ])
  func aModelIsKnownByKindAndName(typed: String, text: String) {
    #expect(ModelOrigin.text(of: typed).prefix(10) == text.prefix(10))
  }

  @Test func ofACommandNothingIsShownButItsFirstWord() {
    let origin = ModelOrigin.text(of: "coprocess:TOKEN=hunter2 ./run --key hunter2")
    #expect(origin.hasPrefix("coprocess:./run ") && origin.count == 16 + 32 && !origin.contains("hunter2"))
    #expect(origin != ModelOrigin.text(of: "coprocess:TOKEN=hunter2 ./run --key hunter3"))
    #expect(!ModelOrigin.text(of: "exec:./run --login jane:hunter2").contains("hunter2"))
  }
}
