import Summarization
import Testing

@testable import ExtractiveSummarizer

private func keywords(_ content: String, title: String = "", _ count: Int = 5) -> [String] {
  ExtractiveSummarizer(SummaryRequest(keywords: count)).digest(title: title, content: content).keywords ?? []
}

@Suite struct KeywordTests {
  @Test func wordsOfGrammarAndCountAreNone() {
    let made = keywords(
      "Two later said that five of them fell once. Two more fell later, the first of seven, and two hundred rose at 8 a.m. today.",
      10)
    for word in ["Two", "two", "later", "five", "fell", "once", "first", "seven", "rose", "a.m", "a.m.", "today"] {
      #expect(!made.contains(word))
    }
  }

  @Test func namesAreWholeAndSaidOnce() {
    let made = keywords(
      "The airline said that Tarn Airlines will fly again. The loss of Tarn Airlines narrowed, and Tarn Airlines may buy aircraft."
    )
    #expect(made.first == "Tarn Airlines")
    #expect(!made.contains("Tarn"))
    #expect(!made.contains("Airlines"))
    #expect(keywords("He moved to New York. She left New York for a house by the sea.").first == "New York")
  }

  @Test func aGivenNameIsNotSaidBesideTheFamilyName() {
    let made = keywords(
      "Substitute Idris Kane scored late in the match. Kane had come on late, and Kane will play again in May.", 10)
    #expect(made.contains("Idris Kane"))
    for piece in ["Idris", "Kane"] { #expect(!made.contains(piece)) }
  }

  @Test func abbreviationsKeepTheirLastStopOrGo() {
    let made = keywords(
      "The U.S. market for scanners is open to Dr. Adams and to St. Clair, and the U.S. court agreed on Jan. 5 with Adams.",
      10)
    #expect(made.contains("U.S."))
    for piece in ["U.S", "Dr", "Jan", "St"] { #expect(!made.contains(piece)) }
  }

  @Test func germanKeywordsAreNouns() {
    let made = keywords(
      "Die Stadtwerke Hohenbrück verschieben den Ausbau der Fernwärme. Der Ausbau der Fernwärme wird teurer, weil die Kosten für den Bau gestiegen sind, und die ersten Häuser werden erst in zwei Jahren versorgt.",
      title: "Stadtwerke Hohenbrück verschieben Ausbau der Fernwärme", 10)
    #expect(made.contains("Stadtwerke Hohenbrück"))
    #expect(made.contains("Fernwärme"))
    #expect(made.allSatisfy { $0.split(separator: " ").last?.first?.isUppercase == true })
  }

  @Test func numbersAndDaysOfOtherLanguagesAreNone() {
    let spanish = keywords(
      "El pueblo volvió a abrir el lunes su escuela después de once años. La escuela tiene catorce alumnos, y once de ellos llegaron en enero, dijo el alcalde del pueblo.",
      10)
    for word in ["once", "años", "once años", "lunes", "enero", "dijo"] { #expect(!spanish.contains(word)) }
    #expect(spanish.contains("escuela"))
    let portuguese = keywords(
      "O governo anunciou na segunda-feira um novo hospital em Lisboa. O hospital vai ter duzentas camas, afirmou o ministro, e custa dez milhões de euros por ano ao governo.",
      10)
    for word in ["segunda-feira", "novo", "dez", "milhões", "ano", "afirmou"] { #expect(!portuguese.contains(word)) }
    #expect(portuguese.contains("hospital"))
  }

  @Test func phrasesMayHaveALink() {
    let french = keywords(
      "L'équipe de France a battu l'Allemagne jeudi à Marseille. Pour l'équipe de France, la finale du championnat d'Europe est dimanche. Le championnat d'Europe finit à Paris.",
      10)
    for phrase in ["équipe de France", "championnat d'Europe"] { #expect(french.contains(phrase)) }
    for piece in ["équipe", "France", "championnat", "Europe"] { #expect(!french.contains(piece)) }
    let portuguese = keywords(
      "O Banco de Portugal anunciou um novo plano. Para o Banco de Portugal, a economia deverá crescer com as exportações.",
      10)
    #expect(portuguese.first == "Banco de Portugal")
    for verb in ["anunciou", "deverá"] { #expect(!portuguese.contains(verb)) }
    let english = keywords(
      "The Bank of England left rates unchanged. Rates of the Bank of England will rise, says the head of the bank.", 10
    )
    #expect(english.contains("Bank of England"))
    #expect(!english.contains { $0.hasPrefix("Rates of") || $0.hasPrefix("head of") })
  }

  @Test func namesEndTheCapitalsOfASentence() {
    let german = keywords(
      "Bundeskanzlerin Angela Merkel sprach in Berlin über den Ausbau der Windenergie. Der Ausbau der Windenergie stockt.",
      10)
    #expect(german.contains("Angela Merkel"))
    #expect(!german.contains("Angela"))
  }

  @Test func anAPIAndItsAPIsAreOne() {
    let made = keywords("An API is a door. APIs are open. The API of the agency is new, and APIs will grow.")
    #expect(made.count { $0.hasPrefix("API") } == 1)
  }

  @Test func namesMayHoldFiguresAndMarks() {
    let networks = keywords(
      "The 5G network and G7 leaders. The 5G network grows. The F-35 jet flew. The F-35 is new. It cost $5M at 5PM in the 90S.",
      9)
    for name in ["F-35", "G7"] { #expect(networks.contains(name)) }
    #expect(networks.contains { $0.hasPrefix("5G") })
    for piece in ["5M", "5PM", "90S"] { #expect(!networks.contains(piece)) }
    let languages = keywords(
      "C++ and C# and .NET developers met in Lyde. C++ is old. The .NET is not. They love C# and C++.", 9)
    for name in ["C++", "C#", ".NET"] { #expect(languages.contains(name)) }
    let virus = keywords("COVID-19 cases rose. The COVID-19 vaccine works against SARS-CoV-2. SARS-CoV-2 spread fast.")
    #expect(virus.contains("SARS-CoV-2"))
    #expect(virus.contains { $0.hasPrefix("COVID-19") })
  }

  @Test func wordsOfChineseAndJapaneseAreWhole() {
    let chinese = keywords("市政府周一批准了新预算。市民对此表示欢迎！市政府说预算很好。")
    for word in ["市政府", "预算"] { #expect(chinese.contains(word)) }
    for piece in ["府周", "一批", "市政", "政府", "周一批", "示欢"] { #expect(!chinese.contains(piece)) }
    let japanese = keywords("ロンドンのサッカー選手がマンチェスターで優勝した。ロンドンのファンは喜んだ。")
    #expect(japanese.contains("ロンドン"))
    #expect(japanese.allSatisfy { !["ンド", "ロン", "ドン", "サッ"].contains($0) })
  }

  @Test func thaiIsNotCutInsideACluster() {
    let made = keywords("เมืองเชียงใหม่มีน้ำท่วมหนัก เมืองเชียงใหม่ปิดโรงเรียน ชาวเมืองเชียงใหม่รอความช่วยเหลือ", 9)
    for keyword in made {
      let scalars = keyword.unicodeScalars.map(\.value)
      #expect(!(0xE30...0xE3A).contains(scalars[0]) && !(0xE45...0xE4E).contains(scalars[0]))
      #expect(!(0xE40...0xE44).contains(scalars[scalars.count - 1]))
    }
  }

  @Test func longWordsOfThaiAndKatakanaAreWhole() {
    let thai = keywords("กรุงเทพมหานครประกาศปิดสะพานเก่า สะพานเก่าจะปิดจนถึงฤดูใบไม้ผลิ กรุงเทพมหานครจะซ่อมสะพาน")
    #expect(thai.contains("กรุงเทพมหานคร"))
    for piece in ["กรุงเท", "งเทพม", "พมหาน", "หานคร"] { #expect(!thai.contains(piece)) }
    #expect(keywords("東京で聖火リレーが始まった。聖火リレーは福島県を出発した。").contains("聖火リレー"))
    let chinese = keywords("霍尔姆俱乐部击败利德俱乐部。体长不到两厘米。霍尔姆俱乐部公布了一数据。", 9)
    for piece in ["姆俱", "到两厘米", "一数据"] { #expect(!chinese.contains(piece)) }
  }

  @Test func aNameMayEndLikeAVerb() {
    let made = keywords(
      "O governo anunciou que Marilou vai cantar em Lisboa. A cantora Marilou vive no Porto, e não se sabe o que Marilou cantou. Um grou vive no lago, e o grou voou.",
      10)
    for word in ["Marilou", "grou"] { #expect(made.contains(word)) }
    for verb in ["anunciou", "cantou"] { #expect(!made.contains(verb)) }
  }

  @Test func ofSpellingsThatAreEquallyFrequentTheFirstIsChosen() {
    func chosen(_ last: String) -> [String] {
      keywords("They closed the harbours on that day. It is a harbour that was sold, and a harbour for \(last).", 1)
    }
    #expect(chosen("all harbours") == ["harbours"])
    #expect(chosen("a harbour") == ["harbour"])
  }

  @Test func verbsAndPiecesOfNamesAreNone() {
    let made = keywords(
      "The announced plan of Edgar Ricardo de Souza was praised. Edgar Ricardo de Souza said 95 per cent reliability was reached. The plan was praised, and 95 per cent reliability is praised.",
      10)
    for piece in ["praised", "Edgar Ricardo de", "de Souza", "cent reliability", "cent"] {
      #expect(!made.contains(piece))
    }
    #expect(made.contains { $0.hasSuffix("Souza") || $0.hasPrefix("Edgar") })
  }

  @Test func wordsOfFrequentUseInUnknownLanguagesAreNone() {
    let made = keywords(
      "Zorvak tok mirden belma pelu. Hadrin tok sorveka belma minal. Pelu tok garven belma sild. Mirden tok valku belma hent. Sorv tok banil belma krem. Pelu tok virsa belma dront.",
      10)
    for word in ["tok", "belma"] { #expect(!made.contains(word)) }
    #expect(made.contains { $0.lowercased() == "pelu" })
  }

  @Test(arguments: [
    ("児童相談所が調べた件数は過去最多だ。児童相談所の職員は足りない。県は児童相談所の職員を増やす。市の児童相談所は忙しい。", "児童相談所"),
    ("中国人民银行周五宣布下调存款准备金率。中国人民银行表示，此举有利于市场。专家认为，存款准备金率的下调来得及时。", "中国人民银行"),
    ("中国人民银行周五宣布下调存款准备金率。中国人民银行表示，此举有利于市场。专家认为，存款准备金率的下调来得及时。", "存款准备金率"),
  ]) func wordsOfHanAreWhole(_ text: String, _ word: String) {
    let found = digest(text).keywords ?? []
    #expect(found.contains(word))
    #expect(!found.contains { $0 != word && word.contains($0) })
  }
}
