import TestServer
import Testing

/// Connections are kept and used again; what happens to them loses no call, and counts none twice.
@Suite("acceptance: connections", .blocking, .needsCurl)
struct ConnectionRunTests {
  @Test("as many as there are jobs serve a whole run", arguments: [1, 10, 64])
  func kept(_ jobs: Int) throws {
    let count = 1000
    let server = try TestServer(keepsBodies: false) { _, _ in .summary() }
    let outcome = try server.run(.openAI, ["-j\(jobs)"], articles: 0..<count)
    try outcome.expectSummaries(of: 0..<count)
    let log = server.log
    note("-j \(jobs): \(log.connectionsAccepted) connections for \(log.calls.count) calls")
    #expect(log.connectionsAccepted <= jobs, "\(log.connectionsAccepted)")
    #expect(log.calls.count == count && log.peakConcurrency <= jobs)
  }

  @Test("a server that ends every connection after a reply", arguments: [true, false])
  func closing(announced: Bool) throws {
    let server = try TestServer(keepsBodies: false) { _, _ in .summary().closingConnection(announced: announced) }
    let outcome = try server.run(.openAI, ["-j10", "-v", "--meta"], articles: 0..<200)
    try outcome.expectSummaries(of: 0..<200)
    // A connection that a starved host finds closed after more than 250 ms may have been lost with the call on it, which
    // costs an attempt then. No call is made twice.
    let late = try outcome.records().count { $0.attempts != 1 }
    #expect(try outcome.records().allSatisfy { (1...6).contains($0.attempts ?? 0) }, "\(outcome)")
    if judgesTimes { #expect(late <= 5, "\(outcome)") }
    #expect(server.log.calls.count == 200 && server.connectionsAccepted >= 200)
  }

  @Test("a server that ends idle connections: no attempt is lost, and none is made twice")
  func idle() throws {
    let server = try TestServer(keepsBodies: false) { _, _ in .summary() }
    let child = try Launch(server.options() + ["-j4", "--meta", "--retries", "0"]).start()
    for round in 0..<5 {
      try child.write(markedArticles((round * 8)..<(round * 8 + 8)))
      for record in try child.records(8) { #expect(record["summary"] != nil && record.attempts == 1, "\(record)") }
      // All connections end; new ones are taken.
      server.pause()
      try server.resume()
    }
    try child.finish().expect(.exited(0))
    #expect(server.log.calls.count == 40)
    #expect(server.connectionsAccepted <= 20)
  }

  @Test("connections that end as soon as they are there cost attempts and no article")
  func refusing() throws {
    let server = try TestServer(
      keepsBodies: false, connections: { $0 % 3 == 0 ? .serve : $0 % 3 == 1 ? .close : .reset }
    ) { _, _ in .summary() }
    let outcome = try server.run(.openAI, ["-j3"], articles: 0..<30)
    try outcome.expectSummaries(of: 0..<30)
    #expect(server.log.calls.count == 30)
  }

  @Test("what a server has read and not answered is not sent again before its time")
  func heldCallIsNotRepeated() throws {
    // On a kept connection: the second call is read, and then the connection ends, while a refusal holds all calls.
    let server = try TestServer(keepsBodies: false) { request, attempt in
      switch (request.articleNumber, attempt) {
      case (3, 1): .close.after(.milliseconds(700))
      case (4, 1): .rateLimited(.seconds(3)).after(.milliseconds(100))
      default: .summary().after(.milliseconds(20))
      }
    }
    let outcome = try server.run(.openAI, ["-j2", "-k", "--meta"], articles: 1...10)
    try outcome.expectSummaries(of: 1...10)
    let log = server.log
    #expect(log.tooEarly.isEmpty, "\(log.tooEarly)")
    for record in try outcome.records() {
      #expect(record.attempts == log.calls(about: marker(record.id!)).count, "\(record)")
    }
  }
}
