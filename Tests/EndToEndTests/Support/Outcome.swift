import Testing

/// What is left of a child that has ended.
struct Outcome: CustomStringConvertible {
  let command: String
  let ending: Ending
  let output: [UInt8]
  let errors: String

  /// The lines of the output, each without its newline. Bytes behind the last newline are a torn line, and count as one.
  var lines: [[UInt8]] {
    var lines = output.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    if lines.last == [] { lines.removeLast() }
    return lines
  }

  var messages: [String] { errors.split(separator: "\n").map(String.init) }
  var text: String { String(decoding: output, as: UTF8.self) }

  /// Every line of the output, parsed strictly; throws where one is no JSON, or the last one is torn.
  func records() throws -> [JSON] {
    if let last = output.last, last != 0x0A { throw ChildFailure(what: "torn last line", outcome: self) }
    return try lines.map { line in
      do {
        return try JSON(parsing: line)
      } catch {
        throw ChildFailure(what: "\(error) in the line \(String(decoding: line, as: UTF8.self))", outcome: self)
      }
    }
  }

  /// Fails the test, and shows everything, where the child ended in another way.
  func expect(_ expected: Ending, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(ending == expected, "\(self)", sourceLocation: sourceLocation)
  }

  var description: String {
    """
    \(command.prefix(500))
    ended with \(ending)
    --- standard output (\(output.count) bytes)
    \(Self.excerpt(text))
    --- standard error (\(errors.utf8.count) bytes)
    \(Self.excerpt(errors))
    """
  }

  private static func excerpt(_ text: String) -> String {
    text.count <= 4_000 ? text : "\(text.prefix(2_000))\n[…]\n\(text.suffix(2_000))"
  }
}

struct ChildFailure: Error, CustomStringConvertible {
  let what: String
  var isRunning = false
  let outcome: Outcome

  var description: String { "\(what)\(isRunning ? " (killed)" : ""): \(outcome)" }
}

/// Runs the program to its end.
func run(_ arguments: [String], input: Launch.Input = .nothing, within bound: Duration = Child.patience) throws
  -> Outcome
{
  try Launch(arguments, input: input).run(within: bound)
}

extension Launch {
  func run(within bound: Duration = Child.patience) throws -> Outcome {
    try start().outcome(within: bound)
  }
}
