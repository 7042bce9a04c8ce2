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
