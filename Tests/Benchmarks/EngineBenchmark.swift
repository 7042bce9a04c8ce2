import ExtractiveSummarizer
import JSONLines
import Summarization

/// engine: prints the milliseconds that the first article costs more than the same one later (the lexicon and all other
/// tables are made for it), and how many articles a second one core summarizes after that, reading and writing left out.
func engineBenchmark() async throws {
  let articles = engineLines.map { line -> Article in
    guard let record = try? JSONRecord(scanning: line), let content = record["content"] else {
      fatalError("no article")
    }
    return Article(
      line: 1, id: nil, title: record["title"].map { record.string(of: $0) }, content: record.string(of: content),
      raw: line)
  }
  let clock = ContinuousClock()
  let start = clock.now
  let engine = ExtractiveSummarizer(SummaryRequest())
  _ = try await engine.summarize(articles[0], attempt: 1)
  let made = clock.now
  _ = try await engine.summarize(articles[0], attempt: 1)
  let first = (made - start) - (clock.now - made)

  var rates: [Double] = []
  for _ in 0..<9 {
    let start = clock.now
    for article in articles { _ = try await engine.summarize(article, attempt: 1) }
    rates.append(Double(articles.count) / ((clock.now - start) / .seconds(1)))
  }
  print(first / .milliseconds(1), rates.sorted()[rates.count / 2])
}

/// engine-lines COUNT: prints so many articles of 3 to 4 KB.
func printEngineLines(_ arguments: [String]) {
  guard arguments.count == 1, let count = Int(arguments[0]) else { fatalError("usage: Benchmarks engine-lines COUNT") }
  let lines = engineLines
  for number in 0..<count { print(String(decoding: lines[number % lines.count], as: UTF8.self)) }
}

/// The posts of 3 to 4 KB; where they are not at hand, as many articles of made-up words, of which few stand twice.
private var engineLines: [[UInt8]] {
  let real = (posts ?? []).filter { line in
    guard let record = try? JSONRecord(scanning: line), let field = record["content"] else { return false }
    return (3000...4096).contains(record.string(of: field).utf8.count)
  }
  return real.isEmpty ? (0..<256).map(madeUpArticle) : real
}

/// Words as frequent as those of a language (the n-th stands every n-th time), in sentences of 12 to 27.
private func madeUpArticle(_ number: Int) -> [UInt8] {
  var state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 | 1
  func random(_ below: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % below
  }
  let common = [
    "the", "of", "and", "to", "in", "that", "is", "was", "for", "on", "said", "with", "as", "it", "at", "by",
  ]
  func word() -> String {
    if random(5) < 2 { return common[random(common.count)] }
    var rank = 1 + random(9000) * random(9000) / 9000
    var word = ""
    repeat {
      word += ["ba", "ke", "lin", "tor", "mes", "va", "ri", "sun"][rank % 8]
      rank /= 8
    } while rank > 0
    return word
  }
  func sentence() -> String {
    let words = (0..<12 + random(16)).map { _ in word() }
    return words[0].prefix(1).uppercased() + words[0].dropFirst() + " " + words.dropFirst().joined(separator: " ") + "."
  }
  var content = sentence()
  while content.utf8.count < 3000 + random(800) { content += (random(4) == 0 ? "\\n\\n" : " ") + sentence() }
  return Array(#"{"id":\#(number),"title":"\#(sentence().dropLast())","content":"\#(content)"}"#.utf8)
}
