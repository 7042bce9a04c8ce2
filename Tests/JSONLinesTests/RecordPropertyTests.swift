import JSONLines
import TestSupport
import Testing

@Suite struct RecordPropertyTests {
  static let seeds: [String] = [
    #"{"id":"a","title":"Prices rise","content":"First.\n\nSecond \"quoted\" \u00e9 – third.","tags":["x",{"y":[1,2.5e-3,null]}]}"#,
    #"{"id": 12345678901234567890, "text": "\ud83d\ude00\ud800 \\\\\" \/ 市场在部长表示价格 😀", "deep": [[[[{"a":{"b":[]}}]]]], "t": true}"#,
    #"{"":"","a":-0,"b":0.0,"c":1E+2,"d":false,"e":{},"f":[],"g":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\\"}"#,
    "[1, 20, 300.125, -4e5, 123456789012345678, \"x\", {\"k\" : [ ] } ]",
  ]

  /// The scanner and the independent reader have to agree on what is valid, and on the fields.
  private func compare(_ line: [UInt8], _ note: @autoclosure () -> String) {
    let expected = IndependentReading(line)
    if isValue(line) != (expected != nil) { Issue.record("validity of \(note())") }
    let isObject = expected != nil && line.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == 0x7B
    let record = try? JSONRecord(scanning: line)
    guard (record != nil) == isObject else {
      Issue.record("scan of \(note())")
      return
    }
    guard let record, let expected else { return }
    let matches =
      record.fields.count == expected.fields.count
      && zip(record.fields, expected.fields).allSatisfy {
        record.key(of: $0).utf8.elementsEqual($1.key.utf8) && record.bytes(of: $0).elementsEqual($1.value)
      }
    if !matches { Issue.record("fields of \(note())") }
  }

  @Test(arguments: seeds) func everyPrefix(_ seed: String) {
    let bytes = Array(seed.utf8)
    for count in 0...bytes.count { compare(Array(bytes[..<count]), "the first \(count) bytes of \(seed)") }
  }

  /// However a file is cut off, each of its lines gives one record or one error, and only the last line can differ.
  @Test func everyPrefixOfAFile() {
    let file = Array(Self.seeds.joined(separator: "\r\n\n").utf8) + [0x0A]
    let whole = lines([file])
    let verdicts = whole.map { line -> Bool in
      guard case .complete(let bytes) = line.content else { return false }
      return fault(bytes) == nil
    }
    #expect(verdicts == [true, true, true, false])
    for count in 0...file.count {
      let found = lines([Array(file[..<count])])
      let complete = file[..<count].split(separator: 0x0A).filter { $0 != [0x0D] }.count
      #expect(found.count == complete, "after \(count) bytes")
      #expect(Array(found.dropLast()) == Array(whole.prefix(max(0, found.count - 1))))
      if case .complete(let bytes)? = found.last?.content { compare(bytes, "the last of \(count) bytes") }
    }
  }

  @Test(arguments: 0..<20) func everyAlignment(_ shift: Int) {
    for seed in Self.seeds {
      compare(Array(repeating: 0x20, count: shift) + Array(seed.utf8), "\(seed) after \(shift) spaces")
    }
  }

  @Test(arguments: 1...4) func mutations(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let alphabet =
      Array(#"{}[]:,"\/bfnrtu0123456789aAeE+-. x"#.utf8) + [0, 0x1F, 0x7F, 0x80, 0xA0, 0xC2, 0xE2, 0xED, 0xF0, 0xFF]
    for _ in 0..<1000 {
      var line = Array(Self.seeds.randomElement(using: &random)!.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<line.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: line[place] = alphabet.randomElement(using: &random)!
        case 1: line.insert(alphabet.randomElement(using: &random)!, at: place)
        case 2: line.remove(at: place)
        default: line.insert(contentsOf: line[place..<min(line.count, place + 9)], at: place)
        }
      }
      compare(line, String(decoding: line, as: UTF8.self))
    }
  }

  @Test(arguments: 1...4) func stringsOfBackslashes(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let pieces = [
      #"\"#, #"\\"#, #"\""#, #"\u00"#, #"\u0041"#, "41", "n", "u", "x", "\"", String(repeating: "y", count: 13),
    ]
    for _ in 0..<1000 {
      let body = (0..<Int.random(in: 0...20, using: &random)).map { _ in pieces.randomElement(using: &random)! }
      let line = "{\"k\":\"\(body.joined())\"}"
      compare(Array(line.utf8), line)
    }
  }

  @Test func everySequenceOfEdgeBytesIsJudgedAsTheStandardLibraryDoes() {
    let edges: [UInt8] = [
      0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0,
      0xF1,
      0xF3, 0xF4, 0xF5, 0xFF,
    ]
    var random = SplitMix64(seed: 7)
    var place = 0
    for first in edges {
      for second in edges {
        for third in edges {
          for fourth in [0x80, 0xBF, edges.randomElement(using: &random)!] {
            place = (place + 1) % 80
            let text = Array(repeating: UInt8(0x78), count: place) + [first, second, third, fourth]
            let isValid = String(validating: text, as: UTF8.self) != nil
            if isValue([0x22] + text + [0x22]) != isValid { Issue.record("\(text)") }
          }
        }
      }
    }
  }

  @Test func everyPairOfBytesInAString() {
    for first in UInt8.min...UInt8.max {
      for second in stride(from: UInt8(0), through: 255, by: 5) {
        let line = Array("{\"a\":\"".utf8) + [first, second] + Array("\"}".utf8)
        compare(line, "\(first) \(second)")
      }
    }
  }
}
