/// The end of what a command says on its standard error, where it says last why it failed. Memory is bounded.
struct StandardErrorTail: Sendable {
  /// How much is shown at most, in characters.
  static let shownLength = 300
  /// How much is kept at least: what is shown, and what a mask needs before it to recognise a secret.
  static let keptLength = 8_192

  private(set) var bytes: [UInt8] = []
  private var isCut = false

  mutating func append(_ more: some Collection<UInt8>) {
    bytes.append(contentsOf: more)
    guard bytes.count > 2 * Self.keptLength else { return }
    bytes.removeFirst(bytes.count - Self.keptLength)
    isCut = true
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    isCut = false
  }

  /// The last lines that are not blank, as many as can be shown whole; of a last line that is too long its beginning.
  var lastLines: String {
    var lines = bytes.split { $0 == 0x0A || $0 == 0x0D }[...]
    // The first may be the end of a longer one.
    if isCut, lines.count > 1 { lines = lines.dropFirst() }
    var shown: [String] = []
    var length = 0
    for line in lines.reversed() {
      let text = String(decoding: line, as: UTF8.self)
      if text.allSatisfy(\.isWhitespace) { continue }
      length += text.unicodeScalars.count + 1
      if length > Self.shownLength, !shown.isEmpty { break }
      shown.append(text)
    }
    return shown.reversed().joined(separator: "\n")
  }
}
