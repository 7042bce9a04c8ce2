import HTTPTransport
import SystemIO
import Testing

@Suite("answers", .needsLibcurl, .timeLimit(.minutes(1))) struct AnswerTests {
  private let transport = makeTransport()

  @Test func statusHeadersAndBodyComeAsTheyWereSent() async throws {
    let server = try LocalServer { connection, request in
      connection.answer(
        request.body.reversed(), status: "429 Too Many",
        headers: ["Retry-After: 7", "x-ratelimit-reset-requests:  1s\t", "retry-after: 8"])
    }
    let response = try await transport.send(request(server.url, body: "abc"))
    #expect(response.status == 429)
    #expect(response.text == "cba")
    #expect(response.headers["retry-after"] == "8", "the last of repeated ones")
    #expect(response.headers["X-RateLimit-Reset-Requests"] == "1s")
    #expect(response.headers["x-request-id"] == nil)
  }
}
