/// A paragraph above the report that tells its news in short. The lead says the same once more, with names and dates.
enum Standfirst {
  /// The maximum number of its sentences.
  private static let longest = 2
  /// The share of the content words of its first sentence that the lead repeats, and the least number of them.
  private static let repeated = 0.6
  private static let fewestRepeated = 5
  /// How many times as many content words the lead has at least.
  private static let growth = 1.25
  /// The number of letters in which two forms of a word agree.
  private static let commonLetters = 5
  private static let longestLead = 64

  /// Returns the number of sentences of the standfirst; 0 if there is none. Only the words of its first sentence are
  /// compared with those of the lead, so that the costs are bounded.
  static func count(in analysis: ArticleAnalysis, _ bytes: Bytes) -> Int {
    let sentences = analysis.sentences
    guard let lead = sentences.indices.dropFirst().first(where: { sentences[$0].opensBlock }), lead <= longest,
      lead + 2 < sentences.count
    else { return 0 }
    let words = analysis.tokens(of: lead)
    guard words.count <= longestLead else { return 0 }
    let all = analysis.tokens(of: 0).count { analysis.isContent[Int($0.word)] }
    let said = words.count { analysis.isContent[Int($0.word)] }
    guard all >= fewestRepeated, Double(said) >= growth * Double(all) else { return 0 }
    var missesLeft = all - max(fewestRepeated, Int((repeated * Double(all)).rounded(.up)))
    for token in analysis.tokens(of: 0) {
      // A figure that the lead does not have would be lost.
      let isFigure = analysis.words[Int(token.word)].isNumber
      guard isFigure || analysis.isContent[Int(token.word)] else { continue }
      if words.contains(where: { areForms(token, $0, bytes) }) { continue }
      missesLeft -= 1
      if isFigure || missesLeft < 0 { return 0 }
    }
    return lead
  }

  private static func areForms(_ a: WordToken, _ b: WordToken, _ bytes: Bytes) -> Bool {
    if a.stem == b.stem { return true }
    guard bytes[Int(a.start)] | 0x20 == bytes[Int(b.start)] | 0x20 else { return false }
    let length = bytes[Int(a.start)] < 0x80 ? commonLetters : 2 * commonLetters
    guard a.end - a.start >= length, b.end - b.start >= length else { return false }
    return (0..<length).allSatisfy { bytes[Int(a.start) + $0] | 0x20 == bytes[Int(b.start) + $0] | 0x20 }
  }
}
