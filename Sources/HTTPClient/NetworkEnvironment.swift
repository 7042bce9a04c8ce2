import CLibrary
import SystemIO

/// The names and addresses that mean this host. A call to one of them never goes through a proxy, whatever the
/// environment says: the proxy's own machine is not meant, and what would go there in clear is nobody's business.
package struct LoopbackHosts: Sendable {
  /// As the machine has them.
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

  /// - Parameter host: a name, or an address with or without brackets.
  package func contains(_ host: String) -> Bool {
    var host = host.lowercased()[...]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    if host.hasSuffix(".") { host = host.dropLast() }
    return host == "localhost" || host.hasSuffix(".localhost") || names.contains(String(host))
      || csocket_address_is_loopback(String(host))
  }
}

/// The proxy through which calls in clear go, by the environment's variables: as libcurl reads them.
package struct EnvironmentProxy: Sendable, Equatable {
  /// Which variable names it.
  package let variable: String
  /// Its host and port as they stand there, without user and password.
  package let authority: String

  /// - Parameters:
  ///   - host: of the server, which is called with http.
  ///   - value: of a variable; nil where it is not set.
  /// - Returns: nil where the server is called directly.
  package init?(
    toHost host: String, loopback: LoopbackHosts = .system, value: (String) -> String?
  ) {
    func first(of names: [String]) -> (name: String, value: String)? {
      for name in names {
        if let value = value(name), !value.isEmpty { return (name, value) }
      }
      return nil
    }
    // HTTP_PROXY in capitals may come from a header of a request to a CGI program, and is not read.
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

/// Whom to believe about certificates, where it is not whom the system believes: named by the same variables, with the
/// same precedence, as for the curl tool.
struct CertificateAuthorities: Sendable {
  var file: String?
  var directory: String?
  /// The variable that names them; nil where they are the system's.
  var variable: String?

  /// - Parameter valueOf: the value of an environment variable.
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

  /// What to do where a certificate fails.
  var advice: String {
    switch variable {
    case "CURL_CA_BUNDLE":
      "the authorities to trust are those in CURL_CA_BUNDLE, which outranks SSL_CERT_FILE and SSL_CERT_DIR"
    case let variable?: "the authorities to trust are those in \(variable)"
    case nil: "SSL_CERT_FILE names a file of authorities to trust"
    }
  }
}
