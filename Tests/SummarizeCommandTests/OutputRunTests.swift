import CommandLine
import JSONLines
import SystemIO
import Testing

@testable import SummarizeCommand
import TestSupport

/// Runs with `--output` in this process; ThreadSanitizer looks on.
@Suite(.timeLimit(.minutes(20))) struct OutputRunTests {
  private func run(_ lines: [String], to path: String, _ arguments: String...) async throws -> (status: Int32, [String])
  {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let input = try folder.file("in", TestRun.text(lines))
    let typed = try TypedArguments(
      parsing: ["-q", "-j8", "-o", path, "--errors", path + ".errors"] + arguments + [input])
    let run = try SummarizeRun(
      RunConfiguration(typed), output: FileDescriptor(rawValue: open("/dev/null", O_WRONLY | O_CLOEXEC)),
      summarizer: Echo(yieldsUpTo: 20))
    await run.execute()
    return (run.exitStatus, TestRun.lines(of: path))
  }

  @Test(arguments: [[], ["-k"]]) func aLogIsWrittenAndGoneOnWith(options: [String]) async throws {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let path = try folder.file("out")
    let lines = (0..<500).map { number in
      number % 10 == 3 ? "broken \(number)" : #"{"id":\#(number % 200),"content":"text of \#(number)"}"#
    }
    let order = options.contains("-k")
    let first = try await order ? run(lines, to: path, "-k") : run(lines, to: path)
    #expect(first.status == 1 && first.1.count == 450)
    #expect(Set(first.1).count == 450)
    let numbers = first.1.compactMap { line -> Int? in
      guard let record = try? JSONRecord(scanning: Array(line.utf8)) else { return nil }
      return record["line"].flatMap { record.integer(of: $0) }
    }
    #expect(order ? numbers == numbers.sorted() : Set(numbers).count == 450)
    let second = try await run(lines + [#"{"id":"new","content":"c"}"#], to: path, "--resume", "-k")
    #expect(second.status == 1 && second.1.count == 451)
    #expect(Set(first.1).isSubset(of: second.1))
  }
}
