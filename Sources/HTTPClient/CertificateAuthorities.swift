import SystemIO

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
