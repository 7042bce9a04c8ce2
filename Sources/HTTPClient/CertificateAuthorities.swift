import SystemIO

/// Whom to believe about certificates, where it is not whom the system believes: named by the same variables, with the
/// same precedence, as for the curl tool.
struct CertificateAuthorities: Sendable {
  var file: String?
  var directory: String?

  /// - Parameter variable: the value of an environment variable.
  init(variable: (String) -> String? = environmentVariable) {
    func value(_ name: String) -> String? { variable(name).flatMap { $0.isEmpty ? nil : $0 } }
    if let bundle = value("CURL_CA_BUNDLE") {
      file = bundle
    } else {
      file = value("SSL_CERT_FILE")
      directory = value("SSL_CERT_DIR")
    }
  }
}
