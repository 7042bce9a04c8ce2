package import Basics
package import JSONLines
package import Summarization

/// One non-blank line of the input.
package struct InputLine: Sendable {
  /// Counted from 1 over all inputs.
  package let number: Int
  package let place: SourceLocation
  package let content: Line.Content
  /// Whether it is the last line of its FILE and lacks its newline.
  package let isUnfinished: Bool
  package let admitted: ContinuousClock.Instant
  /// Where results go to a file.
  package var selected: SelectedLine?

  package init(
    number: Int, place: SourceLocation, content: Line.Content, isUnfinished: Bool = false,
    admitted: ContinuousClock.Instant
  ) {
    self.number = number
    self.place = place
    self.content = content
    self.isUnfinished = isUnfinished
    self.admitted = admitted
  }

  /// How the article failed in an earlier run that this one goes on with.
  package var failedBefore: ArticleError.Code? { selected?.failedBefore }
}

/// What was found out of a line whose result goes to a file, and that is to be done.
package struct SelectedLine: Sendable {
  package let reading: ArticleReader.Reading
  package let fingerprint: Hash128
  /// How the article failed in an earlier run, as far as the files tell. A failure with the same code says nothing new
  /// of the provider.
  package let failedBefore: ArticleError.Code?
  /// Its place in the order of the input, from 0.
  package let ordinal: Int

  package init(
    reading: ArticleReader.Reading, fingerprint: Hash128, failedBefore: ArticleError.Code?, ordinal: Int
  ) {
    self.reading = reading
    self.fingerprint = fingerprint
    self.failedBefore = failedBefore
    self.ordinal = ordinal
  }
}

/// Where a line of the input stands, in the words of a message.
package struct SourceLocation: Sendable, Equatable, CustomStringConvertible {
  /// nil for standard input.
  package let file: String?
  /// Counted from 1 in its file, blank lines included.
  package let line: Int

  package init(file: String?, line: Int) {
    self.file = file
    self.line = line
  }

  package var description: String { file.map { "\($0):\(line)" } ?? "line \(line)" }
}
