import HTTPClient

/// Where a server is: a base URL, taken apart once.
public struct Endpoint: Sendable, Equatable {
  /// Why a text is no base URL, as the end of a sentence that begins with its source, or a sentence behind a colon.
  public struct ParseError: Error, Equatable {
    public let message: String
  }

  /// `http` or `https`.
  public let scheme: String
  /// Lower case; an IPv6 address with its brackets.
  public private(set) var host: String
  /// nil where the scheme's own is meant.
  public let port: Int?
  /// Empty, or with a leading slash and without one at the end.
  public var path: String
  /// With its question mark; it may hold a key.
  public let query: String
  /// The name and password before the host, as they stood; they go out as an Authorization header.
  let userInfo: String?

  /// Reads an absolute URL.
  public init(parsing text: String) throws(ParseError) {
    let text = text.trimmed()
    guard let mark = text.firstRange(of: "://") else { throw .init(message: "must begin with http:// or https://") }
    let scheme = text[..<mark.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else {
      throw ParseError(message: "must begin with http:// or https://")
    }
    try self.init(scheme: scheme, rest: text[mark.upperBound...])
  }

  /// From behind the scheme.
  private init(scheme: String, rest: Substring, defaultPort: Int? = nil) throws(ParseError) {
    guard rest.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }) else {
      throw ParseError(message: "has a character that no URL has; write it as %XX, and names in Punycode")
    }
    guard !rest.contains("#") else { throw ParseError(message: "has a fragment (#), which no server sees") }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let target = rest[authority.endIndex...]
    let path = target.prefix { $0 != "?" }
    self.scheme = scheme
    self.path = String(path.droppingTrailingSlashes())
    query = String(target[path.endIndex...])

    let at = authority.lastIndex(of: "@")
    userInfo = at.map { String(authority[..<$0]) }
    let place = at.map { authority[authority.index(after: $0)...] } ?? authority
    let hostEnd = place.hasPrefix("[") ? place.firstIndex(of: "]").map(place.index(after:)) : place.firstIndex(of: ":")
    let host = place[..<(hostEnd ?? place.endIndex)].lowercased()
    let suffix = place[(hostEnd ?? place.endIndex)...]
    guard !host.isEmpty, host.hasPrefix("[") == host.hasSuffix("]") else { throw ParseError(message: "has no host") }
    self.host = host
    if suffix.isEmpty {
      port = defaultPort
    } else {
      guard let number = Int(suffix.dropFirst()), (1...65_535).contains(number), suffix.first == ":" else {
        throw ParseError(message: suffix.first == ":" ? ": \(suffix.dropFirst()) is not a port" : "has no host")
      }
      port = number
    }
  }

  /// Reads what `OLLAMA_HOST` may hold, as Ollama does: a URL, or a host with a port or a path or neither. The port is
  /// 11434 where no scheme is given; an address that means all addresses of a server means this host to a client.
  public init(parsingOllamaHost text: String) throws(ParseError) {
    var rest = text[...].trimmed()
    while let quote = rest.first, quote == "\"" || quote == "'" { rest = rest.dropFirst().trimmed() }
    while let quote = rest.last, quote == "\"" || quote == "'" { rest = rest.dropLast().trimmed() }
    if rest.contains("://") {
      let endpoint = try Endpoint(parsing: String(rest))
      self = endpoint.meaningThisHost
      return
    }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    var address = String(authority)
    // An IPv6 address without brackets cannot have a port.
    if authority.count(where: { $0 == ":" }) > 1, !authority.contains("[") { address = "[\(authority)]" }
    if address.isEmpty || address.hasPrefix(":") { address = "127.0.0.1" + address }
    let full = address + rest[authority.endIndex...]
    self = try Endpoint(scheme: "http", rest: full[...], defaultPort: 11434).meaningThisHost
  }

  private var meaningThisHost: Endpoint {
    var endpoint = self
    endpoint.host = ["0.0.0.0": "127.0.0.1", "[::]": "[::1]"][host] ?? host
    return endpoint
  }

  // MARK: What it is used for

  /// The URL of a resource such as `/v1/messages` below the base, without name and password. What the base has of it
  /// already, `/v1` or all of it, is not repeated.
  func url(of resource: String) -> String { description(of: resource) + query }

  /// The same for messages: without the query, which may hold a key.
  func description(of resource: String) -> String {
    let parts = resource.split(separator: "/")
    for count in stride(from: parts.count, to: 0, by: -1) {
      let beginning = "/" + parts[..<count].joined(separator: "/")
      if path.hasSuffix(beginning) { return description + resource.dropFirst(beginning.count) }
    }
    return description + resource
  }

  /// For messages: without name, password and query.
  public var description: String { "\(scheme)://\(authority)\(path)" }

  /// Host and port, as far as they were given.
  var authority: String { host + (port.map { ":\($0)" } ?? "") }

  /// Whether the server is on this machine, by its name.
  public var isThisHost: Bool { LoopbackHosts.system.contains(host) }

  /// What goes over the network can be read on the way.
  public var isExposed: Bool { scheme == "http" && !isThisHost }

  /// The proxy that can read what goes to the server, in words for people.
  /// - Parameter value: of an environment variable.
  package func readingProxy(value: (String) -> String?) -> String? {
    guard isExposed, let proxy = EnvironmentProxy(toHost: host, value: value) else { return nil }
    return "the proxy \(proxy.authority) (\(proxy.variable))"
  }
}

extension Endpoint: CustomStringConvertible {}

extension Substring {
  fileprivate func droppingTrailingSlashes() -> Substring {
    var rest = self
    while rest.last == "/" { rest = rest.dropLast() }
    return rest
  }
}
