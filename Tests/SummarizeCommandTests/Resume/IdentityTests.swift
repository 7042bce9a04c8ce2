import JSONLines
import Testing

@testable import SummarizeCommand

@Suite struct IdentityTests {
  /// Vectors of another implementation (Python's hashlib, `blake2b(data, digest_size=16)`).
  @Test(
    arguments: [
      ([], "cae66941d9efbd404e4d88758ea67670"), (Array("abc".utf8), "cf4ab791c62b8d2b2109c90275287816"),
      (Array(repeating: 0x61, count: 128), "1271d28e731afb57bdfba6bdaf3501be"),
      (Array(repeating: 0x61, count: 129), "68b7bafbad5055c4ebe6eb170a0f8524"),
      ((0..<768).map { UInt8($0 % 256) }, "e0892860f9fc0da273b9db57e857c19a"),
    ] as [([UInt8], String)])
  func blake2b(bytes: [UInt8], digest: String) {
    #expect(BLAKE2b.hash { hasher in bytes.withUnsafeBytes { hasher.update($0) } }.description == digest)
    // However the bytes are handed over.
    #expect(BLAKE2b.hash { hasher in for byte in bytes { hasher.update(byte) } }.description == digest)
  }

  @Test func hexadecimalThereAndBack() {
    let hash = Hash128(high: 0x0123_4567_89AB_CDEF, low: 0xF0)
    #expect(hash.description == "0123456789abcdef00000000000000f0")
    #expect(Hash128(hexadecimal: hash.description.utf8) == hash)
    #expect(Hash128(hexadecimal: hash.description.uppercased().utf8) == hash)
    for bad in ["", "0", hash.description + "0", String(hash.description.dropLast()) + "g"] {
      #expect(Hash128(hexadecimal: bad.utf8) == nil)
    }
  }

  @Test func occurrencesDiffer() {
    let hash = Hash128(high: .max, low: 7)
    #expect(hash.occurrence(1) == hash)
    #expect(Set((1...10_000).map { hash.occurrence($0) }).count == 10_000)
  }

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
