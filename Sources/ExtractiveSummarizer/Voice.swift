/// Who speaks: news reports in the third person, posts and letters say "I", "we" and "you".
///
/// It tells the two kinds of text apart at a glance: outside quotations plain news has next to none of these words, half of
/// the posts of `govnews-dev` have more than three in a hundred. Where a reporter writes, the lead is the summary; where
/// somebody addresses the reader, the first lines are often a greeting or a story, and title and repetition say more.
struct Voice {
  /// Words spoken by nobody in particular, and those of them that name the writer or the reader.
  private var words = 0
  private var personal = 0

  /// Of a hundred words, so many personal ones leave a text plain news, and so many more make it no news at all.
  static let newsRate = 0.5
  static let postRate = 2.0

  /// All words, and how many of them say that somebody said something.
  private var spoken = 0
  private var attributions = 0

  /// Of a hundred words, so many attributions make a text a report in which the lead counts most.
  static let reportRate = 0.6

  mutating func add(words: Int, personal: Int) {
    self.words += words
    self.personal += personal
  }

  mutating func addAttributions(_ count: Int, words: Int) {
    spoken += words
    attributions += count
  }

  /// 1 for a report full of "said", 0 for a text in which nobody is quoted.
  var reporting: Double {
    guard spoken > 0 else { return 0 }
    return min(1, 100 * Double(attributions) / Double(spoken) / Self.reportRate) * newsLikeness
  }

  /// "Said", "says", "told": who is quoted.
  static func attributes(_ token: Token, _ bytes: Bytes) -> Bool {
    guard token.end - token.start == 4 else { return false }
    let start = Int(token.start)
    let key =
      UInt32(bytes[start] | 0x20) << 24 | UInt32(bytes[start + 1] | 0x20) << 16
      | UInt32(bytes[start + 2] | 0x20) << 8 | UInt32(bytes[start + 3] | 0x20)
    return key == 0x7361_6964 || key == 0x7361_7973 || key == 0x746F_6C64
  }

  /// 1 for news, 0 for what addresses its reader.
  var newsLikeness: Double {
    guard words > 0 else { return 1 }
    let rate = 100 * Double(personal) / Double(words)
    return min(1, max(0, (Self.postRate - rate) / (Self.postRate - Self.newsRate)))
  }

  enum Person {
    case singular, other
  }

  /// "I", "we", "you" and their forms; nil for any other word. "US" is the country.
  static func person(_ token: Token, _ bytes: Bytes) -> Person? {
    let length = Int(token.end - token.start)
    guard length <= 7, !token.flags.contains(.allCapitals) else { return nil }
    // Most words are told by their first letter to be none of these.
    switch bytes[Int(token.start)] | 0x20 {
    case 0x69, 0x6D, 0x6F, 0x75, 0x77, 0x79: break
    default: return nil
    }
    var key: UInt32 = 0
    var index = Int(token.start)
    while index < Int(token.end) {
      let byte = bytes[index] | 0x20
      guard byte &- 0x61 < 26 else { break }
      guard key < 1 << 24 else { return nil }
      key = key << 8 | UInt32(byte)
      index += 1
    }
    // What follows an apostrophe is a verb: "we're", "I've".
    guard index == Int(token.end) || index > Int(token.start) && (bytes[index] == 0x27 || bytes[index] == 0xE2) else {
      return nil
    }
    return switch key {
    case 0x69, 0x6D79, 0x6D65: .singular  // i, my, me
    case 0x7765, 0x7573, 0x6F_7572, 0x6F75_7273, 0x79_6F75, 0x796F_7572: .other  // we, us, our, ours, you, your
    default: nil
    }
  }
}
