package import Basics
package import JSONLines
package import Summarization

/// One non-blank line of the input.
package struct InputLine: Sendable {
  /// The line number, counted from 1 over all inputs.
  package let number: Int
  package let place: SourceLocation
  package let content: NumberedLine.LineContent
  /// Whether the line is the last one of its FILE and lacks its newline.
  package let isUnfinished: Bool
  package let admitted: Instant
  /// The selected line; nil if results go to standard output.
  package var selected: SelectedLine?

  package init(
    number: Int, place: SourceLocation, content: NumberedLine.LineContent, isUnfinished: Bool = false,
    admitted: Instant
  ) {
    self.number = number
    self.place = place
    self.content = content
    self.isUnfinished = isUnfinished
    self.admitted = admitted
  }

  /// How the article failed in an earlier run that this run resumes.
  package var failedBefore: ArticleError.Code? { selected?.failedBefore }
}

/// A line whose result goes to a file and that still has to be summarized.
package final class SelectedLine: Sendable {
  package let reading: ArticleReader.ArticleReading
  package let fingerprint: Hash128
  /// How the article failed in an earlier run, as far as the files tell. A failure with the same code again says
  /// nothing new about the provider.
  package let failedBefore: ArticleError.Code?
  /// The position in the order of the input, from 0.
  package let ordinal: Int

  package init(
    reading: ArticleReader.ArticleReading, fingerprint: Hash128, failedBefore: ArticleError.Code?, ordinal: Int
  ) {
    self.reading = reading
    self.fingerprint = fingerprint
    self.failedBefore = failedBefore
    self.ordinal = ordinal
  }
}

/// The place of a line in the input, as a message names it.
package struct SourceLocation: Sendable, Equatable, CustomStringConvertible {
  /// nil for standard input.
  package let file: String?
  /// The line number in its file, counted from 1, blank lines included.
  package let line: Int

  package init(file: String?, line: Int) {
    self.file = file
    self.line = line
  }

  package var description: String { file.map { "\($0):\(line)" } ?? "line \(line)" }
}
