/// The results of a company, a match or a vote as an agency reports them: rows of words and figures, and notes on them.
///
/// The notes are sentences and the rows are not, but the rows are the report.
enum ResultsTable {
  private static let fewestRows = 3

  /// Returns the rows if a table opens the text and most of the rest is notes on it; otherwise nil.
  static func rows(in sentences: [SentenceRange], _ bytes: Bytes) -> [SentenceRange]? {
    guard let first = sentences.first, !first.isTerminated else { return nil }
    var rows: [SentenceRange] = []
    var figures = 0
    // The rows up to the next heading: those of the quarter, before those of the year.
    var part = Int.max
    for sentence in sentences {
      guard !sentence.isTerminated, sentence.opensBlock, !isNote(sentence, bytes) else { break }
      let row = rows.isEmpty ? BoilerplateFilter.trimmed(sentence, isFirst: true, bytes) : sentence
      // "Updated 5 March 2024 11:45" is a line of the page.
      if BoilerplatePhrases.opens(row, bytes) { continue }
      let counts = counts(row, bytes)
      // A period on a line of its own, "Year", is a heading, and a single word a sign-off.
      guard counts.words > 2 || counts.figures > 0 else {
        if rows.count >= fewestRows { part = min(part, rows.count) }
        continue
      }
      figures += counts.figures
      rows.append(row)
    }
    guard let last = rows.last, rows.count >= fewestRows, figures > rows.count else { return nil }
    let firstPart = Array(rows.prefix(part))
    // The text behind the rows is notes if it says so, or if it is shorter than the rows.
    guard let next = sentences.first(where: { $0.start > last.start && ($0.isTerminated || isNote($0, bytes)) }) else {
      return firstPart
    }
    let rest = sentences[sentences.count - 1].end - next.start
    return isNote(next, bytes) || rest <= last.end - rows[0].start ? firstPart : nil
  }

  /// Whether a line begins with a word for a note and a colon: "NOTE: Excludes a tax credit".
  private static func isNote(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    let limit = min(sentence.end, sentence.start + longestLabel)
    guard let colon = (sentence.start..<limit).first(where: { bytes[$0] == 0x3A }) else { return false }
    return notes.contains(PackedWord(Bytes(rebasing: bytes[sentence.start..<colon])))
  }

  private static let longestLabel = 14
  private static let notes = PackedWordSet("note notes nota notas hinweis anmerkung remarque opmerking anm")

  /// Returns the number of words of a line, and of those that begin with a digit.
  private static func counts(_ sentence: SentenceRange, _ bytes: Bytes) -> (words: Int, figures: Int) {
    var (words, figures) = (0, 0)
    for index in sentence.start..<sentence.end where index == sentence.start || bytes[index - 1] <= 0x20 {
      guard bytes[index] > 0x20 else { continue }
      words += 1
      if asciiKind(bytes[index]) == .digit { figures += 1 }
    }
    return (words, figures)
  }
}
