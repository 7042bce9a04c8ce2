import ExtractiveSummarizer
import Summarization
import TestSupport

/// The lines of development data; where it is absent, tests that want it say so and pass.
func sharedLines(_ name: String) -> [[UInt8]]? {
  guard let bytes = SharedData.read(name) else {
    print("skipped: \(name) is not there")
    return nil
  }
  return bytes.split(separator: 0x0A).map { Array($0) }
}

/// The strings of a JSON object, and its lists of strings.
func fields(_ line: [UInt8]) -> [String: [String]] {
  let members = (try? ParsedJSON(parsing: line))?.members ?? []
  return Dictionary(
    members.map { ($0.name, $0.value.string.map { [$0] } ?? $0.value.items.compactMap(\.string)) },
    uniquingKeysWith: +)
}
