import TestServer
import Testing

/// Replies that come in odd ways, or not whole: each ends as the table of codes says, and the next article has its
/// summary all the same.
@Suite("acceptance: replies on the wire", .blocking, .needsCurl)
struct DeliveryRunTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let reply: Reply
    /// nil: a summary comes of it.
    let code: String?
    /// How often the request may be sent again at no attempt's cost.
    let repetitions: Int
    /// Its attempts cost nothing, and their number is not known: what is waited for is the end of an outage.
    let isRefusal: Bool
    var testDescription: String { name }

    init(_ reply: Reply, _ code: String?, repetitions: Int = 0, isRefusal: Bool = false) {
      (name, self.reply, self.code, self.repetitions) = (reply.name, reply, code, repetitions)
      self.isRefusal = isRefusal
    }
  }

  static let cases = [
    Case(.summary().dripping(bytes: 40, every: .milliseconds(5)), nil),
    Case(.summary().dripping(bytes: 1, every: .milliseconds(200)), "timeout"),
    Case(.summary().chunked(bytes: 7), nil),
    Case(.summary().gzipped(), nil),
    Case(.summary().gzipped().chunked(bytes: 5), nil),
    Case(.summary().closingConnection(), nil),
    Case(.summary().closingConnection(announced: false), nil),
    Case(.huge(4 << 20), nil),
    Case(.summary().cutInHalf(), "unreachable"),
    Case(.summary().gzipped().cutInHalf(), "unreachable"),
    Case(.summary().stallingInHalf(), "timeout"),
    Case(.never, "timeout"),
    // A kept connection that ends at once may have been closed before, and is replaced.
    Case(.close, "unreachable", repetitions: 1),
    Case(.reset, "unreachable", repetitions: 1),
    Case(.garbage, "unreachable"),
    Case(.raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"), "unreachable"),
    Case(.raw("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}"), "unreachable"),
    // Asked for again as it is; the server is no worse for it.
    Case(
      .raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"), "bad_reply", repetitions: 1),
    Case(.raw("HTTP/1.1 100 Continue\r\n\r\n"), "unreachable"),
    Case(.raw("HTTP/1.1 204 No Content\r\n\r\n"), "bad_reply"),
    Case(.huge(64 << 20), "bad_reply"),
    Case(.huge(64 << 20, declared: false), "bad_reply"),
    Case(.emptyBody, "bad_reply"),
    Case(.emptyObject, "bad_reply"),
    Case(.htmlSuccess, "bad_reply"),
    Case(.noContent, "bad_reply"),
    Case(.redirect(to: "/elsewhere", 302), "not_found"),
    Case(.redirect(to: "http://127.0.0.1:1/", 308), "not_found"),
    Case(.error(408), "timeout"),
    Case(.error(409), "server_error"),
    Case(.error(425), "server_error"),
    Case(.html(502), "server_error"),
    Case(.error(413), "too_long"),
    Case(.error(402), "quota"),
    Case(.rateLimited(.milliseconds(10)), "rate_limited", isRefusal: true),
    Case(.promptFiltered, "refused"),
    Case(.endlessBlanks, "truncated"),
  ]

  @Test("each ends as the table says", arguments: cases)
  func codes(_ item: Case) throws {
    let server = try TestServer(keepsBodies: false) { request, _ in
      request.articleNumber == 2 ? item.reply : .summary()
    }
    let retries = item.code.map {
      ["unreachable", "timeout", "server_error", "bad_reply"].contains($0)
    }
    // Only what is to end by its time has little of it: the others have as much as a starved host takes.
    let timeout = item.code == "timeout" ? "4s" : "2m"
    let outcome = try server.run(
      .openAI,
      ["-j1", "-k", "--timeout", timeout, "--retries", "1", "-v"] + (item.isRefusal ? ["--max-outage", "1s"] : []),
      articles: 1...4)
    let records = try outcome.records()
    #expect(records.count == (item.code == "quota" ? 2 : 4), "\(outcome)")
    guard records.count >= 2 else { return }
    #expect(records[1].errorCode == item.code, "\(outcome)")
    // Its threads end when they have seen everything that was sent to them.
    _ = server.stop()
    let calls = server.log.calls(about: marker(2)).count
    if item.isRefusal {
      #expect(calls >= 2, "\(outcome)")
    } else {
      if item.code != nil { #expect(records[1].attempts == (retries == true ? 2 : 1), "\(outcome)") }
      #expect((0...item.repetitions).contains(calls - (retries == true ? 2 : 1)), "\(outcome)")
    }
    let others = records.filter { $0.id != 2 }
    // Where little time is given, a starved host may need more for the others too.
    #expect(others.allSatisfy { $0["summary"] != nil || timeout == "4s" && $0.errorCode == "timeout" }, "\(outcome)")
    #expect(outcome.ending == .exited(item.code == nil ? 0 : item.code == "quota" ? 2 : 1), "\(outcome)")
    // A summary that is torn or comes from elsewhere is never one.
    if item.code == nil { try outcome.expectSummaries(of: 1...4) }
    #expect(server.log.calls.allSatisfy { $0.path == "/v1/chat/completions" }, "a redirect was followed")
  }
}
