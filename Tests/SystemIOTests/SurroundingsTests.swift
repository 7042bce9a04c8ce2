import Testing

@testable import SystemIO

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

struct SurroundingsTests {
  private func temporaryFile(_ text: String) throws -> String {
    var path = Array("/tmp/summarize-test-XXXXXX".utf8CString)
    let file = Descriptor(rawValue: mkstemp(&path))
    try file.write(text)
    try file.close()
    return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  @Test func wholeFilesAreReadUpToALimit() throws {
    let text = String(repeating: "0123456789", count: 20_000)
    let path = try temporaryFile(text)
    defer { unlink(path) }
    #expect(try contents(ofFile: path, upTo: 200_000) == Array(text.utf8))
    #expect(throws: SystemError(code: EFBIG)) { try contents(ofFile: path, upTo: 199_999) }
    #expect(try contents(ofFile: "/dev/null", upTo: 1) == [])
    #expect(throws: SystemError(code: ENOENT)) { try contents(ofFile: path + "-gone", upTo: 1) }
  }

  @Test func variablesAndTheClock() {
    #expect(environmentVariable("PATH")?.isEmpty == false)
    #expect(environmentVariable("SUMMARIZE_NO_SUCH_VARIABLE") == nil)
    // Within a day of what the C library says.
    #expect(abs(secondsSince1970() - Double(time(nil))) < 86_400)
  }
}
