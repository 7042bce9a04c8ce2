import JSONLines
import Testing

struct JSONValueTests {
  private func value(_ text: String) throws -> JSONValue { try JSONValue(scanning: Array(text.utf8)) }

  @Test func looksByNameAndPlace() throws {
    let value = try value(#" {"a":[1,{"b":"x\ny"},[],[[2]],"s"],"n":null,"a2":true,"d":1,"d":2} "#)
    #expect(value.kind == .object && value.bytes.first == 0x7B && value.bytes.last == 0x7D)
    let elements = try #require(value["a"]?.elements)
    #expect(elements.count == 5)
    #expect(elements[0].integer == 1 && elements[1]["b"]?.string == "x\ny" && elements[2].elements?.count == 0)
    #expect(elements[3].elements?[0].elements?[0].integer == 2 && elements[4].string == "s")
    #expect(value["n"] == nil && value["missing"] == nil && value["a2"]?.kind == .true && value["d"]?.integer == 2)
  }

  @Test func valuesOfTheWrongKindAreNil() throws {
    for text in ["1", "\"s\"", "[1]", "{}", "true", "null"] {
      let value = try value(text)
      #expect((value.elements == nil) == (value.kind != .array) && value["x"] == nil)
      #expect((value.string == nil) == (value.kind != .string) && (value.number == nil) == (value.kind != .number))
    }
    #expect(try value("3.0").integer == 3 && value("3.5").integer == nil && value("1e400").integer == nil)
    #expect(try value(" [ 1 , 2 ] ").elements?.count == 2 && value("[ ]").elements?.isEmpty == true)
    #expect(try value(#""\ud800é""#).string == "\u{FFFD}é" && value("\"\"").string == "")
  }

  @Test(arguments: ["", " ", "{", "[1,]", "1 2", "\u{FEFF}{}"]) func whatIsNoJSON(_ text: String) {
    #expect(throws: RecordError.self) { try value(text) }
  }
}
