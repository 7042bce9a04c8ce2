import Summarization
import Testing

@testable import ExtractiveSummarizer

@Suite("Line ends")
struct LineEndTests {
  @Test(arguments: [
    "The minister did not resign on\nMonday.", "It was built by the\nBritish Council.", "He met Mr.\nSmith.",
    "They sold apples,\nOranges and tea.",
    "Der Minister sprach mit der\nPräsidentin.", "Le ministre a rencontré la\nReine.", "El ministro habló con el\nRey.",
    "Министр приехал в\nМоскву.", "大阪の港は\n静かだ。", "新的桥梁将在\n十月通车。", "the plan is\n(as we know) good.",
  ])
  func `A line whose last word cannot end a sentence goes on`(_ text: String) {
    #expect(sentences(text).count == 1)
  }

  @Test(arguments: [
    // Without case nothing but the block tells.
    "أعلن الوزير استقالته\nقال المجلس إنه سيجتمع غدا", "मंत्री ने इस्तीफ़ा दे दिया\nपरिषद कल बैठक करेगी", "노조는 합의하지 않았다\n회사는 기다린다고 했다",
    "市议会批准新桥\n居民担心噪音", "the harbour is closed today\nnobody was hurt there", "Harbour closed\nNobody was hurt",
    "Work starts in May\nThe mayor is glad",
    "The plan has parts on\n- roads\n",
  ])
  func `Other lines end there`(_ text: String) {
    #expect(sentences(text).count == 2)
  }

  @Test func `Names on a line of their own are the subject of what follows in small letters`() {
    let rest = "said today that the harbour will be closed until the end of the month."
    func units(_ text: String) -> [String] {
      analysis(text) { analysis, bytes in
        analysis.sentences.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
      }
    }
    #expect(units("Harbour master\nJane Roe\n\(rest)") == ["Jane Roe\n\(rest)"])
    #expect(units("Flour and sugar\n\(rest)") == [rest])
    #expect(units("Breaking News\nparents have to decide by Monday.") == ["parents have to decide by Monday."])
  }

  @Test(arguments: [
    ("They met with\nJane Roe\n, who runs the harbour.", "They met with Jane Roe, who runs the harbour."),
    ("They asked people like\nJane Roe\n, 45, about it.", "They asked people like Jane Roe, 45, about it."),
    ("They met Jane Roe Jr.\n, who runs the harbour.", "They met Jane Roe Jr., who runs the harbour."),
    ("The plan (seen by\nThe Courier\n) is old.", "The plan (seen by The Courier) is old."),
    ("The mayor left\nLyde\n; nobody knew why.", "The mayor left Lyde; nobody knew why."),
    (
      "People who live near\nLower Quay\nhave asked for a bridge.",
      "People who live near Lower Quay have asked for a bridge."
    ),
    ("Sie sprachen mit\nJana Roe\n, die den Hafen leitet.", "Sie sprachen mit Jana Roe, die den Hafen leitet."),
    ("Мэр встретил\nАнну Роу\n, начальницу порта.", "Мэр встретил Анну Роу, начальницу порта."),
    ("التقى رئيس البلدية في الميناء\nجين رو\n، مديرة الميناء.", "التقى رئيس البلدية في الميناء جين رو، مديرة الميناء."),
    ("市长会见了\n王小明\n，他是港口主任。", "市长会见了王小明，他是港口主任。"),
    (
      "I have to say that,\n\nlast night, the harbour was full.",
      "I have to say that, last night, the harbour was full."
    ),
    ("Liebe Leser,\n\nwir haben eine neue Brücke.", "Liebe Leser, wir haben eine neue Brücke."),
    ("They met\n\nJane Roe\n\n, who runs it.", "They met. Jane Roe, who runs it."),
  ])
  func `A mark or a small letter goes on with the line above`(_ text: String, _ summary: String) {
    let rest = "\nThe harbour is old.\nThe bridge is new."
    #expect(digest(text).summary == summary)
    #expect(digest(text + rest, sentences: 9).summary?.hasPrefix(summary) == true)
  }

  @Test(arguments: [
    "Hello all,\n\nThe harbour is full.", "The plan has parts\n\nroads and bridges", "They met Roe.\n\n) and left.",
    "Roads and bridges,\n\n- and one ferry", "Flour and\nButter\nsugar",
    "Harbour : closed\n: The ferries wait",
  ])
  func `Other paragraphs do not`(_ text: String) {
    #expect(sentences(text).count > 1)
  }

  @Test(arguments: [
    (
      "Tanker runs aground in thick fog and closes the old harbour of Lyde until Monday", "A tanker ran aground.",
      "Nobody died."
    ),
    ("# Bridge of Lyde approved", "The council approved it on Monday.", "It costs 5 million."),
    (
      "Танкер сел на мель в густом тумане и закрыл старый порт Лайда до понедельника", "Танкер сел на мель.",
      "Никто не погиб."
    ),
    ("घने कोहरे में टैंकर फँसने से पुराना बंदरगाह सोमवार तक बंद रहेगा", "बंदरगाह शुक्रवार को बंद हुआ।", "किसी को चोट नहीं लगी।"),
    ("旧港口星期五因一艘油轮搁浅而关闭至下星期一", "一艘油轮星期五搁浅。", "没有人受伤。"),
  ])
  func `The first line of an article without a title is its title`(_ heading: String, _ lead: String, _ next: String) {
    let gap = lead.utf8.last == 0x2E || lead.hasSuffix("।") ? " " : ""
    #expect(digest("\(heading)\n\n\(lead)\n\n\(next)").summary == "\(lead)\(gap)\(next)")
    #expect(digest("\(heading)\n\n\(lead)\n\n\(next)", title: "Other").summary?.contains(lead) == true)
  }

  @Test func `So it is without a blank line before a much longer one`() {
    let lead =
      "A tanker of 300 metres ran aground in the harbour of Lyde on Friday and blocked all ferries to the islands for the whole day."
    let text = "The harbour is closed after a tanker ran aground\n\(lead) Nobody was hurt."
    #expect(digest(text).summary == lead + " Nobody was hurt.")
    // Even if the end of the text was cut off.
    let report = Array(repeating: lead, count: 5).joined(separator: " ")
    let cut = "The harbour is closed after a tanker ran aground\n\(report) Nobody was"
    #expect(digest(cut).summary?.hasPrefix(lead) == true)
  }

  @Test func `A line before a dateline is a sentence of its own`() {
    let line = "The plan gives the captains of the island more time to repair their ferries and boats"
    let lead = "The mayor opened the hall. It is new."
    for place in ["LYDE\n— ", "LYDE (AP) — "] {
      #expect(digest("\(line)\n\(place)\(lead)", title: "More time").summary?.hasPrefix("\(line). The mayor") == true)
    }
  }

  @Test func `The dash of a dateline is no part of the sentence`() {
    let made = digest("LYDE\n— The mayor opened the hall.\nIt is new. It has a roof. Nobody was there.").summary
    #expect(made?.hasPrefix("The mayor opened the hall. ") == true)
    // Speech is told by dashes in many languages.
    let speech = "— Мост открыт, — сказал мэр."
    #expect(digest(speech).summary == speech)
  }

  @Test(arguments: [
    "The harbour of the old town was closed on Friday\n\nIt opens on Monday. Nobody was hurt.",
    "The harbour of the old town was closed on Friday\nThe ferries wait. Nobody was hurt.",
    "The harbour of the old town was closed on Friday\n\nThe ferries wait for the rest of the day",
    "The harbour of the old town was closed on Friday.\n\nThe ferries wait. Nobody was hurt.",
    "The harbour of the old town was closed on Friday, said Jane\nRoe. It will open again on Monday, as far as she can tell, or at noon.",
  ])
  func `Other first lines are sentences`(_ text: String) {
    #expect(digest(text).summary?.hasPrefix("The harbour of the old town was closed on Friday") == true)
  }

  @Test func `No stop of ours stands at a line end inside a block`() {
    #expect(digest("Harbour closed\nNobody was hurt.").summary == "Harbour closed Nobody was hurt.")
    #expect(digest("Harbour closed\n\nNobody was hurt.").summary == "Harbour closed. Nobody was hurt.")
    #expect(digest("Harbour closed\n    Nobody was hurt.").summary == "Harbour closed. Nobody was hurt.")
    #expect(
      digest("The council approved the bridge\nIt costs 5 million\nWork starts in May").summary?.contains(".") == false)
  }

  @Test func `The stop is that of the script, and stands behind quotation marks`() {
    #expect(
      digest("Actor led away with a sign that says 'the sea is rising'\n\nTwo people were arrested.").summary
        == "Actor led away with a sign that says 'the sea is rising'. Two people were arrested.")
    #expect(digest("市议会星期一批准了新的桥梁计划\n\n4月24日，论坛在北京开幕。").summary == "市议会星期一批准了新的桥梁计划。4月24日，论坛在北京开幕。")
    let hindi = "परिषद ने सोमवार को नए पुल को मंज़ूरी दे दी"
    #expect(digest("\(hindi)\n\nकाम मई में शुरू होगा।").summary == "\(hindi)। काम मई में शुरू होगा।")
  }

  @Test func `A word that was broken at its hyphen is one`() {
    #expect(
      digest("The jury took three hours to free the 35-year-\nold captain of the well-\nknown ferry.").summary
        == "The jury took three hours to free the 35-year-old captain of the well-known ferry.")
    #expect(
      digest("They want a short-\nand a long-term answer.").summary == "They want a short- and a long-term answer.")
  }

  @Test(arguments: [
    // The report begins on the line of its dateline, however short the rest of it is.
    ("LYDE, March 4 - First Northern\nCorp said it bought a ferry.\n    It gave no price.", "First Northern Corp said"),
    ("LYDE (AP) — Captain Jane\nRoe said the ferry was sold.\n    She gave no price.", "Captain Jane Roe said"),
    // What is left of a sentence is none.
    (
      "Ferries carried far fewer passengers in the winter, Statistics\nMull said.\n\nThe bridge opens in May.",
      "Ferries carried far fewer passengers in the winter, Statistics Mull said. The bridge"
    ),
    (
      "The town sent its envoy, Captain John\nM. Barton, to the island in June.\nHe stayed there.",
      "The town sent its envoy, Captain John M. Barton, to the island"
    ),
    (
      "The mission had 40 boats. It left\nin August for Mull with all of its stores.\nIt came back.",
      "The mission had 40 boats. It left in August for Mull"
    ),
  ])
  func `A sentence keeps its head and its tail`(_ text: String, _ opening: String) {
    #expect(digest(text).summary?.hasPrefix(opening) == true, "\(digest(text).summary ?? "")")
  }

  @Test func `A table behind a dateline is no sentence`() {
    let table = "LYDE, March 4 - Passengers 25,000 vs 31,000\n    Cars 3,041 vs 2,900\n    Boats 12 vs 14"
    #expect(digest(table).summary?.contains("31,000 Cars") == false)
    // Of lines in one block only the first joins the next.
    #expect(sentences("LYDE, March 4 - The ferry\nBoats and men\nBridges and roads").count == 3)
  }

  @Test func `Bullets are no words`() {
    #expect(
      digest("- The council approved the bridge.\n- It costs 5 million.").summary
        == "The council approved the bridge. It costs 5 million.")
  }

  @Test func `Markdown is its words`() {
    let made = digest(
      "# Bridge approved\n\nThe **council** approved the [new bridge](https://x.example/a) on Monday. It costs *5 million*.",
      title: "**Bridge**")
    #expect(
      made.summary == "The council approved the new bridge on Monday. It costs 5 million."
        || made.summary == "Bridge approved. The council approved the new bridge on Monday. It costs 5 million.")
    #expect(made.keywords?.contains { $0.contains("x.example") || $0.contains("*") } == false)
  }

  /// Paragraph by paragraph, greedily.
  static func wrap(_ text: String, _ width: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
      var lines: [String] = []
      var length = 0
      for word in paragraph.split(separator: " ") {
        let count = word.unicodeScalars.count
        if !lines.isEmpty, length + 1 + count <= width {
          lines[lines.count - 1] += " " + word
          length += 1 + count
        } else {
          lines.append(String(word))
          length = count
        }
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  @Test func `Wrapped posts have the summaries of unwrapped ones`() {
    guard let lines = sharedLines("govnews-dev.ndjson") else { return }
    let posts = lines.prefix(600).compactMap { fields($0)["content"]?.first }
    for width in [60, 66, 72, 76] {
      // Every width meets others of them, so that the test stays short.
      let some = posts.enumerated().filter { $0.offset % 4 == width / 2 % 4 }.map(\.element)
      let same = some.count { digest(Self.wrap($0, width)).summary == digest($0).summary }
      #expect(same * 100 >= some.count * 95, "\(same) of \(some.count) at \(width) columns")
    }
  }
}
