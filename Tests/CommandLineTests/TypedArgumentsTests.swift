import Testing

@testable import CommandLine

@Suite struct TypedArgumentsTests {
  private func read(_ line: String) throws -> (options: [String], operands: [String]) {
    let typed = try TypedArguments(parsing: line.split(separator: " ").map(String.init))
    return (typed.options.map { $0.name.rawValue + ($0.value.map { "=\($0)" } ?? "") }, typed.operands)
  }

  @Test(arguments: ["-kj5", "-k -j 5", "-k -j5", "-k --jobs=5", "--keep-order --jobs 5"])
  func allFormsMeanTheSame(line: String) throws {
    let typed = try read(line)
    #expect(typed.options == ["keep-order", "jobs=5"])
    #expect(typed.operands == [])
  }

  @Test func operandsMayStandAnywhereAndADashIsOne() throws {
    let typed = try read("a -k - b -- -file --jobs")
    #expect(typed.options == ["keep-order"])
    #expect(typed.operands == ["a", "-", "b", "-file", "--jobs"])
  }

  @Test func aValueMayLookLikeAnOption() throws {
    #expect(try read("-j -1").options == ["jobs=-1"])
    #expect(try read("--id-field=a=b").options == ["id-field=a=b"])
    #expect(try read("--model=").options == ["model="])
  }

  @Test func helpWinsOverWhatFollows() throws {
    #expect(try read("-k --help --nonsense").options == ["keep-order", "help"])
    #expect(try read("-hx").options == ["help"])
  }

  @Test func whatIsWrongIsSaid() {
    #expect(throws: UsageError.unknownOption("--job", near: "--jobs")) { try read("--job 5") }
    #expect(throws: UsageError.unknownOption("-x", near: nil)) { try read("-kx") }
    #expect(throws: UsageError.missingValue("--jobs", argument: "N")) { try read("--jobs") }
    #expect(throws: UsageError.missingValue("-j", argument: "N")) { try read("-kj") }
    #expect(throws: UsageError.needlessValue("--merge")) { try read("--merge=yes") }
    #expect(throws: UsageError.needlessValue("-k")) { try read("-k=5") }
  }

  @Test(arguments: ["--workers", "--concurrency", "--threads", "--parallel"])
  func theNameThatAnotherProgramHasForItIsKnown(name: String) {
    #expect(throws: UsageError.unknownOption(name, near: "--jobs")) { try read("\(name) 5") }
  }

  @Test func aKeyIsNoArgument() {
    #expect(throws: UsageError.keyAsArgument("--api-key")) { try read("--api-key=sk-1") }
    #expect(!UsageError.keyAsArgument("--api-key").message.contains("sk-1"))
  }
}
