/// What must not be seen anywhere: keys and passwords, which a server may echo.
struct Secrets: Sendable {
  /// Of a text that goes into a result, what is shorter is a word rather than a key (`ollama`, `EMPTY`) and stays.
  static let shortestInResults = 8
  static let shortestInMessages = 4

  /// The longest first, so that none is left where it begins with another.
  private let secrets: [[UInt8]]

  init(_ secrets: [String]) {
    self.secrets = secrets.map { Array($0.utf8) }.filter { $0.count >= Self.shortestInMessages }
      .sorted { $0.count > $1.count }
  }

  func masked(message: String) -> String { masked(message, shortest: Self.shortestInMessages) }

  func masked(result: String) -> String { masked(result, shortest: Self.shortestInResults) }

  /// The text with three asterisks in place of each secret. Linear in the length of the text, for a server may send much.
  private func masked(_ text: String, shortest: Int) -> String {
    var bytes = Array(text.utf8)
    var isChanged = false
    for secret in secrets where secret.count >= shortest {
      guard bytes.firstRange(of: secret) != nil else { continue }
      bytes = Self.masked(bytes, secret)
      isChanged = true
    }
    return isChanged ? String(decoding: bytes, as: UTF8.self) : text
  }

  private static func masked(_ bytes: [UInt8], _ secret: [UInt8]) -> [UInt8] {
    var masked: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == secret[0], bytes[index...].starts(with: secret) {
        masked += "***".utf8
        index += secret.count
      } else {
        masked.append(bytes[index])
        index += 1
      }
    }
    return masked
  }
}
