/// The register of a text: news reports are in the third person; posts and letters say "I", "we" and "you".
///
/// Outside quotations, news has almost none of these words, while half of the posts of `govnews-dev` have more than
/// three per hundred words. In news the lead is the summary. A post often begins with a greeting or a story, so that
/// title and repetition say more.
struct TextRegister {
  /// The number of words outside quotations; `personal` counts those that name the writer or the reader.
  private var words = 0
  private var personal = 0

  /// Rates of personal words per hundred. Up to `newsRate` a text is plain news; from `postRate` on it is not news.
  static let newsRate = 0.5
  static let postRate = 2.0

  mutating func add(words: Int, personal: Int) {
    self.words += words
    self.personal += personal
  }

  /// 1 for news, 0 for a text that addresses its reader.
  var newsLikeness: Double {
    guard words > 0 else { return 1 }
    let rate = 100 * Double(personal) / Double(words)
    return min(1, max(0, (Self.postRate - rate) / (Self.postRate - Self.newsRate)))
  }

  /// Returns the flags of "I", "we", "you" and their forms, ignoring case, also before an apostrophe.
  static func person(_ word: Bytes) -> WordToken.TokenFlags {
    guard let first = word.first, word.count <= 7 else { return [] }
    // The first letter rules out most words.
    switch first | 0x20 {
    case 0x69, 0x6D, 0x6F, 0x75, 0x77, 0x79: break
    default: return []
    }
    var key: UInt32 = 0
    var index = 0
    while index < word.count {
      let byte = word[index] | 0x20
      guard byte &- 0x61 < 26 else { break }
      guard key < 1 << 24 else { return [] }
      key = key << 8 | UInt32(byte)
      index += 1
    }
    // A verb follows an apostrophe: "we're", "I've".
    guard index == word.count || index > 0 && (word[index] == 0x27 || word[index] == 0xE2) else { return [] }
    return switch key {
    case 0x69, 0x6D79, 0x6D65: .speaker  // i, my, me
    case 0x7765, 0x7573, 0x6F_7572, 0x6F75_7273, 0x79_6F75, 0x796F_7572: .otherPerson  // we, us, our, ours, you, your
    default: []
    }
  }
}
