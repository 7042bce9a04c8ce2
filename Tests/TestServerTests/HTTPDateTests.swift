import Testing

@testable import TestServer

@Suite struct HTTPDateTests {
  @Test(arguments: [
    (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
    (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"), (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
  ])
  func thereAndBack(_ seconds: Int, _ text: String) {
    #expect(HTTPDate.format(.seconds(seconds)) == text)
    #expect(HTTPDate.parse(text) == .seconds(seconds))
  }

  @Test(arguments: ["", "soon", "12", "Sun, 06 Nov 1994", "Sun, 06 Foo 1994 08:49:37 GMT"])
  func whatIsNoDate(_ text: String) {
    #expect(HTTPDate.parse(text) == nil)
  }
}
