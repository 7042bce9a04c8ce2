import Summarization
import Testing

@testable import ExtractiveSummarizer

func analysis<T>(_ text: String, title: String = "", _ body: (ArticleAnalysis, Bytes) -> T) -> T {
  var (text, title) = (text, title)
  return text.withUTF8 { content in
    title.withUTF8 { title in
      var workspace = AnalysisWorkspace(lexicon: .shared)
      return workspace.analyze(title: title, content: content) { analysis, _ in body(analysis, content) }
    }
  }
}

private func leans(_ sentence: String) -> Bool {
  analysis(sentence) { analysis, bytes in
    SentenceCoherence(DetectedLanguage(language: .english, tag: "en"), bytes).leansOnPrevious(analysis.tokens)
  }
}

@Suite struct CoherenceTests {
  @Test(arguments: [
    "He left the house at noon.", "But the plan failed.", "However, nobody came.", "In addition, the road was closed.",
    "As a result, prices rose.", "While that's decent, more is needed.",
    "As part of that commitment, the town will pay.",
    "In them, she found three errors.", "For example, the school was closed.", "It’s the best of them all.",
    "These rules end in May.", "When they returned, the house was gone.", "All that done, the archive can be searched.",
    "The firm sells it as a toy, though.", "The mayor, however, stayed.", "At first glance, the list is long.",
    "After leaving the board of the harbour, she wrote a book.", "Since moving to the new quay, it seems too small.",
  ])
  func leaning(_ sentence: String) { #expect(leans(sentence)) }

  @Test(arguments: [
    "The mayor left the house at noon.", "This week the plan failed.", "This article tells how it was done.",
    "In a statement that was read aloud, the firm gave in.", "As the storm came closer, people left.",
    "In May, they left the country.", "Herrings are back in the bay.", "Buttons were sold by the pound.",
    "When Parliament returned, the law was gone.", "Those who voted were few.", "All those who voted were few.",
    "The mayor, though sick, came to the harbour.", "After hearing the mayor, the board left.",
    "After hearing all sides, it’s time to vote.", "While the ferry turned, it lost its flag.",
  ])
  func standingAlone(_ sentence: String) { #expect(!leans(sentence)) }

  /// Whether the last sentence leans, in a text that is long enough for its language to be known.
  private func leansAtTheEnd(_ text: String, _ tag: String) -> Bool {
    analysis(text) { analysis, bytes in
      #expect(analysis.language.tag == tag && analysis.sentences.count > 1)
      let coherence = SentenceCoherence(analysis.language, bytes)
      let last = analysis.sentences.count - 1
      return coherence.leansOnPrevious(analysis.tokens(of: last)) || coherence.leansOnPrevious(analysis.sentences[last])
    }
  }

  @Test(arguments: [
    (
      "de", "Die Brücke ist seit Montag für alle gesperrt, weil sie Risse hat.",
      "Dabei war sie erst vor einem Jahr fertig.", "Diese Woche wird in der Stadt gewählt."
    ),
    (
      "fr", "Le pont est fermé à tous depuis lundi, parce qu'il est fissuré.", "Il avait été construit en 1911.",
      "Il faut deux ans pour le refaire."
    ),
    (
      "es", "El puente está cerrado desde el lunes porque tiene grietas.", "Con esas palabras lo explicó el alcalde.",
      "Esta semana hay elecciones en la ciudad."
    ),
    (
      "it", "Il ponte è chiuso da lunedì perché ha delle crepe.", "Per questo la città lo ha chiuso.",
      "Questa settimana si vota nella città."
    ),
    (
      "pt", "A ponte está fechada desde ontem porque não é segura.", "Além disso, o rio subiu muito.",
      "Neste ano a cidade faz uma festa."
    ),
    (
      "nl", "De brug is sinds maandag voor iedereen dicht omdat er scheuren in zijn.", "Daarom varen er nu veerboten.",
      "Deze week zijn er verkiezingen in de stad."
    ),
    (
      "sv", "Bron är stängd för alla sedan i måndags eftersom den har sprickor och är gammal.",
      "Dessutom är floden hög.", "Staden håller val på söndag."
    ),
    (
      "pl", "Most jest od wczoraj zamknięty dla wszystkich, bo nie jest już bezpieczny.",
      "Jego budowa trwała dwa lata.", "W tym tygodniu są wybory w mieście."
    ),
    (
      "ru", "Мост закрыт для всех с понедельника, потому что в нем есть трещины.", "При этом его построили год назад.",
      "На этой неделе в городе выборы."
    ),
    ("hi", "पुल सोमवार से सबके लिए बंद है क्योंकि उसमें दरारें हैं।", "उन्होंने कहा कि काम दो साल चलेगा।", "इस सप्ताह शहर में चुनाव है।"),
    ("ko", "다리는 금이 가서 월요일부터 모두에게 닫혔다.", "하지만 배는 다닌다.", "시장은 월요일에 떠났다."),
    ("zh", "大桥因出现裂缝从星期一起对所有人关闭。", "但是渡轮照常运行。", "市长星期一离开了城市。"),
    ("ja", "橋はひびが見つかり、月曜日から通行止めになっている。", "このため市は船を出す。", "市長は月曜日に町を出た。"),
  ])
  func otherLanguages(_ tag: String, _ before: String, _ leaning: String, _ standing: String) {
    #expect(leansAtTheEnd("\(before) \(leaning)", tag))
    #expect(!leansAtTheEnd("\(before) \(standing)", tag))
  }

  @Test(arguments: [
    ("de", "Die Brücke ist seit Montag für alle gesperrt, weil sie Risse hat.", "Auch wenn es regnet, bleibt sie zu."),
    (
      "fr", "Le pont est fermé à tous depuis lundi, parce qu'il est fissuré.", "Alors que la ville vote, rien ne bouge."
    ),
    (
      "fr", "Le pont est fermé à tous depuis lundi, parce qu'il est fissuré.",
      "Pour lutter contre la rouille, on le peint."
    ),
    ("es", "El puente está cerrado desde el lunes porque tiene grietas.", "Después de la tormenta, el río bajó."),
    ("pt", "A ponte está fechada desde ontem porque não é segura.", "A engenheira e sua equipe estão na cidade."),
    ("it", "Il ponte è chiuso da lunedì perché ha delle crepe.", "Anche se piove, la città è aperta."),
    (
      "nl", "De brug is sinds maandag voor iedereen dicht omdat er scheuren in zijn.",
      "In Lyde zijn drie bruggen dicht."
    ),
    ("sv", "Bron är stängd för alla sedan i måndags eftersom den har sprickor och är gammal.", "Hans Roos har en båt."),
    (
      "ru", "Мост закрыт для всех с понедельника, потому что в нем есть трещины.",
      "После того как прошла проверка, мост закрыли."
    ),
    (
      "ru", "Мост закрыт для всех с понедельника, потому что в нем есть трещины.",
      "По результатам проверки мост закрыли."
    ),
    (
      "pl", "Most jest od wczoraj zamknięty dla wszystkich, bo nie jest już bezpieczny.",
      "Do tej pory nikt się nie skarżył."
    ),
    ("zh", "大桥因出现裂缝从星期一起对所有人关闭。", "并购案星期五结束。"),
    ("ja", "橋はひびが見つかり、月曜日から通行止めになっている。", "このほど市は新しい船を買った。"),
  ])
  func conjunctionsOfOtherLanguages(_ tag: String, _ before: String, _ standing: String) {
    #expect(!leansAtTheEnd("\(before) \(standing)", tag))
  }

  @Test(arguments: [
    ("The ferry sank on Monday. Its captain, Jane Roe, was saved. The crew said that Roe had left last.", [-1, -1, 1]),
    ("The ferry sank on Monday. Its captain, Jane Roe, was saved. According to Roe, nobody was hurt.", [-1, -1, 1]),
    // The earliest of two.
    ("Captain Jane Roe left. Her mate, Anna Poe, stayed. It was Poe who told Roe of it.", [-1, -1, 0]),
    // The whole name, a name that was never introduced, a part of a longer one, a word that is no name.
    ("The ferry sank on Monday. Its captain, Jane Roe, was saved. Later Jane Roe thanked the crew.", [-1, -1, -1]),
    ("The ferry sank on Monday. Lyde was quiet at noon. Nobody in Lyde was hurt.", [-1, -1, -1]),
    ("He works for the Lower Quay. It was built by Lower Quay Transport.", [-1, -1]),
    ("The Supreme Court met. It is said that the Court was closed.", [-1, -1]),
    ("She sang in Lower Quay. There is a quay in the town.", [-1, -1]),
  ]) func aSurnameDependsOnTheWholeName(_ text: String, _ antecedents: [Int32]) {
    func found(title: String = "") -> [Int32] {
      analysis(text, title: title) { analysis, _ in
        var found = [Int32](repeating: -1, count: analysis.sentences.count)
        let stems = UncheckedList<Int32>(repeating: 0, count: analysis.counts.count)
        NameIntroductions.find(in: analysis, stems: stems) { found[$0] = $1 }
        return found
      }
    }
    #expect(found() == antecedents)
    // The title introduces what it names.
    #expect(found(title: "Jane Roe and Anna Poe").allSatisfy { $0 == -1 })
  }

  @Test(arguments: [
    ("A team of four looked at the bridge. Heavy rain fell on Lyde. The team found cracks.", 0),
    ("A team of four looked at the bridge. Heavy rain fell on Lyde. For the team it was a long day.", 0),
    // It is definite from the start, in the title, named for the first time, a name, or behind something else.
    ("The old team looked at the bridge. Heavy rain fell on Lyde. The team found cracks.", nil),
    ("A cable tore at noon. Heavy rain fell on Lyde. The cable was very old.", nil),
    ("A storm came to Lyde. Heavy rain fell on Lyde. The team found cracks.", nil),
    ("A Team of four looked on. Heavy rain fell on Lyde. The Team found cracks.", nil),
    ("A team of four looked at the bridge. Heavy rain fell on Lyde. It was the team of the city.", nil),
    ("A team of four looked at the bridge. Heavy rain fell on Lyde. A team found cracks.", nil),
  ]) func aDefiniteSubjectDependsOnItsFirstMention(_ text: String, _ antecedent: Int?) {
    analysis(text, title: "A cable of the bridge") { analysis, bytes in
      func found(chosen: [Int]) -> Int? { DefiniteReferences.antecedent(of: 2, chosen: chosen, analysis, bytes) }
      #expect(found(chosen: []) == antecedent)
      #expect(found(chosen: [1]) == antecedent)
      #expect(found(chosen: [0]) == nil)
    }
  }

  @Test func aSentenceWithADefiniteSubjectIsChosenWithItsFirstMention() {
    let text = """
      Lyde will close the old harbour bridge on Monday and keep it closed until spring.
      A team of engineers looked at its cables.
      The team says that repairs of the bridge will cost four million crowns in the end.
      Experts say that repairs of the bridge will cost four million crowns in the end.
      """
    func made(_ sentences: Int) -> String {
      digest(text, title: "Bridge repairs cost four million crowns", sentences: sentences).summary ?? ""
    }
    #expect(made(2).contains("Experts say"))
    #expect(!made(2).contains("The team"))
  }

  @Test func ofTwoThatSayTheSameTheOneThatStandsAloneIsChosen() {
    let text = """
      Lyde will close the old harbour bridge on Monday and keep it closed until spring.
      Cracks appeared there in summer.
      They say that repairs of the bridge will cost four million crowns in the end.
      Engineers say that repairs of the bridge will cost four million crowns in the end.
      """
    let made = digest(text, title: "Bridge repairs cost four million crowns", sentences: 2).summary ?? ""
    #expect(made.contains("Engineers say"))
    #expect(!made.contains("They say"))
  }

  @Test(arguments: [
    // The lead says the same with names; in forms of the words; a standfirst of two sentences.
    ("The mayor will close the old harbour bridge in spring.", 1),
    ("The mayors will be closing the old harbour bridges in spring.", 1),
    ("The mayor will close the old harbour bridge in spring. Nobody in the town was asked.", 2),
    // It says something else, is longer than the lead, or belongs to the same paragraph.
    ("The mayor will close 3 bridges of the old harbour in spring.", 0),
    ("The mayor will open a new ferry line to the islands.", 0), ("The mayor will close it.", 0),
    (
      "Mayor Jane Roe will close the old harbour bridge of Lyde in spring for repairs to its cables and towers, the first "
        + "since it was built, and to its road.", 0
    ),
    ("", 0),
  ]) func aStandfirstTellsTheNewsOfTheLead(_ standfirst: String, _ count: Int) {
    let lead = "Mayor Jane Roe of Lyde will close the old harbour bridge in spring so that its cables can be replaced."
    let text = "\(standfirst)\n\n\(lead)\n\nThe works take a year. Ferries will run every hour instead."
    analysis(text, title: "Works") { analysis, bytes in #expect(Standfirst.count(in: analysis, bytes) == count) }
    if count > 0 { #expect(digest(text, title: "Works", sentences: 2).summary?.hasPrefix(lead) == true) }
  }

  @Test(
    arguments: [
      ("A tracker of permits for captains", [0, 1], 3), ("A tracker of permits", [0, 1], nil),
      ("People wait for a tracker of permits", [0, 1], 3),
      // The chosen ones have most of the words, it is chosen already, it adds one word, or the title has too few.
      ("How people wait in a shop for permits", [0, 1], nil), ("A tracker of permits for captains", [0, 3], nil),
      ("A tracker for people who wait", [0, 1], nil), ("Permits, permits", [0, 1], nil), ("", [0, 1], nil),
    ] as [(String, [Int], Int?)])
  func theLastSentenceSaysWhatTheTitleNames(_ title: String, _ chosen: [Int], _ wanted: Int?) {
    let text = """
      People like to know how long they have to wait in a shop.
      A wait feels shorter where people can see each step of it.
      He has a tracker of permits for captains.
      Jane Roe built a tracker of permits for the captains of Lyde.
      The captains of Lyde like it.
      """
    analysis(text, title: title) { analysis, bytes in
      let isDone = UncheckedList<Bool>(repeating: false, count: analysis.sentences.count)
      for index in chosen { isDone.base[index] = true }
      let scores = SentenceScore.all(of: analysis, bytes)
      let found = TitleCoverage.missingSentence(from: chosen, analysis, scores, isDone: isDone, bytes)
      #expect(found == wanted)
    }
  }

  @Test func rowsOfFiguresAndHeadingsThatAskAreFurniture() {
    func penalty(_ text: String) -> Double {
      analysis("The harbour is open. \n\n\(text)") { analysis, bytes in
        PageReference.penalty(of: analysis.sentences.count - 1, analysis, bytes)
      }
    }
    #expect(penalty("Jane Roe of Lyde 63 85% 1 goal 2 (1 in all).") == PageReference.furniturePenalty)
    #expect(penalty("Jane Roe made 63 goals in 85 games of the league.") == 0)
    #expect(penalty("Has the Mayor Left the Harbour?") == PageReference.furniturePenalty)
    #expect(penalty("Has the mayor left the harbour?") == 0)
    #expect(penalty("Has Jane Roe left Lyde?") == 0)
    #expect(penalty("As you can see in the trailer, the cars are new.") == PageReference.pointingPenalty)
    #expect(penalty("As far as you can go by car, the roads are new.") == 0)
  }

  @Test func whatNeedsThePageAroundItIsThatWhichPointsBelowOrTakesLeave() {
    func penalties(_ text: String) -> [Bool] {
      analysis(text) { analysis, bytes in
        analysis.sentences.indices.map { PageReference.penalty(of: $0, analysis, bytes) > 0 }
      }
    }
    let lead = "The harbour of Lyde was closed to all ships on Friday after a tanker ran aground in the fog."
    #expect(penalties("\(lead)\n\nThe boats are in the pictures below.") == [false, true])
    #expect(penalties("\(lead) Here are three of the ships.") == [false, true])
    #expect(penalties("\(lead) Here’s how it came to that.") == [false, true])
    #expect(penalties("\(lead) Here the fog was thin.") == [false, false])
    #expect(penalties("\(lead)\n\nListed below are the ships of the harbour.") == [false, true])
    #expect(penalties("\(lead)\n\nIt lies two metres below the town.") == [false, false])
    #expect(penalties("\(lead)\n\nAs we show below, it was the fog of the night.") == [false, false])
    #expect(penalties("\(lead)\n\nWe hope that you liked it! The next one is about you!") == [false, true, true])
    #expect(penalties("\(lead)\n\nWe will pay for it. The next one is about you!") == [false, false, true])
    #expect(penalties("\(lead) We hope that you liked it! The next one is about you!") == [false, false, true])
    #expect(penalties("\(lead)\n\nThe harbour is open again to all!") == [false, false])
  }

  @Test func theRestOfALostSentenceIsNotShown() {
    let text = """
      Lyde will close the old harbour bridge on Monday, the county said.
      parent but the county has to decide on repairs of the old bridge by Monday.
      Ferries will run from the quay until spring.
      Fishermen may pass at night.
      """
    #expect(digest(text, sentences: 2).summary?.contains("parent") == false)
  }

  @Test func aLeaningSentenceComesAfterTheOneItLeansOn() {
    let text = """
      Lyde will close the old harbour bridge on Monday and keep it closed until spring.
      Engineers of the county found the cracks in the old bridge during an inspection in summer.
      They say that repairs of the bridge will cost four million crowns in the end.
      Ferries will run from the quay until spring, the county said.
      """
    let made = digest(text, title: "Bridge repairs cost four million crowns", sentences: 3).summary ?? ""
    #expect(made.contains("inspection in summer. They say"))
  }
}

@Suite struct RedundancyTests {
  @Test func theCosineOfTheCountsOfContentWords() {
    let text = """
      The council built a bridge for the town. The council built a school for the town.
      The trees grow beside the river of Lyde. The trees grow, and the trees are for the town.
      """
    analysis(text) { analysis, _ in
      guard analysis.sentences.count == 4 else {
        Issue.record("\(analysis.sentences.count) sentences")
        return
      }
      var used = UncheckedList<Int32>(repeating: 0, count: analysis.counts.count)
      func similarity(_ a: Int, _ b: Int) -> Double {
        let found = SentenceRanking.similarity(a, b, analysis, &used)
        // What one comparison leaves behind would count in the next.
        #expect(used.elements.allSatisfy { $0 == 0 }, "\(a) and \(b)")
        return (found * 10_000).rounded() / 10_000
      }
      #expect(similarity(0, 0) == 1)
      #expect(similarity(0, 1) == 0.75)
      #expect(similarity(1, 0) == 0.75)
      #expect(similarity(0, 2) == 0)
      // Trees, grow, beside, river, Lyde, town: (1, 1, 1, 1, 1, 0) and (2, 1, 0, 0, 0, 1), 3 / √30.
      #expect(similarity(2, 3) == 0.5477)
      #expect(similarity(3, 2) == 0.5477)
    }
  }
}

@Suite struct QuotationTests {
  private func parts(_ text: String) -> [QuotationPart] {
    analysis(text) { analysis, _ in analysis.units.map(\.quotation) }
  }

  @Test func marksOfOtherLanguagesCount() {
    #expect(parts("« C'était long. Nous sommes restés », a-t-elle dit. Il part.") == [.piece, .piece, .none])
    #expect(parts("„Es war lang. Wir blieben“, sagte sie. Er ging.") == [.piece, .piece, .none])
    #expect(parts("»Es war lang«, sagte sie. Er ging.") == [.whole, .none])
    #expect(parts("「長かった。残った」と彼は言った。彼は去った。") == [.piece, .piece, .none])
    #expect(parts("「長かった」と彼は言った。彼は去った。") == [.whole, .none])
    #expect(parts("「長かった、と思う」。彼は去った。") == [.alone, .none])
  }

  @Test func aQuotationComesWithTheSentenceThatNamesItsSpeaker() {
    let text = """
      Honey from the heath costs a third more than last summer, the guild of the keepers said on Monday.
      "We lost half of the bees and a third of the honey."
      """
    #expect(
      digest(text + "\nHives stay there until autumn.\nThe guild meets in July.", sentences: 1).summary?.contains("We")
        == false)
    let pieces = "\"We lost half. We lost all. We left. We stayed. We came.\" She left."
    #expect(digest(pieces, sentences: 3).summary == "She left.")
  }

  @Test func piecesAreToldFromWholeOnes() {
    #expect(parts("The day was long. \"It was long,\" she said. They left.") == [.none, .whole, .none])
    #expect(parts("“It was long. Nobody left. We stayed,” she said. They left.") == [.piece, .piece, .piece, .none])
    #expect(parts("\"It was long.\nThey left the house.") == [.piece, .none])
    #expect(parts("It was long,” she said. They left.") == [.piece, .none])
    #expect(parts("“It was long and cold.” “It was,” she said, “long.”") == [.alone, .whole])
    #expect(parts("\"It was long and cold.\" She left.") == [.alone, .none])
    #expect(parts("'It was long and cold.'") == [.alone])
    #expect(parts("”Det var långt”, sade Eva. Hon sade: ”Nej.” They left.") == [.whole, .whole, .none])
    #expect(parts("A board of 6” by 8” was found there.").contains(.piece) == false)
    #expect(parts("A board of 6\" by 8\" was found there.") == [.none])
    #expect(
      parts("'It was long,' she said. 'We stayed. Nobody left,' he said. They left.") == [
        .whole, .piece, .piece, .none,
      ])
    #expect(parts("‘It was long,’ she said. The workers' rights don't end, rock 'n' roll does.") == [.whole, .none])
  }

  @Test func aQuotationWithoutItsSpeakerIsNotShown() {
    let text = """
      Honey from the heath costs a third more than last summer.
      The spring was cold and the bees stayed in their hives until May.
      "We lost half of the bees and a third of the honey."
      Hives stay there until autumn.
      The guild of the keepers meets in July.
      """
    #expect(digest(text).summary?.contains("We lost") == false)
  }

  @Test func noPieceOfAQuotationIsShown() {
    let text = """
      Marta Wieland keeps bees on the edge of the heath and sells the honey in town.
      "The worst summer was the one three years ago. I lost sixty colonies of bees. You never get used to that quiet."
      Her harvest of honey this summer was the largest for ten years, two tonnes in all.
      The heath will be a nature reserve from next summer on, and hives may stay there.
      """
    let made = digest(text, title: "The worst summer of bees")
    #expect(made.summary?.contains("\"") == false)
    #expect(made.summary?.contains("sixty") == false)
  }
}

@Suite struct RegisterTests {
  private func person(_ word: String) -> WordToken.TokenFlags? {
    analysis(word) { analysis, _ in analysis.tokens.first?.flags.intersection(.person) }
  }

  @Test func personalWords() {
    for word in ["I", "my", "I’ve", "I'm"] { #expect(person(word) == .speaker) }
    for word in ["We", "our", "you", "you're", "your"] { #expect(person(word) == .otherPerson) }
    for word in ["US", "wear", "hour", "me-too", "yours truly".prefix(5) + "x", "island", "usable"] {
      #expect(person(String(word)) == [])
    }
  }

  @Test func thirdPersonIsNews() {
    var register = TextRegister()
    #expect(register.newsLikeness == 1)
    register.add(words: 400, personal: 1)
    #expect(register.newsLikeness == 1)
    register.add(words: 0, personal: 20)
    #expect(register.newsLikeness == 0)
  }

  @Test func noPieceOfAQuotationIsLeftOfWhatWasNoProse() {
    let text = """
      O plástico é feito de algas e custa o dobro do comum, segundo os investigadores de Brandau.
      “Ainda falta muito. Mas é um começo”, disse a autora.
      A fábrica de Kessel quer comprar o plástico.
      Saiba mais na edição impressa
      """
    let made = digest(text).summary ?? ""
    #expect(made.hasPrefix("O plástico é feito"))
    #expect(!made.contains("começo"))
    // All of it is there, so that it stays.
    let whole =
      "The tide came in on Friday.\n“We waited for it all day. It was late by an hour,” she said.\nPhoto: Jane Doe"
    #expect(digest(whole).summary?.hasSuffix("“We waited for it all day. It was late by an hour,” she said.") == true)
  }

  @Test func theOrderOfAShortTextSaysMoreThanItsCounts() {
    let text = """
      The old bridge will be closed until the spring because of cracks.
      Pedestrians can still cross it, the town hall said on Monday.
      Repairs will cost four million euros.
      The bridge was built in 1911.
      """
    #expect(digest(text).summary?.hasSuffix("Repairs will cost four million euros.") == true)
  }

  @Test func aLongLeadIsStillTheSummaryOfNews() {
    let lead = """
      Two people died and eleven were hurt when a bus with forty pupils of the school of Kessel on board left the mountain road \
      above the town on Friday night in thick fog, fell into the river and burned out, police said.
      """
    let rest = """
      The bus of the school was on its way from the mountain to the town of Kessel.
      Police closed the mountain road above the town until Sunday.
      The school of Kessel stays shut this week.
      """
    #expect(digest("\(lead)\n\(rest)", sentences: 1).summary == lead)
  }

  @Test func theLeadOfNewsIsInItsSummary() {
    let lead = "Two people died when a bus left the mountain road near Kessel on Friday night, police said."
    let body = """
      The regional hospital in Brandau took in nineteen passengers, four of them in a serious condition.
      Brandau hospital said that the four passengers of the bus who are in a serious condition are pupils.
      The road over the pass will stay closed until experts of the police have looked at the bus and the barrier.
      Passengers of the bus and their families are looked after at the school of Brandau, the hospital said.
      """
    #expect(digest("\(lead)\n\(body)", sentences: 1).summary == lead)
  }
}
