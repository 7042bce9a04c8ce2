import Summarization
import Testing

@testable import ExtractiveSummarizer

func digest(_ content: String, title: String = "", sentences: Int = 3) -> Summary {
  ExtractiveSummarizer(SummaryRequest(sentences: sentences)).digest(title: title, content: content)
}

/// The table of edge cases, a fixture each.
@Suite struct EdgeCaseTests {
  @Test func emptyContentGivesTheTitle() {
    let made = digest(" \n\t", title: "Brilliant  victory for the rescue team")
    #expect(made.summary == "Brilliant victory for the rescue team")
    #expect(made.sentiment == .positive)
    #expect(made.keywords?.contains("rescue team") == true)
    #expect(digest("").summary == "")
    #expect(digest("").keywords == [])
  }

  @Test func shortTextsAreTheirOwnSummary() {
    #expect(digest("  It works.\nWe are glad. ").summary == "It works. We are glad.")
    #expect(digest("Storm hits coast").summary == "Storm hits coast")
  }

  @Test func aLineWithoutAStopDoesNotRunIntoTheNextSentence() {
    #expect(
      digest("Harbour closed after tanker runs aground\n\nNobody was hurt.").summary
        == "Harbour closed after tanker runs aground. Nobody was hurt.")
    #expect(
      digest("How the harbour was closed:\nNobody was hurt").summary == "How the harbour was closed: Nobody was hurt")
    #expect(digest("港は閉鎖された\n負傷者はいない。").summary == "港は閉鎖された負傷者はいない。")
  }

  @Test func anEndlessSentenceIsCutAtAWord() {
    let word = "words that never come to an end and "
    let made = digest(String(repeating: word, count: 60)).summary ?? ""
    #expect(made.utf8.count <= ExtractiveSummarizer.longestSentence + 3)
    #expect(made.hasSuffix("…"))
    #expect(word.split(separator: " ").contains(made.dropLast().split(separator: " ").last ?? ""))
  }

  /// Letters are counted, not the bytes that spell them.
  @Test(arguments: [
    "Мост через реку закрыли на ремонт после того, как трещины нашли в двух его опорах,",
    "أغلقت البلدية الجسر بعد أن وجد المهندسون شقوقا في اثنتين من دعائمه،",
    "पुल के दो खंभों में दरारें मिलने के बाद नगर परिषद ने उसे बंद कर दिया,",
  ])
  func aLongSentenceIsWholeInEveryScript(_ clause: String) {
    let sentence = Array(repeating: clause, count: 5).joined(separator: " ").dropLast() + "."
    #expect(sentence.utf8.count > ExtractiveSummarizer.longestSentence)
    #expect(digest(String(sentence)).summary == String(sentence))
  }

  @Test func anEndlessSentenceWithSemicolonsIsTakenApart() {
    let clauses = (1...12).map { "the speaker went on to point number \($0) of the long plan for the town" }
    #expect(digest(clauses.joined(separator: "; "), sentences: 2).summary?.contains(";") == false)
  }

  @Test(arguments: ["; ", " - ", " | ", "\n"])
  func anEndlessSentenceIsTakenApart(at mark: String) {
    let clauses = (1...12).map { "The speaker went on to point number \($0) of the long plan for the town" }
    let made = digest(clauses.joined(separator: mark), sentences: 2).summary ?? ""
    #expect((1...2).contains(made.components(of: "The speaker")))
  }

  @Test func thaiHasNoStopsAndMarksStayWithTheirLetters() {
    let made = digest("รัฐบาลประกาศแผนใหม่เมื่อวันจันทร์\nฝ่ายค้านไม่เห็นด้วยกับแผนนี้\nประชาชนรอดูผลของแผน", sentences: 1)
    #expect(made.language == "th")
    #expect(made.summary?.isEmpty == false)
    for keyword in made.keywords ?? [] {
      let first = keyword.unicodeScalars.first?.value ?? 0
      #expect(first != 0xE31 && !(0xE34...0xE3A).contains(first) && !(0xE47...0xE4E).contains(first))
    }
  }

  @Test func whatIsNoProseIsLeftOut() {
    let text = """
      By Jane Doe and John Roe
      PUBLISHED: 10:02 EST, 3 May 2013
      (CNN) -- The harbour of the old town was closed on Friday after a tanker ran aground in heavy fog.
      Photo: The tanker in the harbour on Friday morning, seen from the hill.
      Share this article
      Rescue teams took all twenty sailors from the ship, and nobody was hurt, the coast guard said.
      Read more: Why ships still run aground in our harbours every year
      https://example.com/harbour
      The company that owns the ship said that it would pay for the work and for the days that were lost.
      """
    let made = digest(text).summary ?? ""
    #expect(made.hasPrefix("The harbour of the old town was closed"))
    #expect(made.hasSuffix("for the days that were lost."))
    for piece in ["Jane", "PUBLISHED", "CNN", "Photo", "Share", "Read more", "http"] {
      #expect(!made.contains(piece))
    }
  }

  @Test(arguments: ["LONDON (Reuters) - ", "WASHINGTON, June 3 — ", "Berlin (dpa) - ", "(CNN) -- ", "NEW YORK – "])
  func datelinesGo(_ dateline: String) {
    #expect(
      digest(
        dateline
          + "The ministers met again on Friday to talk about fish.\n\nThey left at noon without a word to the waiting press.\n\nAnother talk is planned for the coming week in the same old house.\n\nNobody expects that the dispute will end there and then."
      ).summary?.hasPrefix("The ministers met") == true)
  }

  @Test func headersOfMailsAreNoSentences() {
    let header =
      "Received: from a.LQ.ORG by b.LQ.ORG (4.1/x) id AA1; Mon, 4 Mar 24 11:48:07 PDT\nReceived: by c.LQ.ORG (4.1)\n"
      + "          11:47:28 PDT\nSubject: Re: Harbour"
    let body = "The harbour of Lyde was closed on Friday. It has two quays. All ships were sent to other ports."
    #expect(digest("\(header)\n\n\(body)").summary == body)
    #expect(digest("Return-Path: <jane@roe.example>\n\(header)\n\n\(header)\n\n\(body)").summary == body)
  }

  @Test func aDashInASentenceIsNoDateline() {
    let text = "The mayor — long a critic of the plan — gave in."
    #expect(digest(text).summary == text)
  }

  @Test func boilerplateAloneIsKept() {
    #expect(digest("Photo: harbour").summary == "Photo: harbour")
  }

  @Test func shoutingIsSplitAndHasKeywords() {
    let made = digest(
      "THE RIVER ROSE AGAIN. THE RIVER BROKE THE DAM. PEOPLE LEFT THE TOWN IN BOATS. HELP IS ON THE WAY NOW.",
      sentences: 1)
    #expect(made.summary?.hasSuffix(".") == true)
    #expect(made.summary?.filter { $0 == "." }.count == 1)
    #expect(made.keywords?.contains("RIVER") == true)
  }

  @Test func nearDuplicatesAreSaidOnce() {
    let twice = "The council voted on Monday to build the new bridge over the river."
    let text =
      "\(twice) \(twice) Work on the road to the airport will begin in autumn, engineers say. Trees will be planted along both banks before winter comes."
    let made = digest(text).summary ?? ""
    #expect(made.components(of: twice) == 1)
  }

  @Test func otherLanguagesAreNamedAndNotScored() {
    let texts = [
      (
        "de",
        "Die Regierung hat am Montag ein neues Gesetz vorgestellt, das die Steuern für kleine Firmen senken soll. Die Opposition ist gegen den Plan und will ihn nicht unterstützen."
      ),
      (
        "fr",
        "Le gouvernement a présenté lundi une nouvelle loi qui doit réduire les impôts des petites entreprises. L'opposition est contre le projet et ne veut pas le soutenir."
      ),
      (
        "es",
        "El gobierno presentó el lunes una nueva ley que debe bajar los impuestos de las pequeñas empresas. La oposición está en contra del plan y no lo quiere apoyar."
      ),
      (
        "it",
        "Il governo ha presentato lunedì una nuova legge che deve ridurre le tasse delle piccole imprese. L'opposizione è contro il piano e non lo vuole sostenere."
      ),
      (
        "pt",
        "O governo apresentou na segunda-feira uma nova lei que deve reduzir os impostos das pequenas empresas. A oposição é contra o plano e não o quer apoiar."
      ),
      (
        "nl",
        "De regering heeft maandag een nieuwe wet voorgesteld die de belasting van kleine bedrijven moet verlagen. De oppositie is tegen het plan en wil het niet steunen."
      ),
      (
        "ru",
        "Правительство представило в понедельник новый закон, который должен снизить налоги для малых предприятий. Оппозиция против этого плана."
      ),
      ("ja", "政府は月曜日に新しい法案を発表した。野党はこの計画に反対している。"),
      ("zh", "政府星期一公布了新的法律。反对党不支持这个计划。"),
      ("ar", "قدمت الحكومة يوم الاثنين قانونا جديدا. المعارضة ترفض هذه الخطة."),
    ]
    for (tag, text) in texts {
      let made = digest(text)
      #expect(made.language == tag)
      #expect(made.sentiment == .neutral)
      #expect(made.sentimentScore == nil)
      #expect(made.keywords?.isEmpty == false)
    }
  }

  @Test func ideographsNeedNoSpaces() {
    let text = "政府は新しい計画を発表した。東京の市場は大きく動いた。専門家は驚いている。来週も会議が続く。"
    #expect(digest(text, sentences: 2).summary?.contains(" ") == false)
    #expect(digest("大阪の港は\n静かだ。").summary == "大阪の港は静かだ。")
  }

  @Test func oddBytesDoNoHarm() {
    let text =
      "Zero\u{0}byte and \u{FFFD} here.\u{2028}A line separator broke this one \u{200B}off. 👩‍👩‍👧 Families came to see it."
    let made = digest(text)
    #expect(made.summary?.contains("\u{0}") == false)
    #expect(made.summary?.contains("👩‍👩‍👧") == true)
    for length in 0...text.unicodeScalars.count {
      _ = digest(String(String.UnicodeScalarView(text.unicodeScalars.prefix(length))))
    }
  }
}

@Suite struct EngineTests {
  static let article = """
    Shares of the shipping company Nordwind rose sharply on Tuesday after it reported record profits for the third quarter. \
    Nordwind said that revenue grew by 12 percent, helped by strong demand for container space between Asia and Europe. \
    Analysts had expected less. The company plans to build six container ships in Rostock, and will hire 400 people there. \
    Critics warn that the boom in container shipping may not last, since many rivals have ordered ships as well. \
    The chief executive of Nordwind, Karin Lund, said she was confident about the coming year.
    """

  @Test func onlyWhatWasAskedForIsMade() {
    for tasks in [SummaryTasks.summary, .sentiment, .keywords, [.summary, .keywords], .all] {
      let made = ExtractiveSummarizer(SummaryRequest(tasks: tasks)).digest(title: "", content: Self.article)
      #expect((made.summary != nil) == tasks.contains(.summary))
      #expect((made.sentiment != nil) == tasks.contains(.sentiment))
      #expect((made.sentimentScore != nil) == tasks.contains(.sentiment))
      #expect((made.keywords != nil) == tasks.contains(.keywords))
    }
  }

  @Test func summariesAreSentencesOfTheTextInItsOrder() {
    let all = sentences(Self.article)
    for limit in 1...4 {
      let made = digest(Self.article, sentences: limit).summary ?? ""
      let chosen = all.filter { made.contains($0) }
      #expect(chosen.count == limit)
      #expect(chosen.joined(separator: " ") == made)
    }
    #expect(digest(Self.article, sentences: 1).summary == all[0])
  }

  @Test func keywordsAreWhatItIsAbout() {
    let keywords = digest(Self.article, title: "Nordwind profits rise").keywords ?? []
    #expect(keywords.count == 5)
    #expect(Set(keywords).count == 5)
    #expect(keywords.contains("Nordwind"))
    #expect(keywords.contains { $0.hasPrefix("container") })
    for stop in ["said", "the", "Tuesday", "percent"] { #expect(!keywords.contains(stop)) }
  }

  @Test func theSameBytesEveryTime() async {
    let engine = ExtractiveSummarizer(SummaryRequest())
    let article = Article(line: 1, id: nil, title: "Nordwind profits rise", content: Self.article, raw: [])
    let first = try? await engine.summarize(article, attempt: 1)
    #expect(first?.summary?.isEmpty == false)
    await withTaskGroup(of: Summary?.self) { group in
      for _ in 0..<32 {
        group.addTask { try? await ExtractiveSummarizer(SummaryRequest()).summarize(article, attempt: 1) }
      }
      for await made in group { #expect(made == first) }
    }
  }

  /// What another process prints today and tomorrow; a change of the engine may change it, nothing else may.
  @Test func theSameBytesInEveryProcess() {
    let made = digest(Self.article, title: "Nordwind profits rise", sentences: 1)
    #expect(made.keywords == ["Nordwind", "profits", "shipping", "company", "container"])
    #expect(made.sentimentScore == 0.3724)
    #expect(made.language == "en")
  }

  @Test func whatIsNoWordIsNoKeyword() {
    let made = digest(
      "The code is \(String(repeating: "ab", count: 200)) and the mail is ann@example.com or https://example.com/a.")
    #expect(made.keywords?.allSatisfy { $0.utf8.count < 60 && !$0.contains("@") && !$0.contains("/") } == true)
    #expect(made.keywords?.contains("mail") == true)
  }

  @Test func realPostsAllHaveSummaries() {
    guard let lines = sharedLines("govnews-dev.ndjson") else { return }
    for line in lines.prefix(150) {
      let post = fields(line)
      let made = digest(post["content"]?.first ?? "", title: post["title"]?.first ?? "")
      #expect(made.summary?.isEmpty == false)
      #expect(made.keywords?.isEmpty == false)
    }
  }

  /// What looks like a caption, a byline, a header of a mail, a list or a heading, and is none.
  @Test(arguments: [
    ("Ferries stop on Friday.\n\n(See https://example.org/quay)\n\n", "Ferries stop on Friday."),
    ("The quay is closed on Friday.\n\n(Part 1/2)\n\n", "The quay is closed on Friday."),
    ("“The quay is safe,” she said.\n\n(Reporting by Jane/Edited by Joe)\n\n", "“The quay is safe,” she said."),
    ("Fares rose to 4.1 crowns in May.\n\nSource: Harbour Office\n\n", "Fares rose to 4.1 crowns in May."),
    ("P.S. 321 on the quay will close its doors in May.\n\n", "P.S. 321 on the quay will close its doors in May."),
    ("The mayor said that the quay may never be built…\n\n", "may never be built…"),
    ("From: Lyde Old Harbour, twice a day.\nTo: Lyde New Harbour, at noon.\n\n", "Lyde Old Harbour"),
    ("— Je ne reviendrai jamais dans cette maison.\n\n", "— Je ne reviendrai"),
    ("না, সে আসেনি। সেতুটি সোমবার বন্ধ করা হয়েছে কারণ দুটি স্তম্ভে ফাটল পাওয়া গেছে।\n\n", "না, সে আসেনি।"),
  ])
  func ordinaryTextStays(_ opening: String, _ part: String) {
    #expect(digest(opening + Self.rest).summary?.contains(part) == true)
  }

  @Test func ofNewsInBriefNoneIsDropped() {
    let first = "LYDE (Reuters) - Ferries to the islands stopped on Friday after a tanker ran aground near the quay."
    let second = "OSLO (Reuters) - Trains stopped in the whole of the town on Monday as snow fell for two days."
    #expect(digest(first + "\n\n" + second + "\n\n" + Self.rest).summary?.hasPrefix("Ferries to the islands") == true)
  }

  @Test func aLetterIsNoList() {
    let letter =
      "Dear readers of our paper:\n\nFerries stopped for the day.\nThe quay is closed to all.\nTugs are on their way.\n\n"
    #expect(digest(letter + Self.rest, sentences: 7).summary?.contains("Ferries stopped for the day.") == true)
  }

  @Test func questionsWithTheirAnswersAreNoHeaderOfAMail() {
    let questions =
      "Shops may ask.\n\nQ: How do I get help?\nA: Write to help@example.org before noon.\nQ: Who may ask for help?\n\n"
    #expect(digest(questions + Self.rest, sentences: 7).summary?.contains("Write to help@example.org") == true)
  }

  private static let rest = """
    Fishermen fear for the oysters that grow behind the old lighthouse.

    Schools on the islands are closed for as long as the pilots want.

    A court is to say who pays for the tugs and for the oysters.

    Tickets can be given back at the harbour office until the end of May.
    """
}

extension String {
  func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
