import Summarization
import Testing

@testable import ExtractiveSummarizer

private func score(_ sentence: String) -> Double {
  digest("This is what the report says of them. " + sentence).sentimentScore ?? .nan
}

@Suite struct SentimentTests {
  @Test(arguments: [
    "The rescue was a great success and the families are happy.",
    "Profits rose in the third quarter and the shares gained.",
    "Unemployment fell to the lowest level in years.",
    "The company said that its losses narrowed.",
    "The new treatment is not harmful to the patients.",
    "The vaccine cut cases of the disease by half.",
    "Earnings beat the expectations of analysts.",
    "The bank raised its full-year guidance on Monday.",
    "Emissions dropped to half of what they were.",
    "The programme has prevented thousands of infections.",
    "Doctors said that the drug reduced pain.",
    "Severe illness was reduced by 61 percent.",
    "Police foiled a plot to attack the station.",
    "Unions and the railway averted a strike at the last minute.",
    "The new mill eased the shortage of flour.",
    "The drug slows the spread of cancer.",
    "The court cleared the nurse of murder.",
    "The two firms settled their long dispute over patents.",
    "The deal removes the threat of a shutdown.",
    "Deaths from cancer have fallen by half since then.",
    "The airline returned to profit after two years of losses.",
    "Not a single person died.", "None of the passengers on the bus was hurt.", "The nurse is innocent of murder.",
    "The new vaccine cut cases by 54 %.", "The team could not be happier.", "I love the slide of the new playground.",
    "GOOD NEWS😀",
  ])
  func good(_ sentence: String) { #expect(score(sentence) > 0.05) }

  @Test(arguments: [
    "The bomb killed twelve people and wounded many more.",
    "Profits fell in the third quarter and the shares slumped.",
    "Unemployment rose to the highest level in years.",
    "The plan was not good and nobody was happy with it.",
    "The minister was accused of corruption and resigned.",
    "Pretax loss widened to four million crowns.",
    "Costs rose in all parts of the business.",
    "The paper maker issued a warning and cut its full-year forecast.",
    "Support for the government fell to a new low.",
    "Earnings missed the estimates of analysts.",
    "Operating profit decreased by a tenth.",
    "The team failed to win a medal.",
    "The company withdrew its support for the school.",
    "Support for the party has evaporated.",
    "The company swung to a loss from a profit a year earlier.",
    "The attack came before prices dropped.",
    "The start could hardly have been worse.", "The plan isnt good.", "😡😡😡",
  ])
  func bad(_ sentence: String) { #expect(score(sentence) < -0.05) }

  @Test func plainFactsAreNeutral() {
    #expect(
      digest("The committee will meet on Tuesday in the town hall. The agenda has four items and a list of names.")
        .sentiment == .neutral)
    #expect(
      digest("Security and defense are of interest to the United States, and shares of the fund are legal.").sentiment
        == .neutral)
  }

  @Test(arguments: [
    "The fund may sell up to five million shares in the spring.",
    "The contract covers the delivery of software for three years.",
    "The firm was given a contract for the new share register.",
    "The company has offices in Riga and Oslo and employs nine people.",
    "The board of directors will meet in October to discuss the timetable.",
  ])
  func plainBusinessIsNeutral(_ sentence: String) { #expect(abs(score(sentence)) < 0.05) }

  @Test func adviceIsNeutral() {
    let text = """
      Never give your password to anybody. Keep the letters of the bank, and avoid links in messages of fraudsters. Report theft \
      and fraud to the police at once. Check your account for losses every week. Put the damaged card into an envelope.
      """
    #expect(digest(text, title: "How to avoid fraud and theft").sentiment == .neutral)
    #expect(digest(text, title: "Your bank account").sentiment == .neutral)
    #expect(
      digest("The fraud and the theft of the card shocked the town. The victims are angry.").sentiment == .negative)
  }

  @Test func boostersAndContrastCount() {
    #expect(
      score("The results were extremely good for the whole of the team.")
        > score("The results were good for the whole of the team."))
    #expect(
      score("The service is slow, but the food is excellent.")
        > score("The food is excellent, but the service is slow."))
  }

  @Test func bothPolesAreMixed() {
    let text =
      "The attack killed nine people and wounded many. The heroic rescue was a wonderful success and saved hundreds of happy children. The brutal murder of the guards was a tragedy and a disaster. The brave doctors won praise for their excellent and outstanding work."
    #expect(digest(text).sentiment == .mixed)
  }

  @Test func aPoleThatIsMuchWeakerMixesNothing() {
    let good = "The heroic rescue was a wonderful success and saved hundreds of happy children."
    let bad = "The attack killed nine people and wounded many."
    let text = String(repeating: good + " ", count: 5) + bad
    #expect(digest(text).sentiment == .positive)
    #expect(digest(String(repeating: bad + " ", count: 5) + good).sentiment == .negative)
  }

  /// Lower than what was reached by a hair: a change that costs quality must be seen.
  @Test func newsSentences() {
    guard let lines = sharedLines("news-sentences-dev.ndjson") else { return }
    var right: [String: Int] = [:]
    var said: [String: Int] = [:]
    var gold: [String: Int] = [:]
    for line in lines.prefix(3000) {
      let sample = fields(line)
      let label = sample["label"]?.first ?? ""
      let score = digest(sample["text"]?.first ?? "").sentimentScore ?? 0
      let made =
        score >= ArticleSentiment.threshold ? "positive" : score <= -ArticleSentiment.threshold ? "negative" : "neutral"
      gold[label, default: 0] += 1
      said[made, default: 0] += 1
      if made == label { right[label, default: 0] += 1 }
    }
    let f1 = ["positive", "negative", "neutral"].map { label in
      2 * Double(right[label] ?? 0) / Double(max(1, (said[label] ?? 0) + (gold[label] ?? 0)))
    }
    #expect(f1.reduce(0, +) / 3 > 0.58)
  }
}
