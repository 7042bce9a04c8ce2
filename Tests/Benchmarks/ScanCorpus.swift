import JSONLines

/// Lines to scan, a few megabytes of a kind.
struct ScanCorpus {
  let name: String
  let lines: [[UInt8]]
  let records: [JSONRecord]
  let texts: [String]
  /// The lines as they would be read, in chunks of 64 KiB.
  let stream: [[UInt8]]

  var length: Int { lines.reduce(0) { $0 + $1.count } }

  init(_ name: String, _ lines: [[UInt8]]) {
    self.name = name
    self.lines = lines
    records = lines.map {
      guard let record = try? JSONRecord(scanning: $0) else { fatalError("a line of '\(name)' is no record") }
      return record
    }
    texts = records.reduce(into: [String]()) { texts, record in
      for field in record.fields where field.kind == .string { texts.append(record.string(of: field)) }
    }
    let whole = Array(lines.joined(separator: [0x0A]))
    let chunk = 1 << 16
    stream = stride(from: 0, to: whole.count, by: chunk).map { Array(whole[$0..<min($0 + chunk, whole.count)]) }
  }

  static var all: [ScanCorpus] {
    var corpora: [ScanCorpus] = []
    if let posts = posts { corpora.append(ScanCorpus("English posts", posts)) }
    corpora += [
      ScanCorpus("plain ASCII", articles { $0.prose(of: english, separator: " ") }),
      ScanCorpus("escaped English", articles { $0.prose(of: english.map { #"\"\#($0)\"\n"# }, separator: #"\t"#) }),
      ScanCorpus("\\u-escaped Chinese", articles { $0.prose(of: chinese.map(escaped), separator: "") }),
      ScanCorpus("Chinese", articles { $0.prose(of: chinese, separator: "，") }),
      ScanCorpus("Russian", articles { $0.prose(of: russian, separator: " ") }),
      ScanCorpus("emoji", articles { $0.prose(of: emoji, separator: " ") }),
      ScanCorpus("metadata fields", metadata),
      ScanCorpus("tiny random fields", tinyFields),
    ]
    return corpora
  }

  private static let english =
    "the of markets rose after minister said that prices would fall again in spring and a committee"
    .split(separator: " ").map(String.init)
  private static let russian = "рынок вырос после того как министр сказал что цены снова упадут весной"
    .split(separator: " ").map(String.init)
  private static let chinese = ["市场", "在部长", "表示价格", "将于春季", "再次下跌", "之后上涨", "委员会"]
  private static let emoji = ["😀", "🎉🎉", "👩‍👩‍👧", "🇩🇪", "📈", "é", "ok"]

  private static func escaped(_ text: String) -> String {
    text.utf16.map { #"\u"# + String($0, radix: 16) }.joined()
  }

  /// A thousand articles of about 3 KB.
  private static func articles(_ content: (inout WordMixer) -> String) -> [[UInt8]] {
    var mixer = WordMixer()
    return (1...1000).map { id in
      Array(#"{"id": \#(id), "title": "article \#(id)", "content": "\#(content(&mixer))"}"#.utf8)
    }
  }

  /// Forty fields of the same names and kinds in every line, as feeds have them.
  private static var metadata: [[UInt8]] {
    var mixer = WordMixer()
    return (1...1000).map { id in
      let fields = (0..<40).map { index in
        let key = english[index % english.count] + "_\(index)"
        switch index % 5 {
        case 0: return #""\#(key)": \#(mixer.below(100_000))"#
        case 1: return #""\#(key)": null"#
        case 2: return #""\#(key)": "\#(mixer.pick(english)) \#(mixer.pick(english))""#
        default: return #""\#(key)": "\#(mixer.pick(english))""#
        }
      }
      return Array(("{" + fields.joined(separator: ", ") + "}").utf8)
    }
  }

  /// A hundred fields of about 14 bytes, of kinds that nobody can foresee: the worst there is.
  private static var tinyFields: [[UInt8]] {
    var mixer = WordMixer()
    return (1...1000).map { id in
      let fields = (0..<100).map { index in
        let key = mixer.pick(english) + "\(index)"
        switch mixer.below(6) {
        case 0: return #""\#(key)":\#(mixer.below(100_000))"#
        case 1: return #""\#(key)":null"#
        case 2: return #""\#(key)":true"#
        case 3: return #""\#(key)":-\#(mixer.below(100)).\#(mixer.below(1000))"#
        default: return #""\#(key)":"\#(mixer.pick(english))""#
        }
      }
      return Array(("{" + fields.joined(separator: ",") + "}").utf8)
    }
  }
}

/// Words in an order that is the same in every run.
struct WordMixer {
  private var state: UInt64 = 1

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  mutating func pick(_ words: [String]) -> String { words[below(words.count)] }

  mutating func prose(of words: [String], separator: String) -> String {
    var text = ""
    while text.utf8.count < 3000 { text += pick(words) + separator }
    return text
  }
}
