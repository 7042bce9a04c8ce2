/// What a server shows. The files were made by `Certificates/make` and are valid for a hundred years, but for one.
public enum Certificate: String, Sendable, CaseIterable {
  /// For localhost and 127.0.0.1.
  case good = "server"
  /// The same, but it ended in 2001.
  case expired
  /// For another host.
  case otherHost = "other-host"

  var chainFile: String { "\(Self.folder)/\(rawValue).pem" }
  var keyFile: String { "\(Self.folder)/key.pem" }

  /// The certificate of the authority that has signed them: what a client has to trust.
  public static var authorityFile: String { "\(folder)/authority.pem" }

  private static let folder =
    "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Certificates"
}

extension TestServer {
  /// For `CURL_CA_BUNDLE` or `SSL_CERT_FILE`.
  public static var caFile: String { Certificate.authorityFile }
  /// Whether this machine has a libssl; without one, tests of TLS are skipped.
  public static var tlsIsAvailable: Bool { LibSSL.shared != nil }
}
