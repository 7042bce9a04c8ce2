import Testing

@testable import ExtractiveSummarizer

@Suite struct WordStemTests {
  @Test(arguments: [
    ("policies", "policy"), ("policy", "policy"), ("families", "fami"), ("family", "fami"), ("ties", "tie"),
    ("dies", "die"), ("tie", "tie"), ("classes", "class"), ("class", "class"), ("houses", "hous"), ("house", "hous"),
    ("apis", "api"), ("crisis", "crisis"), ("virus", "virus"), ("cars", "car"), ("gas", "gas"), ("closed", "clos"),
    ("closing", "clos"), ("rising", "ris"), ("thing", "thing"), ("agreed", "agreed"), ("ended", "end"),
    ("used", "used"), ("badly", "bad"), ("only", "only"), ("base", "base"), ("s", "s"), ("é", "é"),
  ])
  func formsOfOneWordShareAStem(_ word: String, _ expected: String) {
    let bytes = Array(word.utf8)
    var stem = word
    if let cut = WordStem(bytes, count: bytes.count) {
      stem = String(decoding: bytes.prefix(cut.endsInY ? cut.count - 1 : cut.count), as: UTF8.self)
      if cut.endsInY { stem += "y" }
    }
    #expect(stem == expected)
  }
}
