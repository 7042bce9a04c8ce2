import Summarization
import Testing

@testable import ExtractiveSummarizer

private func prose(_ text: String, title: String = "") -> [String] {
  var text = text
  var title = title
  return title.withUTF8 { title in
    text.withUTF8 { bytes in
      BoilerplateFilter.filter(SentenceSplitter.split(bytes), bytes, title: title).map {
        String(decoding: bytes[$0.start..<$0.end], as: UTF8.self)
      }
    }
  }
}

private let anchor = "The harbour of the old town was closed on Friday after a tanker ran aground."

@Suite struct BoilerplateTests {
  @Test(arguments: [
    "[Photo: The penguin, named Admiral, at the Opera stop. Credit: Lower Quay Transport]",
    "By Fenella Grubb, City Desk | Updated 2 hours ago | 3 min read",
    "Image caption The tanker in the harbour on Friday morning",
    "The tanker in the harbour on Friday morning. (AP Photo/Jane Doe)",
    "A tanker is seen in the harbour on Friday. Photograph: Jane Doe/Getty Images",
    "*This post was originally published on the blog of the harbour office by Jane Doe.",
    "Editor’s note: This story was updated with a statement of the company.",
    "Follow us for more stories like this. © Lower Quay Courier. All rights reserved.",
    "Subscribe to our weekly letter and never miss a story",
    "Visit our page or send us an e-mail.", "— Jane Doe, director of the harbour office",
    "(Reporting by Jane Doe in Lyde; Editing by John Roe)", "(With inputs from the agency of the harbour)",
    "CNN's Maria Lopez and Juan Perez in Lyde contributed to this report.", "Share on Facebook", "ADVERTISEMENT",
    "The opinions expressed in this commentary are solely those of the author.",
    "Last updated at 10:20 on 3 March 2014",
    "This site uses cookies to make your visit better.", "Image copyright Getty Images",
    "By Jane Doe | Charts by the office of the L.Q.T.", "You can sign up here to get the letter every week.",
    "Previously in this series: How the old harbour of Lyde was built.", "You can also check out our page on harbours.",
    "VIDEO Scroll down to watch the tanker run aground.", "For confidential support call the line of the harbour.",
    "Click here to see more photos.",
    "À lire aussi : le port de Lyde rouvre ses portes lundi matin.",
    "à voir aussi : les images du port de Lyde après cet accident.",
    "Sign up for our morning letter and get the news first.", "This is part two of a series about harbours.",
    "This is part five of a series about harbours.", "Part 3 of 7: how the harbour was built and by whom.",
    "This story is the latest in our series on the harbours of the north.",
    "In this undated photo, a tanker lies in the harbour.",
    "A tanker (left) lies in the harbour of the old town.", "Jane Doe, right, walks along the quay with her son.",
    "Captain Roe (L) meets the mayor (R) at the quay on Friday.",
    "We use cookies to improve your experience on our site.",
    "Wir verwenden Cookies auf dieser Website, um Ihnen zu helfen.",
    "Nous utilisons des cookies sur ce site pour vous aider.",
    "You have 3 free articles left this month.", "The post Tanker runs aground appeared first on Lower Quay Courier.",
    "Lesen Sie auch: Warum Schiffe noch immer stranden.",
    "Lire aussi : Pourquoi les navires échouent encore dans nos ports.",
    "Lea también: Por qué los barcos encallan todavía en los puertos.",
    "Читайте также: Почему суда садятся на мель в порту.",
    "Von Jana Doe und Johann Roe, Lyde", "Por Juana Doe, Lyde", "Par Jeanne Doe et Jean Roe",
  ])
  func boilerplateGoes(_ line: String) {
    #expect(prose("\(anchor)\n\(line)") == [anchor])
    #expect(prose("\(anchor)\n\(line)\n\(anchor)") == [anchor, anchor])
  }

  @Test(arguments: [
    "Subscribers to the service fell by a tenth in the last quarter.",
    "Copyright law gives the photographer the right to the image.",
    "Tweets by the minister drew anger across the country on Monday.",
    "Written by a team of six, the report took three years to make.",
    "Videos of the crash were shared thousands of times on Monday.",
    "Reporting by local papers led to an inquiry into the harbour office.",
    "By Friday the tanker had been towed to the outer harbour.",
    "Contact with the ship was lost on Monday, shortly after it had left the harbour.",
    "Sponsored by the state, the programme feeds nine thousand children.",
    "This image problem has cost the harbour office a tenth of its income.",
    "Senator Roe (R) and the mayor of the old town met at the quay.",
    "The cookies that the bakery of the harbour sells contain butter.",
    "Browsers will soon block cookies of third parties, the company said.",
    "The article appeared in a journal of the harbour office on Monday.",
    "Part of the harbour was closed on Friday after a tanker ran aground.",
    "Par temps de brouillard, le port reste fermé.", "Von den Schiffen im Hafen fuhr am Montag keines aus.",
  ])
  func sentencesThatBeginLikeItStay(_ sentence: String) {
    #expect(prose("\(anchor)\n\(sentence)") == [anchor, sentence])
  }

  @Test func anAgencyStandsBehindANoteAsWell() {
    #expect(prose("Editor's note: Jane Roe teaches law. (CNN) -- \(anchor)").last == anchor)
    #expect(prose("WASHINGTON (AP) _ \(anchor)") == [anchor])
    #expect(prose("SPRINGFIELD, Ill. (AP) — \(anchor)") == [anchor])
  }

  @Test func linesJoinedByASpacedStopAreNoSentences() {
    let page = """
      By . Jane Doe . PUBLISHED: . 10:20 EST, 3 March 2014 . | . UPDATED: . 14:02 EST, 13 September 2014 . \(anchor) \
      Scroll down for video . Stranded: The tanker lies on the rocks below the old town on Friday . Nobody was hurt, police say. \
      It is to be towed away on Monday.
      """
    let made = digest(page, sentences: 9).summary ?? ""
    #expect(made.hasPrefix(anchor))
    for piece in ["Jane", "PUBLISHED", "EST", "Scroll", " ."] { #expect(!made.contains(piece)) }
    // Where all punctuation stands apart, a caption cannot be told.
    #expect(digest("A tanker ran aground . Nobody was hurt .").summary == "A tanker ran aground . Nobody was hurt .")
  }

  @Test func aCreditInTheMiddleOfALineTakesNothingWithIt() {
    #expect(prose("\(anchor) Photo: Jane Doe. Ferries took over.\nNobody was hurt.").first == anchor)
  }

  @Test func agenciesGoWithAndWithoutADash() {
    #expect(prose("(CNN)\(anchor)") == [anchor])
    #expect(prose("(AP) \(anchor)") == [anchor])
    #expect(prose("PARIS, France (CNN) -- \(anchor)") == [anchor])
    #expect(prose("Jan 5 (Reuters) - \(anchor)") == [anchor])
    #expect(prose("(NASA) engineers built it in two years.") == ["(NASA) engineers built it in two years."])
  }

  @Test(arguments: [
    "Kabul, Afghanistan (CNN) -- ", "Beijing (CNN) -- ", "Washington (CNN)  -- ", "Rio de Janeiro (Reuters) - ",
    "(Reuters) - ", "(Parenting.com) -- ", "LOWER QUAY, Isle of Lyde (AP) — ", "MADRID, 26 abr (EFE).- ",
    "- LONDON (Reuters) - ", "Lisboa, 26 abr 2023 (Lusa) – ", "(ANSA) - ROMA, 26 APR - ",
    "By Jane Doe LONDON (Reuters) - ",
    "МОСКВА, 26 апр — РИА Новости. ", "МОСКВА, 26 апреля. /ТАСС/. ", "القاهرة (رويترز) - ", "PARIS, 3 mai (AFP): ",
    "Berlin – ", "NEW DELHI: ", "Lyde, Ohio, Monday, March 4, 2024: ", "Lyde, March 4, 2024 – ",
    "Mumbai, Apr 26 (PTI) ", "Москва. 26 апреля. INTERFAX.RU - ",
    "(서울=연합뉴스) 홍길동 기자 = ", "Lyde, 27.6.2025 – ", "Lower Quay, Conn. – ",
  ])
  func datelinesOfPlacesInSmallLettersGo(_ dateline: String) {
    #expect(prose(dateline + anchor) == [anchor])
  }

  @Test(arguments: ["München – ", "Lower Quay - ", "Lyde — "])
  func aPlaceBeforeTheOnlyDashOfAWholeSentenceIsADateline(_ dateline: String) {
    let report = "Kurz vor Mitternacht wurden am alten Hafen zwei Schiffe in Brand gesetzt."
    #expect(prose(dateline + report) == [report])
    #expect(prose("\(anchor) \(dateline)\(report)").last == dateline + report)
    for other in ["Das Schiff – sank rasch.", "Haus 3 – \(report)"] {
      #expect(prose(other).first == other)
    }
  }

  @Test(arguments: [
    "The company (formerly Lower Quay) - the largest of the island - closed on Friday.",
    "Anna Roe, 12 – the youngest of the sailors – was taken from the ship.",
    "Roe, 45, (pictured in May) was taken from the ship on Friday.",
    "Lower Quay – once the largest harbour of the island – was closed on Friday.",
    "NASA: Harbours sink slowly, as a study of the island shows.",
    "Roe, 3 (born in 1911) was the oldest ship of the island.",
    "Lyde – Harbour of the old islands – was closed for a week on Friday evening.",
  ])
  func aDashOrABracketAloneIsNoDateline(_ sentence: String) {
    #expect(prose(sentence) == [sentence])
  }

  @Test(arguments: [
    "新华社北京4月26日电（记者王小明）", "（中央社記者王小明台北26日電）", "【ロンドン時事】", "中新社莫斯科1月9日电 (记者 王小明)", "中新社莫斯科1月9日电 （记者王小明） ",
    "(中央社記者王小明台北26日電)",
  ])
  func telegramsOfTheEastHaveADateline(_ dateline: String) {
    #expect(prose("\(dateline)旧港口星期五因一艘油轮搁浅而关闭。").first == "旧港口星期五因一艘油轮搁浅而关闭。")
  }

  @Test func headingsOfScriptsWithoutCapitalsGo() {
    // Also where half of the lines are none of the text.
    #expect(prose("旧港口关闭\n记者：王小明\n旧港口星期五因一艘油轮搁浅而关闭。\n没有人受伤，警方说。").count == 2)
    // Three words of Arabic and Korean are a sentence.
    #expect(prose("أغلقت البلدية الجسر حتى الربيع.\nويمكن للمشاة العبور.").count == 2)
    #expect(prose("旧港口关闭\n旧港口星期五因一艘油轮搁浅而关闭。\n没有人受伤，警方说。").count == 2)
    let arabic = "إغلاق الميناء القديم بعد جنوح ناقلة نفط في ضباب كثيف يوم الجمعة"
    #expect(prose("\(arabic)\nأغلق الميناء القديم يوم الجمعة بعد جنوح ناقلة.\nلم يصب أحد بأذى.").count == 2)
    #expect(prose("รัฐบาลประกาศแผนใหม่เมื่อวันจันทร์\nฝ่ายค้านไม่เห็นด้วยกับแผนนี้").count == 2)
  }

  @Test(arguments: [
    "Image copyright Lower Quay Images Image caption The tanker lies on the rocks below the town ",
    "Image caption Nobody on board the tanker was hurt ", "Image source Lower Quay Transport ",
    "Media playback is unsupported on your device Media caption Sailors of the tanker on their way home ",
    "Share this with Email Facebook Copy this link These are external links and will open in a new window Close share panel ",
    "For confidential support call 01 23  ", "Story highlights Harbour is closed Crew is safe (CNN)",
    "Story highlights Crew is safe Lower Quay, Lyde (CNN) -- ",
    "Photo: Jane Roe ", "Credit: Jane Roe/Lower Quay Images ", "Photo: Jan van der Roe (LQT) ", "© Quay Images ",
    "Image: LQT ", "Source: Supplied ", "Photo by Jane Roe ", "Picture: Courtesy of Jane Roe ",
    "(AP Photo/Jane Roe) ", "[Photo: Jane Roe] ", "(Image: Lower Quay Transport) ",
  ])
  func aLineThatHangsOnTheLeadGoesAlone(_ line: String) {
    #expect(prose("\(line)\(anchor) Nobody was hurt on board.") == [anchor, "Nobody was hurt on board."])
    #expect(digest("\(line)\(anchor) Nobody was hurt.").summary == "\(anchor) Nobody was hurt.")
  }

  @Test(arguments: [
    ("Photo: Jane Roe/LQT ", "Sailors left the tanker in two boats on Friday."),
    ("Foto: Jana Roe ", "Der Hafen von Lyde ist nach dem Unfall eines Tankers gesperrt."),
    ("Crédit photo : Jeanne Roe ", "Le port de Lyde est fermé depuis vendredi matin."),
    ("Foto: Marco Di Roe ", "Il porto della città è chiuso da venerdì mattina."),
    ("Foto: Juana Roe (LQT) ", "El puerto de la ciudad está cerrado desde el viernes."),
    ("Photo: REUTERS ", "Sailors left the tanker in two boats on Friday."),
    ("写真：山田太郎 ", "旧港は金曜日にタンカーの座礁のため閉鎖された。"), ("图：李明　", "旧港口星期五因一艘油轮搁浅而关闭。"),
    ("Фото: Яна Роу ", "По данным полиции, порт закрыт с пятницы."),
  ])
  func aCreditGoesAloneInOtherLanguages(_ credit: String, _ lead: String) {
    #expect(prose("\(credit)\(lead)") == [lead])
  }

  @Test(arguments: [
    "Photo: Jane Roe walks along the quay on Friday with her son.",
    "Photo: Sailors on board The Quay wave to the town.",
    "Photo: Mayor Jane Roe opens the harbour of the old town.", "[Photo: The harbour] where the tanker ran aground.",
    "Image: Ferry in The Sound of Lyde on Friday evening.",
  ])
  func aCaptionWithItsLabelIsNoLead(_ line: String) {
    #expect(prose("\(line)\n\(anchor)") == [anchor])
  }

  @Test func aCaptionGoesOnBehindAPreposition() {
    let text = "Image caption The tanker was photographed by The Courier of the old town on Friday. \(anchor)"
    #expect(prose(text) == [anchor])
  }

  @Test func pointsOfAStoryAreNotItsLead() {
    let points =
      "The harbour is closed after a tanker ran aground in fog\nAll sailors are safe, says the coast guard of Lyde"
    #expect(prose("Story highlights\n\(points)\n\(anchor)") == [anchor])
    #expect(prose("Story highlights\n\(points)\n(CNN) \(anchor)\n\(points)").first == anchor)
  }

  @Test(arguments: ["Nordic", "JANE DOE", "Jane Doe, Lyde"]) func aSignOffGoes(_ signOff: String) {
    #expect(digest("\(anchor)\nNobody was hurt.\n \(signOff)\n").summary == "\(anchor) Nobody was hurt.")
    // Without a sentence before it, the line is all that there is.
    #expect(digest("\(signOff)").summary == signOff)
  }

  @Test(arguments: ["The owners have...", "The owners have [...]", "The owners of the tanker have…", "The…"])
  func whatAFeedCutOffGoes(_ rest: String) {
    #expect(digest("\(anchor) Nobody was hurt. \(rest)").summary == "\(anchor) Nobody was hurt.")
    #expect(digest("We waited... And waited...").summary == "We waited... And waited...")
    #expect(digest("The harbour of the old town was…").summary == "The harbour of the old town was…")
  }

  @Test(arguments: ["…", " …", "...", " [...]", " (…)", ":"])
  func anIntroductionIsNothingWithoutWhatFollows(_ mark: String) {
    let words = "\"We shall build it in spite of all that was said.\""
    #expect(
      prose("\(anchor)\n\nJane Roe is the new captain of the harbour\(mark)\n\n\(words)\n\nNobody was hurt on board.")
        == [anchor, words, "Nobody was hurt on board."])
    if mark != ":" {
      #expect(digest("\(anchor)\n\nJane Roe is the new captain\(mark)\n\n\(words)").summary == "\(anchor) \(words)")
    }
    #expect(prose("Jane Roe ran the harbour of the town … Now she rests.\n\n\(anchor)").count == 2)
    // There is nothing else.
    #expect(prose("Jane Roe is the new captain of the harbour…\n\nShe said no more…").count == 2)
  }

  @Test(arguments: [
    "1. Look at all of the boats.\n2. Count those that are empty.\n3. Sink every one of them.",
    "- Look at all of the boats. Do it well.\n\n- Sink every one of them.",
    "Look at all of the boats.\nCount those that are empty.",
  ])
  func itemsAreNothingWithoutTheirList(_ items: String) {
    let text = Array(repeating: anchor, count: 5)
    let introduction = "Each of the rounds does the following:"
    for gap in ["\n\n", "\n"] {
      #expect(
        prose("\(text.joined(separator: " "))\n\n\(introduction)\(gap)\(items)\n\n\(anchor)") == text + [anchor])
      // An article of little else is its list.
      #expect(prose("\(anchor)\n\n\(introduction)\(gap)\(items)").count > 2)
    }
  }

  @Test func paragraphsBehindAColonAreNoItems() {
    let sentences = Array(repeating: anchor, count: 5).joined(separator: " ")
    #expect(prose("\(sentences)\n\nIt is so:\n\n1. \(sentences)\n2. \(sentences)").count == 15)
    let text = Array(repeating: anchor, count: 5).joined(separator: "\n")
    #expect(prose("\(text)\nThe captain said:\n\(text)").count == 10)
    #expect(prose("\(text)\n\nThe captain said:\n\n\(anchor)\n\n\(anchor)").count == 7)
  }

  @Test(arguments: ["जागरण संवाददाता, आगरा।", "संवाद सूत्र, आगरा।", "नई दिल्ली, एएनआई।", "आगरा, जागरण संवाददाता।"])
  func bylinesWithAPlaceGo(_ byline: String) {
    let lead = "नगर परिषद ने सोमवार को नदी पर एक नए पुल को मंज़ूरी दे दी है।"
    let next = "परिषद के अनुसार इस पुल पर काम मई में शुरू होगा।"
    #expect(digest("\(byline) \(lead) \(next)").summary == "\(lead) \(next)")
    #expect(digest("\(lead)\n\n\(byline) \(next)").summary == "\(lead) \(next)")
    #expect(digest("हाँ, वे आ गए हैं। \(lead)").summary == "हाँ, वे आ गए हैं। \(lead)")
    #expect(digest("\(byline)").summary == byline)
  }

  @Test func bylinesWithAStopGo() {
    for byline in ["Jane Roe, Lyde.", "Jana Roe, Berlin.", "Анна Роу, Москва."] {
      #expect(digest("\(byline) \(anchor)").summary == anchor)
      #expect(digest("\(anchor)\n\n\(byline) \(anchor)").summary?.contains(byline) == true)
    }
    for sentence in ["Jane Roe, captain.", "Roe, Lyde.", "Jane Roe, Anna Poe, Lyde.", "Jane Roe, Lyde?"] {
      #expect(digest("\(sentence) \(anchor)").summary == "\(sentence) \(anchor)")
    }
  }

  @Test func captionsOfFiguresGo() {
    let text = "\(anchor)\n\nA tanker is towed by two boats.\n\nNobody was hurt."
    let caption = "A tanker is towed by two boats."
    let start = text.utf8.count - "\(caption)\n\nNobody was hurt.".utf8.count
    let captions = [start..<start + caption.utf8.count]
    #expect(CaptionRemover.removed(captions, from: text) == "\(anchor)\n\n\n\nNobody was hurt.")
    #expect(CaptionRemover.removed([], from: text) == text)
    #expect(CaptionRemover.removed([0..<caption.utf8.count], from: caption) == caption, "there is nothing else")
  }

  @Test(arguments: [
    "\n\n(AP Photo/Jane Roe)", "\n\n(Jane Roe/LQT via AP)", "\nPhoto: Jane Roe", "\nJane Roe/Getty Images",
    "\n\nCredit: LQT View full size image", " Source: Supplied", " Foto: Jana Roe", "\nBild: Jana Roe",
    "\n\n© Lower Quay Images", "\nФото: Яна Роу", "\n\nSource: Supplied",
  ])
  func aCaptionGoesWithItsCredit(_ credit: String) {
    let caption = "Sailors stand on the quay of Lyde."
    #expect(prose("\(caption)\(credit)\n\n\(anchor)\n\nNobody was hurt.").first == anchor)
  }

  @Test func aPictureBelowAParagraphTakesNothingWithIt() {
    #expect(prose("\(anchor)\n\nPhoto: Jane Roe\n\nNobody was hurt.").first == anchor)
    #expect(prose("Nobody knew it.\n\n\(anchor)\n\nPhoto: Jane Roe\n\n\(anchor)").contains(anchor))
    #expect(prose("\(anchor) Source: harbour office\n\nNobody was hurt.\n\nIt is open again. Source: LQT").count == 2)
    #expect(prose("\(anchor)\nPhoto: Jane Roe\nNobody was hurt at all.\nIt is open again.").first == anchor)
  }

  @Test(arguments: ["LYDE, Ohio — ", "LYDE (Reuters) - ", "Lyde (CNN) -- ", "LOWER QUAY, March 4 - "])
  func theReportBeginsAtItsDateline(_ dateline: String) {
    let caption = "Sailors stand on the quay of Lyde."
    #expect(prose("\(caption)\n\n\(dateline)\(anchor)\n\n\(anchor)") == [anchor, anchor])
    #expect(prose("\(caption) It is old.\n\n\(dateline)\(anchor)").first == caption)
    #expect(prose("Were you in the storm? Send us your pictures.\n\n\(dateline)\(anchor)").first == anchor)
  }

  @Test func aSourceInBracketsWithinALineIsThatOfTheSentenceBefore() {
    #expect(prose("\(anchor) (Source: Harbour office) The tanker was towed away on Monday.") == [anchor])
  }

  @Test func aDateInAListIsNoDateline() {
    #expect(prose("\(anchor)\n\nFriday, March 4 — The tanker was towed away from the rocks.").first == anchor)
  }

  @Test func aTitleIsRepeatedWhateverItsSpaces() {
    #expect(
      prose(
        "Ferries stop after tanker runs aground in\nthe old harbour\nThe ferries of Lyde stopped on Friday, the owners of the Lower\nQuay said.",
        title: "Ferries stop after tanker runs aground in the old harbour"
      ).first == "The ferries of Lyde stopped on Friday, the owners of the Lower")
    #expect(
      prose("旧港口　星期五因一艘油轮搁浅而关闭了\n\n居民们说他们会等待细节。", title: "旧港口 星期五因一艘油轮搁浅而关闭了") == ["居民们说他们会等待细节。"])
  }

  @Test(arguments: ["P.S. Please do not call.", "PS: The keys are mine.", "P.P.S. Bring the dog."])
  func whatStandsBehindALetterGoes(_ line: String) {
    #expect(!prose("The hall is closed until March.\n\nJane\n\n\(line)").contains(line))
  }

  @Test(arguments: [
    "    Excludes a gain of 400,000 from the sale of\ntwo ferries.\n",
    "    NOTE: Excludes a gain of 400,000 from a sale.\n",
    "    Note: 1986 net includes a gain from the sale\nof ferries, all of which were old.\n    Net of 1985 was restated.\n",
    "",
  ])
  func rowsOfFiguresAreTheReport(_ note: String) {
    let rows = "LYDE, March 4 - Shr 26 cts vs 18 cts\n    Net 2,877,000 vs 1,363,000\n    Ferries 44 vs 40\n"
    #expect(
      digest("\(rows)\(note) Nordic").summary?.hasPrefix("Shr 26 cts vs 18 cts. Net 2,877,000 vs 1,363,000") == true)
    #expect(digest("\(rows)\(note) Nordic").summary?.contains("ain") == false)
  }

  @Test func rowsOfThePeriodBeforeAreNotMixedIn() {
    let rows = "Shr 26 cts vs 18 cts\nNet 2,877,000 vs 1,363,000\nFerries 44 vs 40"
    let year = "Shr 92 cts vs 80 cts\nNet 9,877,000 vs 7,363,000"
    #expect(prose("LYDE, March 4 - \(rows)\nYear\n\(year)") == rows.split(separator: "\n").map(String.init))
  }

  @Test func aReportBehindFiguresIsTheReport() {
    let head = "Harbour closed\n3 March 2024\n10:20\nPage 2 of 3\n"
    #expect(prose("\(head)\(anchor) Nobody was hurt on board.").first == anchor)
    let rows = "LYDE, March 4 - Shr 26 cts vs 18 cts\n    Net 2,877,000 vs 1,363,000\n    Ferries 44 vs 40\n"
    #expect(prose("\(rows)\(anchor) The owners said that it would be towed away on Monday.").contains(anchor))
  }

  @Test func aNoteBeforeTheDatelineGoesAsAWhole() {
    let note = "Editor's note: Jane Roe teaches law at Lower Quay. She is the author of a book on harbours."
    #expect(prose("\(note) (CNN) -- \(anchor) Nobody was hurt on board.") == [anchor, "Nobody was hurt on board."])
    #expect(prose("\(note)\n\(anchor)").count == 2)
    #expect(prose("The ministers met on Friday for an hour. (CNN) -- \(anchor)").count == 2)
  }

  @Test func theWayToThePageIsNoSentence() {
    #expect(prose("Home > News of the day > The old harbour of Lyde.\n\(anchor)") == [anchor])
    #expect(prose("Home › News of the day › Harbours of the country\n\(anchor)") == [anchor])
    let sentence = "The share of ships > 90 metres rose to a third on Friday, the harbour office said."
    #expect(prose("\(sentence)\n\(anchor)") == [sentence, anchor])
  }

  @Test func theTitleIsNotSaidOnceMore() {
    let title = "Tanker that ran aground in thick fog closes the old harbour for a week"
    #expect(prose("\(title)\n\(anchor)", title: title) == [anchor])
    for label in ["Add to ...", "Share this"] {
      #expect(prose("\(title) \(label)\n\(anchor)", title: title) == [anchor])
    }
    for rest in ["and closed it.", "and closes the road that leads there"] {
      #expect(prose("\(title) \(rest)\n\n\(anchor)", title: title).count == 2)
    }
    #expect(prose("\(title.uppercased())\n\(anchor)", title: title + " | Lower Quay Courier") == [anchor])
    #expect(
      prose("A tanker ran aground. Now it is cheap.\n\(anchor)", title: "A tanker ran aground. Now it is cheap.").last
        == anchor)
    #expect(prose("\(title)\n\(anchor)").count == 2)
    // A title that was made from the lead takes nothing with it.
    #expect(prose("\(anchor) Nobody was hurt on board.", title: anchor).first == anchor)
  }

  @Test func labelsAndColonsBetrayJoinedLines() {
    let page = """
      \(anchor) Stranded: The tanker on the rocks below the old town, seen from the hill on Friday . Nobody was hurt, police say. \
      It is to be towed away on Monday.
      """
    #expect(digest(page).summary?.contains("Stranded") == false)
    let list = """
      \(anchor) The rules for the harbour of the old town are as follows: . Nobody may enter. Boats stay at the quay till Monday.
      """
    #expect(digest(list).summary?.contains("follows") == false)
  }
}
