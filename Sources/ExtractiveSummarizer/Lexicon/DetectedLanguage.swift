/// The languages with a list of stop words.
enum StopWordLanguage: UInt8, CaseIterable {
  case english, german, french, spanish, italian, portuguese, dutch, swedish, polish, russian

  /// The BCP 47 tag.
  var tag: String {
    switch self {
    case .english: "en"
    case .german: "de"
    case .french: "fr"
    case .spanish: "es"
    case .italian: "it"
    case .portuguese: "pt"
    case .dutch: "nl"
    case .swedish: "sv"
    case .polish: "pl"
    case .russian: "ru"
    }
  }
}

struct LanguageSet: OptionSet {
  let rawValue: UInt16

  init(rawValue: UInt16) { self.rawValue = rawValue }

  init(_ language: StopWordLanguage) { rawValue = 1 << UInt16(language.rawValue) }
}

/// The detected language of an article.
struct DetectedLanguage: Equatable {
  /// The language whose stop words apply; nil if there is none.
  var language: StopWordLanguage?
  /// The BCP 47 tag; nil if no language is certain enough to report.
  var tag: String?
  /// Whether the ratings of the (English) lexicon apply.
  var isEnglish: Bool { language == .english }
  /// Whether words have no spaces between them, and more letters than a phrase of bigrams.
  var hasLongWords: Bool { ["th", "my", "zh", "ja"].contains(tag) }
}

/// The numbers of letters of each script, and of letters that distinguish the languages of one script.
struct ScriptCounts {
  var ascii = 0
  var latin = 0
  var cyrillic = 0
  var ukrainian = 0
  var greek = 0
  var hebrew = 0
  var arabic = 0
  var persian = 0
  var urdu = 0
  var devanagari = 0
  var armenian = 0
  var georgian = 0
  var thai = 0
  var burmese = 0
  var hangul = 0
  var han = 0
  var kana = 0

  mutating func add(_ value: UInt32) {
    switch value {
    case 0x80...0x24F, 0x1E00...0x1EFF: latin += 1
    case 0x370...0x3FF: greek += 1
    case 0x400...0x52F:
      cyrillic += 1
      if value == 0x456 || value == 0x457 || value == 0x454 { ukrainian += 1 }
    case 0x531...0x58F: armenian += 1
    case 0x590...0x5FF: hebrew += 1
    case 0x600...0x6FF:
      arabic += 1
      if value == 0x6CC || value == 0x6AF || value == 0x67E || value == 0x686 { persian += 1 }
      if value == 0x6D2 || value == 0x6BA || value == 0x679 || value == 0x688 { urdu += 1 }
    case 0x900...0x97F: devanagari += 1
    case 0xE00...0xE7F: thai += 1
    case 0x1000...0x109F: burmese += 1
    case 0x10A0...0x10FF: georgian += 1
    case 0x1100...0x11FF, 0xAC00...0xD7AF: hangul += 1
    case 0x3040...0x30FF: kana += 1
    case 0x3400...0x9FFF, 0x20000...0x3FFFF: han += 1
    default: break
    }
  }

  /// The tag, if the script alone decides it; nil for the Latin script.
  var tag: String? {
    let latinLetters = ascii + latin
    let eastern = han + kana + hangul + devanagari + thai + burmese
    let western = cyrillic + arabic + greek + hebrew + armenian + georgian
    guard eastern + western > 0 else { return nil }
    let others: [(Int, String)] = [
      (han + kana, kana * 20 > han + kana ? "ja" : "zh"), (hangul, "ko"),
      (cyrillic, ukrainian * 50 > cyrillic ? "uk" : "ru"),
      (arabic, urdu * 50 > arabic ? "ur" : persian * 40 > arabic ? "fa" : "ar"),
      (devanagari, "hi"), (greek, "el"), (hebrew, "he"), (thai, "th"), (armenian, "hy"), (georgian, "ka"),
      (burmese, "my"),
    ]
    var best = (0, "")
    for other in others where other.0 > best.0 { best = other }
    // One Chinese character says as much as three letters: names and brands must not outvote a Chinese text.
    let weight = best.1 == "zh" || best.1 == "ja" ? 3 : 1
    return best.0 * weight > latinLetters ? best.1 : nil
  }
}

extension DetectedLanguage {
  /// Detects the language by its script, then by the number of stop words of each language.
  init(hits: UnsafeBufferPointer<Int>, words: Int, scripts: ScriptCounts) {
    if let tag = scripts.tag {
      self.init(language: tag == "ru" ? .russian : nil, tag: tag)
      return
    }
    var (best, hit, second) = (0, 0, 0)
    for language in hits.indices {
      if hits[language] > hit {
        (second, best, hit) = (hit, language, hits[language])
      } else {
        second = max(second, hits[language])
      }
    }
    // A third to a half of running text is stop words. Lists and headlines have fewer; other languages have some by
    // chance.
    if hit >= 3, hit * 8 >= words, hit > second, let language = StopWordLanguage(rawValue: UInt8(best)) {
      self.init(language: language, tag: language.tag)
      return
    }
    // A headline is too short to be certain; in plain ASCII it is most likely English.
    let isPlainHeadline = words < 25 && scripts.latin == 0 && hits[Int(StopWordLanguage.english.rawValue)] >= second
    self.init(language: isPlainHeadline ? .english : nil, tag: nil)
  }
}
