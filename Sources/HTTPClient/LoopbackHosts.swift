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
