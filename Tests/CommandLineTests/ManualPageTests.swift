import SystemIO
import Testing

@testable import CommandLine

/// The man page and the table of options say the same.
@Suite struct ManualPageTests {
  private static func page() async throws -> String {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    let file = try FileDescriptor.openForReading(root + "/man/summarize.1")
    defer { try? file.close() }
    let reader = try InputReader()
    var bytes: [UInt8] = []
    while case .bytes(let chunk) = await reader.read(file) { bytes += chunk }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The items that describe options: `.It Fl j , Fl -jobs Ar N`.
  private static func items(in page: String) -> [Substring] {
    page.split(separator: "\n").filter { $0.hasPrefix(".It Fl ") }
  }

  @Test func everyOptionHasItsItem() async throws {
    let items = Self.items(in: try await Self.page())
    for option in OptionDefinition.table {
      var item = ".It "
      if let short = option.short { item += "Fl \(short) , " }
      item += "Fl -\(option.long)"
      if let argument = option.argument { item += " Ar \(argument)" }
      #expect(items.contains { $0 == item }, "the man page lacks '\(item)'")
    }
  }

  @Test func noItemIsLeftOver() async throws {
    #expect(Self.items(in: try await Self.page()).count == OptionDefinition.table.count)
  }

  @Test func everyErrorCodeIsExplained() async throws {
    let page = try await Self.page()
    for code in ArticleErrorCodes.all { #expect(page.contains(".It Ic \(code)\n"), "\(code)") }
  }

  /// At 80 columns a line of an example begins at the eighth and is not broken: what is copied runs.
  @Test func examplesCanBePastedAtEightyColumns() async throws {
    let lines = try await Self.page().split(separator: "\n", omittingEmptySubsequences: false)
    var isExample = false
    var count = 0
    for line in lines {
      #expect(!line.hasPrefix(".Dl "), "an example that may be broken: \(line)")
      if line.hasPrefix(".Bd -literal") {
        isExample = true
      } else if line == ".Ed" {
        isExample = false
      } else if isExample {
        count += 1
        #expect(line.count <= 72, "\(line)")
      }
    }
    #expect(count > 20)
  }

  @Test func theTableNamesEveryOptionOnce() {
    #expect(OptionDefinition.table.map(\.name.rawValue).sorted() == OptionName.allCases.map(\.rawValue).sorted())
    let letters = OptionDefinition.table.compactMap(\.short)
    #expect(Set(letters).count == letters.count)
  }

  @Test func helpShowsEveryOptionInEightyColumnsAndFewerThanSeventyLines() {
    for option in OptionDefinition.table { #expect(HelpText.full.contains("--\(option.long)")) }
    let lines = HelpText.full.split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines { #expect(line.count <= 80, "\(line)") }
    #expect(lines.count < 70)
  }
}
