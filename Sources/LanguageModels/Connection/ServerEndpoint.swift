import HTTPClient

/// The reason why a text is not a base URL. The message is the end of a sentence that begins with the source of the
/// text; a message that begins with a colon follows the source without a space.
public struct EndpointError: Error, Equatable {
  public let message: String
}

/// The base URL of a server, parsed into its parts.
public struct ServerEndpoint: Sendable, Equatable {
  /// `http` or `https`.
  public let scheme: String
  /// The host in lower case; an IPv6 address includes its brackets.
  public private(set) var host: String
  /// The port; nil for the default port of the scheme.
  public let port: Int?
  /// The path: empty, or with a leading slash and without a trailing one.
  public var path: String
  /// The query with its question mark. It may contain a key.
  public let query: String
  /// The name and password before the host, verbatim. They are sent as an Authorization header.
  let userInfo: String?

  /// Creates an endpoint from an absolute URL.
  public init(parsing text: String) throws(EndpointError) {
    let text = text.trimmed()
    guard let mark = text.firstRange(of: "://") else { throw .init(message: "must begin with http:// or https://") }
    let scheme = text[..<mark.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else {
      throw EndpointError(message: "must begin with http:// or https://")
    }
    try self.init(scheme: scheme, rest: text[mark.upperBound...])
  }

  /// Parses the part after `://`.
  private init(scheme: String, rest: Substring, defaultPort: Int? = nil) throws(EndpointError) {
    guard rest.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }) else {
      throw EndpointError(message: "has a character that no URL has; write it as %XX, and names in Punycode")
    }
    guard !rest.contains("#") else { throw EndpointError(message: "has a fragment (#), which no server sees") }
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
    guard !host.isEmpty, host.hasPrefix("[") == host.hasSuffix("]") else { throw EndpointError(message: "has no host") }
    self.host = host
    if suffix.isEmpty {
      port = defaultPort
    } else {
      guard let number = Int(suffix.dropFirst()), (1...65_535).contains(number), suffix.first == ":" else {
        guard suffix.first == ":" else { throw EndpointError(message: "has no host") }
        // Where the host is missing, a password stands here: http://user:password.
        let text = suffix.dropFirst()
        let isNumber = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        throw EndpointError(message: isNumber ? ": \(text) is not a port" : "has no port behind its colon")
      }
      port = number
    }
  }

  /// Creates an endpoint from a value of `OLLAMA_HOST`, by Ollama's rules: a URL, or a host with an optional port and
  /// path. Without a scheme, the default port is 11434. The wildcard address, on which a server listens on all its
  /// addresses, becomes the loopback address.
  public init(parsingOllamaHost text: String) throws(EndpointError) {
    var rest = text[...].trimmed()
    while let quote = rest.first, quote == "\"" || quote == "'" { rest = rest.dropFirst().trimmed() }
    while let quote = rest.last, quote == "\"" || quote == "'" { rest = rest.dropLast().trimmed() }
    if rest.contains("://") {
      let endpoint = try ServerEndpoint(parsing: String(rest))
      self = endpoint.meaningThisHost
      return
    }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    var address = String(authority)
    // An IPv6 address without brackets cannot have a port.
    if authority.count(where: { $0 == ":" }) > 1, !authority.contains("[") { address = "[\(authority)]" }
    if address.isEmpty || address.hasPrefix(":") { address = "127.0.0.1" + address }
    let full = address + rest[authority.endIndex...]
    self = try ServerEndpoint(scheme: "http", rest: full[...], defaultPort: 11434).meaningThisHost
  }

  private var meaningThisHost: ServerEndpoint {
    var endpoint = self
    endpoint.host = ["0.0.0.0": "127.0.0.1", "[::]": "[::1]"][host] ?? host
    return endpoint
  }

  // MARK: Use

  /// Returns the URL of a resource such as `/v1/messages` below the base URL, without name and password. A leading part
  /// of the resource that the base URL ends with, such as `/v1` or all of it, is not repeated.
  func url(of resource: String) -> String { description(of: resource) + query }

  /// Returns the same URL for messages: without the query, which may contain a key.
  func description(of resource: String) -> String {
    let parts = resource.split(separator: "/")
    for count in stride(from: parts.count, to: 0, by: -1) {
      let beginning = "/" + parts[..<count].joined(separator: "/")
      if path.hasSuffix(beginning) { return description + resource.dropFirst(beginning.count) }
    }
    return description + resource
  }

  /// The URL for messages: without name, password and query.
  public var description: String { "\(scheme)://\(authority)\(path)" }

  /// The host, followed by the port if there is one.
  var authority: String { host + (port.map { ":\($0)" } ?? "") }

  /// Whether the host, by its name or address, is this machine.
  public var isThisHost: Bool { LoopbackHosts.system.contains(host) }

  /// Whether requests can be read on their way: they are not encrypted, and the server is not this machine.
  public var isExposed: Bool { scheme == "http" && !isThisHost }

  /// Returns a description, for messages, of the proxy that can read unencrypted requests; nil if there is none.
  /// - Parameter value: returns the value of an environment variable; nil if it is not set.
  package func readingProxy(value: (String) -> String?) -> String? {
    guard isExposed, let proxy = EnvironmentProxy(toHost: host, value: value) else { return nil }
    return "the proxy \(proxy.authority) (\(proxy.variable))"
  }
}

extension ServerEndpoint: CustomStringConvertible {}

extension Substring {
  fileprivate func droppingTrailingSlashes() -> Substring {
    var rest = self
    while rest.last == "/" { rest = rest.dropLast() }
    return rest
  }
}
