import JSONLines
import TestSupport
import Testing

/// The files of JSONTestSuite that are to be accepted or rejected.
private let suite = SharedData.list("JSONTestSuite/test_parsing").filter { $0.hasSuffix(".json") }

/// nst/JSONTestSuite, where it lies beside the project: as bare values, and as a field of a record.
@Suite(.enabled(if: !suite.isEmpty, "JSONTestSuite is not beside the project"))
struct JSONTestSuiteTests {
  private func read(_ file: String) throws -> [UInt8] {
    try #require(SharedData.read("JSONTestSuite/test_parsing/\(file)"))
  }

  /// What is accepted of the files that a parser may judge as it likes. Accepted are numbers that no Double holds (they
  /// are never converted) and lone surrogate escapes; refused are other encodings and byte order marks.
  private static let acceptedOptional: Set<String> = [
    "i_number_double_huge_neg_exp.json", "i_number_huge_exp.json", "i_number_neg_int_huge_exp.json",
    "i_number_pos_double_huge_exp.json", "i_number_real_neg_overflow.json", "i_number_real_pos_overflow.json",
    "i_number_real_underflow.json", "i_number_too_big_neg_int.json", "i_number_too_big_pos_int.json",
    "i_number_very_big_negative_int.json", "i_object_key_lone_2nd_surrogate.json",
    "i_string_1st_surrogate_but_2nd_missing.json", "i_string_1st_valid_surrogate_2nd_invalid.json",
    "i_string_incomplete_surrogate_and_escape_valid.json", "i_string_incomplete_surrogate_pair.json",
    "i_string_incomplete_surrogates_escape_valid.json", "i_string_invalid_lonely_surrogate.json",
    "i_string_invalid_surrogate.json", "i_string_inverted_surrogates_U+1D11E.json",
    "i_string_lone_second_surrogate.json",
    "i_structure_500_nested_arrays.json",
  ]

  private func shouldAccept(_ file: String) -> Bool {
    file.hasPrefix("y_") || Self.acceptedOptional.contains(file)
  }

  @Test func theSuiteIsWhole() {
    let counts = ["y_", "n_", "i_"].map { kind in suite.count { $0.hasPrefix(kind) } }
    #expect(counts == [95, 188, 35])
  }

  @Test(arguments: suite) func bareValue(_ file: String) throws {
    let bytes = try read(file)
    #expect(isValue(bytes) == shouldAccept(file))
    #expect((IndependentReading(bytes) != nil) == shouldAccept(file), "the independent reader")
  }

  /// Wrapped, a file shows that the scanner is as strict about a field that nobody asks for.
  @Test(arguments: suite) func fieldOfARecord(_ file: String) throws {
    let bytes = try read(file)
    let line = Array("{\"id\":\"\(file)\",\"text\":\"t\",\"x\":".utf8) + bytes + [0x7D]
    #expect((fault(line) == nil) == shouldAccept(file))
  }

  @Test(arguments: SharedData.list("JSONTestSuite/test_transform").filter { $0.hasSuffix(".json") }) func transforms(
    _ file: String
  ) throws {
    let bytes = try #require(SharedData.read("JSONTestSuite/test_transform/\(file)"))
    #expect(isValue(bytes) == (IndependentReading(bytes) != nil))
  }
}
