import TestServer
import TestSupport
import Testing

/// What is on the wire, seen by a client that is not ours.
@Suite(.enabled(if: curl(["--version"]).status == 0, "curl is missing"))
struct CurlTests {
  /// - Returns: curl's exit status and what it wrote.
  private static func fetch(_ reply: Reply, _ arguments: [String] = []) async throws -> (status: Int32, output: String)
  {
    try await blocking {
      let server = try TestServer { _, _ in reply }
      return curl(arguments + ["-d", "article-1", server.url + openAIPath])
    }
  }

  private static let text = String(repeating: "line of text\n", count: 10_000)

  @Test func wholeBodies() async throws {
    let reply = Reply.reply(200, body: Self.text)
    for reply in [reply, reply.chunked(bytes: 1000), reply.gzipped(), reply.gzipped().chunked(bytes: 5000)] {
      let (status, output) = try await Self.fetch(reply, ["--compressed"])
      #expect(status == 0 && output == Self.text, "\(reply.name)")
    }
    #expect(try await Self.fetch(.summary().dripping(bytes: 20, every: .milliseconds(1))).output.hasSuffix("}"))
  }

  /// The exit status tells what curl thinks of it: 1 or 8 of a strange protocol, 18 of a body that is too short, 28 of a
  /// time-out, 52 of no reply, 56 of a reset.
  @Test func brokenReplies() async throws {
    #expect(try await Self.fetch(.summary().cutInHalf()).status == 18)
    #expect(try await Self.fetch(.close).status == 52)
    #expect(try await Self.fetch(.reset).status == 56)
    #expect([1, 8].contains(try await Self.fetch(.garbage).status))
    #expect(try await Self.fetch(.never, ["--max-time", "0.1"]).status == 28)
    #expect(try await Self.fetch(.summary().stallingInHalf(), ["--max-time", "0.1"]).status == 28)
  }

  /// A client that finds its connection closed tries once more on a new one.
  @Test func aConnectionThatIsClosedWithoutAWord() async throws {
    try await blocking {
      let server = try TestServer { _, _ in Reply.summary().closingConnection(announced: false) }
      let url = server.url + openAIPath
      let (status, output) = curl(["-d", "article-1", url, url])
      #expect(status == 0 && output.contains("}{"))
      #expect(server.connectionsAccepted == 2)
    }
  }

  @Test func nobodyThere() async throws {
    let deaf = try DeafPort()
    #expect(try await blocking { curl(["--connect-timeout", "0.1", deaf.url]).status } == 28)
    let server = try TestServer { _, _ in .summary() }
    server.pause()
    #expect(try await blocking { curl([server.url]).status } == 7)
  }
}
