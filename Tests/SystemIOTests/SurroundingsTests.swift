import Testing

@testable import SystemIO
import TestSupport

struct SurroundingsTests {
  @Test func wholeFilesAreReadUpToALimit() throws {
    let text = String(repeating: "0123456789", count: 20_000)
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let path = try folder.file("text", text)
    #expect(try contents(ofFile: path, upTo: 200_000) == Array(text.utf8))
    #expect(throws: SystemError(code: EFBIG)) { try contents(ofFile: path, upTo: 199_999) }
    #expect(try contents(ofFile: "/dev/null", upTo: 1) == [])
    #expect(throws: SystemError(code: ENOENT)) { try contents(ofFile: path + "-gone", upTo: 1) }
  }

  @Test func variablesAndTheClock() {
    #expect(SystemIO.environmentVariable("PATH")?.isEmpty == false)
    #expect(SystemIO.environmentVariable("SUMMARIZE_NO_SUCH_VARIABLE") == nil)
    // Within a day of what the C library says.
    #expect(abs(secondsSince1970() - Double(time(nil))) < 86_400)
  }
}
