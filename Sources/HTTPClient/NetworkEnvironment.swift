import CLibrary
import SystemIO

/// The names and addresses of this host. Calls to this host never go through a proxy, whatever the environment says: on
/// the proxy, the name would mean the proxy's own machine, and unencrypted data would leave this host.
package struct LoopbackHosts: Sendable {
  /// The names and addresses of the machine, with those in /etc/hosts.
  package static let system = LoopbackHosts(hostsFile: (try? contents(ofFile: "/etc/hosts", upTo: 1 << 20)) ?? [])

  private var names: Set<String> = []

  /// - Parameter hostsFile: lines of an address and its names.
  init(hostsFile: [UInt8]) {
    for line in String(decoding: hostsFile, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
      guard let address = words.first, csocket_address_is_loopback(String(address)) else { continue }
      names.formUnion(words.dropFirst().map { $0.lowercased() })
    }
  }

  /// Returns whether a host is this host.
  /// - Parameter host: a name, or an address with or without brackets.
  package func contains(_ host: String) -> Bool {
    var host = host.lowercased()[...]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    if host.hasSuffix(".") { host = host.dropLast() }
    return host == "localhost" || host.hasSuffix(".localhost") || names.contains(String(host))
      || csocket_address_is_loopback(String(host))
  }
}

/// The proxy for unencrypted calls, read from the environment variables as libcurl reads them.
package struct EnvironmentProxy: Sendable, Equatable {
  /// The variable that names the proxy.
  package let variable: String
  /// The host and port of the proxy as the variable has them, without user and password.
  package let authority: String

  /// Creates the proxy for the calls to a server.
  /// - Parameters:
  ///   - host: the host of the server, which is called over http.
  ///   - value: returns the value of a variable; nil when it is not set.
  /// - Returns: nil when the server is called directly.
  package init?(
    toHost host: String, loopback: LoopbackHosts = .system, value: (String) -> String?
  ) {
    func first(of names: [String]) -> (name: String, value: String)? {
      for name in names {
        if let value = value(name), !value.isEmpty { return (name, value) }
      }
      return nil
    }
    // HTTP_PROXY in capitals is not read: in a CGI program it may come from a header of the request.
    guard !loopback.contains(host), let proxy = first(of: ["http_proxy", "all_proxy", "ALL_PROXY"]) else { return nil }
    let exceptions = first(of: ["no_proxy", "NO_PROXY"])?.value ?? ""
    guard exceptions != "*" else { return nil }
    let host = host.lowercased()
    for exception in exceptions.lowercased().split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
      let name = exception.drop { $0 == "." }
      if host == name || host.hasSuffix(".\(name)") { return nil }
    }
    variable = proxy.name
    let rest = proxy.value.firstRange(of: "://").map { proxy.value[$0.upperBound...] } ?? proxy.value[...]
    let authority = rest.prefix { $0 != "/" }
    self.authority = String(authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority)
  }
}

/// The certificate authorities to trust instead of the system's. The variables that name them, and their precedence,
/// are those of the curl tool.
struct CertificateAuthorities: Sendable {
  var file: String?
  var directory: String?
  /// The variable that names the authorities; nil for the system's.
  var variable: String?

  /// - Parameter valueOf: returns the value of an environment variable.
  init(variable valueOf: (String) -> String? = environmentVariable) {
    func value(_ name: String) -> String? { valueOf(name).flatMap { $0.isEmpty ? nil : $0 } }
    if let bundle = value("CURL_CA_BUNDLE") {
      file = bundle
      variable = "CURL_CA_BUNDLE"
    } else {
      file = value("SSL_CERT_FILE")
      directory = value("SSL_CERT_DIR")
      variable = file != nil ? "SSL_CERT_FILE" : directory != nil ? "SSL_CERT_DIR" : nil
    }
  }

  /// What to do when a certificate fails.
  var advice: String {
    switch variable {
    case "CURL_CA_BUNDLE":
      "the authorities to trust are those in CURL_CA_BUNDLE, which outranks SSL_CERT_FILE and SSL_CERT_DIR"
    case let variable?: "the authorities to trust are those in \(variable)"
    case nil: "SSL_CERT_FILE names a file of authorities to trust"
    }
  }
}
