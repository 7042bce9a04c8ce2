import TestServer
import Testing

/// Where it runs, and whom it speaks to.
@Suite("acceptance: surroundings", .blocking, .needsCurl)
struct SurroundingsRunTests {
  @Test("with an empty environment, in a folder that is not ours")
  func emptyEnvironment() throws {
    let server = try TestServer { _, _ in .summary() }
    var launch = server.launch(.openAI, ["-j4"], articles: 0..<20)
    launch.environment = [:]
    launch.directory = "/"
    try launch.run().expectSummaries(of: 0..<20)
  }

  @Test("a proxy of the environment is never asked for this host, and is for others unless no_proxy says so")
  func proxy() throws {
    let server = try TestServer { _, _ in .summary() }
    let proxy = try TestServer { _, _ in .summary() }
    var launch = server.launch(.openAI, [], articles: 0..<3)
    launch.environment["http_proxy"] = proxy.url
    launch.environment["all_proxy"] = proxy.url
    launch.environment["OPENAI_API_KEY"] = "a-secret-key"
    try launch.run().expectSummaries(of: 0..<3)
    #expect(proxy.connectionsAccepted == 0 && server.log.calls.count == 3)

    let address = try #require(
      launch.arguments.firstIndex(of: server.url) ?? launch.arguments.firstIndex(of: server.url + "/v1"))
    launch.arguments[address] = "http://model.invalid/v1"
    let outcome = try launch.run()
    try outcome.expectSummaries(of: 0..<3)
    #expect(proxy.log.calls.count == 3 && server.log.calls.count == 3)
    #expect(outcome.errors.contains("through the proxy 127.0.0.1:\(proxy.port) (http_proxy)"), "\(outcome)")

    launch.environment["no_proxy"] = "other.example, .invalid"
    launch.arguments += ["--retries", "0", "--max-outage", "100ms"]
    #expect(try launch.run().ending != .exited(0))
    #expect(proxy.log.calls.count == 3)
  }

  #if os(Linux)
    @Test("it speaks to the server and to nobody else")
    func connections() throws {
      let gate = Gate()
      let server = try TestServer { _, _ in .summary().held(by: gate) }
      let child = try server.launch(.openAI, ["-j3"], articles: 0..<3).start()
      try child.sees(server, "three calls") { $0.openCalls == 3 }
      let peers = try #require(child.remotePorts)
      #expect(peers == Array(repeating: server.port, count: 3), "\(peers)")
      gate.open()
      try child.outcome().expectSummaries(of: 0..<3)
    }
  #endif

  @Test("a bare host name is not looked for in other domains, and what does not resolve is told")
  func unknownHost() throws {
    let outcome = try Launch(
      ["-m", "openai:m", "--base-url", "https://nowhere.invalid/v1", "--retries", "0", "--max-outage", "100ms"],
      input: .text(markedArticles(0..<2))
    ).run(within: .seconds(40))
    #expect(outcome.errors.contains("cannot find the address of nowhere.invalid"), "\(outcome)")
    #expect(try outcome.records().first?.errorCode == "unreachable", "\(outcome)")
    #expect(outcome.ending != .exited(0))
  }
}

#if os(Linux)
  extension Child {
    /// The ports at the other end of the child's connections over IP; nil where the system does not tell.
    fileprivate var remotePorts: [UInt16]? {
      var inodes: Set<String> = []
      for descriptor in openDescriptors {
        var target = [CChar](repeating: 0, count: 256)
        let length = readlink("/proc/\(pid)/fd/\(descriptor)", &target, 255)
        let text = String(decoding: target.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if text.hasPrefix("socket:[") { inodes.insert(String(text.dropFirst(8).dropLast())) }
      }
      var ports: [UInt16] = []
      for table in ["tcp", "tcp6", "udp", "udp6"] {
        guard let bytes = contents(of: "/proc/\(pid)/net/\(table)") else { return nil }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst() {
          let fields = line.split(separator: " ")
          guard fields.count > 9, inodes.contains(String(fields[9])) else { continue }
          ports.append(fields[2].split(separator: ":").last.flatMap { UInt16($0, radix: 16) } ?? 0)
        }
      }
      return ports
    }
  }
#endif
