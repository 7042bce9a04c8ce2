import Testing

@testable import ExtractiveSummarizer

/// The sentences of a text, white space made single.
func sentences(_ text: String) -> [String] {
  var text = text
  return text.withUTF8 { bytes in
    SentenceSplitter.split(bytes).map { sentence in
      var builder = TextBuilder()
      builder.append(bytes, from: sentence.start, to: sentence.end)
      return builder.take()
    }
  }
}

@Suite struct SentenceTests {
  @Test(arguments: [
    ["Mr. Smith met Dr. Jones.", "They talked."],
    ["They ran up to the pier....", "Nobody was there.....", "The ferry had left."],
    ["It cost $3.5 million.", "That was too much."],
    ["The U.S. Senate voted at 5 p.m. on Monday.", "It passed."],
    ["He lives in the U.S.", "The house is small."],
    ["J. R. R. Tolkien wrote it.", "Many read it."],
    ["“We won!” she said.", "“It was close.”", "Then she left."],
    ["No. 10 was silent.", "Nobody came."],
    ["They waited ... and waited.", "Nothing came..."],
    ["See example.com/News.Html for it.", "It works."],
    ["Visit apps.USA.gov and apps.Data.gov today.", "They are new."],
    ["Was it true?", "Yes!", "It was (as we know).", "Good."],
    ["U.S. Sen. Bob Corker said no to No. 5 on Jan. 5 in St. Louis.", "It has 3.5 million people."],
    ["The fine was Rs. 500 for each.", "He paid."],
    ["It won 3-1.", "The crowd sang."],
    ["He spoke to Yahoo! on Monday, e.g. about J. K. Rowling, Ph.D.", "She left."],
    ["« C'est fini. »", "Il est parti.", "« Non ! » a-t-il dit."],
    ["D. Juan vive en EE. UU. desde 1990.", "Trabaja allí."],
    ["Am 3. Oktober wird gefeiert.", "Das Wetter ist gut."],
    ["The results in fig. 3 and tab. 2 show that the bridge is safe.", "Nobody was hurt."],
    ["The firm, known as Yahoo! Inc., said that its shares rose.", "Nobody was surprised."],
    ["She saw Panic! At The Disco in Lyde.", "It was loud!", "The crowd sang."],
    ["The No. 1 seed beat the No. 3 seed in 2 hrs. 15 min. at the Open.", "She smiled."],
    ["Review Fig. A for details.", "No.", "A man came."],
    ["Das kostet z. B. 5 Mio. Euro im Jahr.", "Die Stadt zahlt."],
    ["Sie wohnt in der 3. Etage und spielt beim 1. FC Köln.", "Er ist 12.", "Das ist alles."],
    ["Г-н Иванов И. И. прибыл в г. Москва 5 янв. 2024 г. вечером.", "Он устал."],
    ["The firm was bought by Acme Inc. [2004] and sold.", "It is small."],
    ["It runs on node . js and on nothing else.", "Good."],
    ["A. A. Milne wrote it in Lyde.", "Many read it."],
    ["Panic! At The Disco will play in Lyde.", "It is loud."],
    ["Er kam am 5.", "Das Fest war vorbei."],
    ["Am 1. Mai und am 3. Montag im Juni wird gebaut.", "Das gilt."],
    ["Er verdient 5 Mio.", "Sie verdient mehr."],
    ["Она уехала в 2024 г.", "Он остался дома на ул. Новой, кв. 3."],
    ["The dog ate it at 6:30 a.m. Monday.", "Nobody saw it."],
    ["The water was at 5 deg. C. on Monday.", "It froze."],
    ["Le tome no. 3 est paru en janv. 2024.", "Il est long."],
    ["Os Srs. Silva e Costa chegaram à Av. da Liberdade.", "Chovia."],
    ["She thanked them.", "pic.example.com/abc"],
    ["He found it, e.g. x.example/a and others.", "Good."],
  ])
  func breaksWhereSentencesEnd(_ expected: [String]) {
    #expect(sentences(expected.joined(separator: " ")) == expected)
  }

  @Test func aBracketGoesOnWithTheAbbreviationBeforeIt() {
    #expect(sentences("SPRINGFIELD, Ill. (AP) — He won.").count == 1)
    #expect(sentences("He works for Apple Inc. “We like him,” they say.").count == 2)
  }

  @Test func textsWithoutCapitalsComeApart() {
    #expect(
      sentences("the court met on monday. it ruled for j. k. smith, i.e. against inc. and co. nobody spoke.")
        == ["the court met on monday.", "it ruled for j. k. smith, i.e. against inc. and co. nobody spoke."])
    #expect(sentences("The court met. it ruled.").count == 1)
  }

  @Test func stopsThatStandApartEndSentences() {
    #expect(
      sentences("the minister , jean morel , had denied it . his lawyer said no .")
        == ["the minister , jean morel , had denied it .", "his lawyer said no ."])
    #expect(sentences("It runs on .NET and . . . nothing else.").count == 1)
  }

  @Test func aPronounIsNoInitial() {
    #expect(sentences("My first one was a Palm V. I liked it from the start.").count == 2)
    #expect(sentences("The book is by George V. I. Roe of Lyde.").count == 1)
    #expect(sentences("It was written by Jane V. Roe of Lyde.").count == 1)
  }

  @Test func paragraphsWithoutASpaceComeApart() {
    #expect(
      sentences("It was a long process.The relatives waited.") == ["It was a long process.", "The relatives waited."])
    // Without capitals, the words before the stop tell it from that of an abbreviation.
    #expect(sentences("वे वहीं पली बढ़ीं.उन्होंने काम किया है.आजकल वे यहाँ हैं.").count == 3)
    #expect(sentences("वह कल वहाँ से आया.रोगी को दवा दी.सब लोग घर गए.").count == 3)
    #expect(sentences("वह कल वहाँ से आया. डॉ. शर्मा और के. एस. राव घर गए. प्रो. सिंह ने दवा दी. पं. राव थे.").count == 4)
    #expect(sentences("उन्होंने डॉ.सिंह और ए.पी.जे.अब्दुल को देखा.").count == 1)
    #expect(sentences("다리가 닫혔다.시장은 떠났다.").count == 2)
    #expect(sentences("उन्होंने प्रो.शर्मा को देखा.").count == 1)
    for text in ["موقع مثال.كوم مفتوح.", "서울.경기 지역에 비가 온다.", "എച്ച്.സലാം വന്നു", ".net is for programs", ".उन्होंने कहा"] {
      #expect(sentences(text).count == 1)
    }
    #expect(sentences("He died aged 73.The family left.") == ["He died aged 73.", "The family left."])
    #expect(sentences("He said \"it was long\".Ahead of them lay Lyde.").count == 2)
    #expect(sentences("They run version 2.Final of it.").count == 1)
  }

  @Test(arguments: [
    "Shares of Harbour.Com rose on Monday.", "The Boat.Js group met.", "He calls the Lower.Quay group.",
    "She reads boat.Js and quay.Com.", "It belongs to Yahoo!Japan since May.",
    "The Access.Bus is a bus, and the Access.Bus group owns it.", "Он пишет для Порт.Ру каждый день.",
  ])
  func aMarkInsideANameEndsNothing(_ text: String) {
    #expect(sentences(text).count == 1)
  }

  @Test(arguments: [
    "It ended on Monday.The men left.", "It ended on Monday.Mr. Roe left.",
    "They met in Lyde.Police came, and more police after that.",
    "Sie wohnt in Lyde.Die Stadt ist alt.", "They waited.Roe came.",
    "Они жили в Лайде.Полиция знала это, и полиция молчала.",
    "Did he go to Lyde?Nobody knows.",
  ])
  func aWordThatIsNoNameBeginsASentence(_ text: String) {
    #expect(sentences(text).count == 2)
  }

  @Test func linesAndBulletsComeApart() {
    #expect(
      sentences("The plan has parts:\n\n- first part\n- second part\n\nIt is\r\n\r\ngood.")
        == ["The plan has parts:", "- first part", "- second part", "It is", "good."])
    #expect(
      sentences("this line was wrapped by the\neditor that wrote it.") == [
        "this line was wrapped by the editor that wrote it."
      ])
  }

  @Test func scriptsWithoutSpacesAndCase() {
    #expect(sentences("今日は晴れ。明日は雨！本当？") == ["今日は晴れ。", "明日は雨！", "本当？"])
    #expect(sentences("「行きます。」と彼は言った。") == ["「行きます。」と彼は言った。"])
    #expect(sentences("यह पहला है। यह दूसरा है।") == ["यह पहला है।", "यह दूसरा है।"])
    #expect(sentences("هل هذا صحيح؟ نعم هو صحيح.") == ["هل هذا صحيح؟", "نعم هو صحيح."])
  }

  @Test func nothingIsLostAndNothingCrashes() {
    for text in [
      "", " ", ".", "...", "\n\n", "? !", "a", "•", "1.", "1) ", "\"", "。", "\u{FEFF}", "👍🏽👩‍👩‍👧", "é.", ". . . .",
    ] {
      let all = sentences(text).joined().filter { !$0.isWhitespace }
      #expect(all == text.filter { !$0.isWhitespace && $0 != "\u{FEFF}" }, "\(text.debugDescription)")
    }
  }

  /// The floors are what was reached; they may only go up.
  @Test func goldenRules() {
    guard let lines = sharedLines("golden-rules.ndjson") else { return }
    var english = 0
    var others = 0
    for line in lines {
      let rule = fields(line)
      let want = rule["expect", default: []].map { $0.filter { !$0.isWhitespace } }
      let got = sentences(rule["text"]?.first ?? "").map { $0.filter { !$0.isWhitespace } }
      guard want == got else { continue }
      if rule["lang"] == ["English"] { english += 1 } else { others += 1 }
    }
    #expect(english >= 49)
    #expect(others >= 32)
  }
}
