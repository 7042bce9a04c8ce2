import NDJSON
import Testing

/// nst/JSONTestSuite, where it lies beside the project.
@Suite struct JSONTestSuiteTests {
  private static let files = SharedData.list("JSONTestSuite/test_parsing")

  private func verdict(_ bytes: [UInt8]) -> Bool {
    do throws(RecordError) {
      _ = try JSON.validate(bytes)
      return true
    } catch { return false }
  }

  @Test(.enabled(if: !files.isEmpty, "JSONTestSuite is not beside the project")) func bareValues() throws {
    for file in Self.files {
      let bytes = try #require(SharedData.read("JSONTestSuite/test_parsing/\(file)"))
      switch file.first {
      case "y": #expect(verdict(bytes), "\(file)")
      case "n": #expect(!verdict(bytes), "\(file)")
      default: print(file, verdict(bytes))
      }
    }
  }
}
