import Basics
import JSONLines

/// Masks secrets (keys, passwords and headers) in text from outside: a server may echo them in any spelling.
///
/// A secret is found as it is, percent-encoded, escaped as in JSON or HTML, in base64, and with white space in it: servers
/// quote requests, and break long lines.
package struct SecretMask: Sendable {
  /// Of a text that goes into a result, what is shorter is a word rather than a key (`ollama`, `EMPTY`) and stays.
  static let shortestInResults = 8
  static let shortestInMessages = 4

  /// The secrets without white space, longest first. Otherwise, masking a secret that is the beginning of another would
  /// leave the rest of the longer one.
  private let messageSecrets: [[UInt8]]
  private let resultSecrets: [[UInt8]]

  /// - Parameters:
  ///   - secrets: hidden everywhere.
  ///   - messageSecrets: hidden in messages; in results they may be ordinary words.
  package init(_ secrets: [String], inMessages messageSecrets: [String] = []) {
    resultSecrets = Self.spellings(of: secrets, shortest: Self.shortestInResults)
    self.messageSecrets = Self.spellings(of: secrets + messageSecrets, shortest: Self.shortestInMessages)
  }

  private static func spellings(of secrets: [String], shortest: Int) -> [[UInt8]] {
    var spellings: Set<[UInt8]> = []
    for secret in secrets {
      let bytes = Array(secret.utf8)
      let plain = bytes.filter { !isSpace($0) }
      guard plain.count >= shortest else { continue }
      spellings.insert(plain)
      if plain.count >= shortestInResults { spellings.formUnion(base64Spellings(of: bytes)) }
    }
    return spellings.sorted { $0.count > $1.count }
  }

  /// Returns the base64 spellings of a secret in both alphabets: of the secret alone and, for each alignment within a
  /// longer text (a password after its user's name, for example), the characters that do not depend on that text.
  private static func base64Spellings(of secret: [UInt8]) -> [[UInt8]] {
    var codes = [digits(of: secret)[...]]
    for (offset, foreign) in [(0, 0), (1, 2), (2, 3)] {
      let length = offset + secret.count
      let code = digits(of: Array(repeating: 0, count: offset) + secret)
      codes.append(code.dropFirst(foreign).dropLast(length.isMultiple(of: 3) ? 0 : 1))
    }
    let safe = codes.map { code in
      code.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }
    }
    return codes.map(Array.init) + safe
  }

  private static func digits(of bytes: [UInt8]) -> [UInt8] {
    Array(Base64.encode(bytes).utf8.prefix { $0 != UInt8(ascii: "=") })
  }

  // MARK: Masking

  /// The maximum number of characters of an outside text that are examined for a message.
  static let longestMessage = 16_384

  /// Returns the beginning of a text on one line, with three asterisks in place of each secret.
  ///
  /// - Parameters:
  ///   - limit: in characters. A secret that the cut leaves in part is masked as well.
  ///   - wasCut: whether the text is the beginning of a longer one, so that it may end in a part of a secret itself.
  package func oneLine(_ text: String, atMost limit: Int, wasCut: Bool = false) -> String {
    // Work is bounded before it begins: a server may send megabytes. White space goes first, so that the bound cannot
    // leave a part of a secret within what is shown.
    let (line, isCut) = text.beginning(atMost: Self.longestMessage)
    let beginning = isCut || wasCut ? withoutPartOfSecret(line) + "…" : line
    return masked(message: beginning).oneLine(atMost: limit)
  }

  /// Returns a cut text with three asterisks in place of a partial secret at its end.
  private func withoutPartOfSecret(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let spelled = SpelledText(bytes: bytes)
    let longestSpelling = 12 * (messageSecrets.first?.count ?? 0)
    let start = (max(0, bytes.count - longestSpelling)..<bytes.count).first { start in
      messageSecrets.contains { spelled.end(of: $0, at: start, isCut: true) == bytes.count }
    }
    guard let start else { return text }
    return String(decoding: bytes[..<start], as: UTF8.self) + "***"
  }

  func masked(message: String) -> String { Self.masked(message, messageSecrets) }

  func masked(result: String) -> String { Self.masked(result, resultSecrets) }

  /// Returns a JSON text with the secrets in its strings masked as in messages. Each string is masked as what it stands
  /// for: the mask of its escaped form could cut an escape in two.
  func masked(json: [UInt8]) -> [UInt8] {
    var masked: [UInt8] = []
    masked.reserveCapacity(json.count)
    var index = 0
    while index < json.count {
      guard json[index] == UInt8(ascii: "\"") else {
        masked.append(json[index])
        index += 1
        continue
      }
      let end = Self.end(ofStringAt: index, in: json)
      let string = Array(json[index..<end])
      if let text = try? JSONValue(scanning: string).string, case let changed = self.masked(message: text),
        changed != text
      {
        var writer = JSONWriter()
        writer.value(changed)
        masked += writer.take()
      } else {
        masked += string
      }
      index = end
    }
    return masked
  }

  private static func end(ofStringAt start: Int, in json: [UInt8]) -> Int {
    var index = start + 1
    while index < json.count, json[index] != UInt8(ascii: "\"") { index += json[index] == UInt8(ascii: "\\") ? 2 : 1 }
    return min(index + 1, json.count)
  }

  private static func masked(_ text: String, _ secrets: [[UInt8]]) -> String {
    var bytes = Array(text.utf8)
    var isChanged = false
    for secret in secrets {
      guard let changed = masked(bytes, secret) else { continue }
      bytes = changed
      isChanged = true
    }
    return isChanged ? String(decoding: bytes, as: UTF8.self) : text
  }

  /// Returns the masked text; nil if it does not contain the secret.
  private static func masked(_ bytes: [UInt8], _ secret: [UInt8]) -> [UInt8]? {
    var masked: [UInt8] = []
    var copied = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == secret[0] || SpelledText.beginsEscape(byte),
        let end = SpelledText(bytes: bytes).end(of: secret, at: index)
      else {
        index += 1
        continue
      }
      masked += bytes[copied..<index]
      masked += "***".utf8
      index = end
      copied = end
    }
    if copied == 0 { return nil }
    return masked + bytes[copied...]
  }
}

/// A text in which each byte may be written verbatim, percent-encoded or escaped.
private struct SpelledText {
  let bytes: [UInt8]

  static func beginsEscape(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "%") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "&")
  }

  /// Returns the end of the secret that begins at `start`, in any spelling; nil if there is none.
  ///
  /// With `isCut`, the text may end before the secret does. A character such as a percent sign may be literal or begin
  /// an escape, so all positions that a reading can reach are followed together. There is rarely more than one.
  func end(of secret: [UInt8], at start: Int, isCut: Bool = false) -> Int? {
    var places = [start]
    for (index, byte) in secret.enumerated() {
      var next: [Int] = []
      for place in places {
        // White space may occur anywhere except before the first byte.
        let place = index == 0 ? place : afterSpace(from: place)
        if place >= bytes.count, isCut, index > 0 { return bytes.count }
        for length in lengths(of: byte, at: place) where !next.contains(place + length) {
          next.append(place + length)
        }
      }
      if next.isEmpty { return nil }
      places = next
    }
    return places.max()
  }

  private func afterSpace(from start: Int) -> Int {
    var place = start
    while place < bytes.count {
      let escape =
        bytes[place] == UInt8(ascii: "\\") && place + 1 < bytes.count && "nrt".utf8.contains(bytes[place + 1])
      let lengths =
        isSpace(bytes[place])
        ? [1] : escape ? [2] : [0x20, 0x09, 0x0A, 0x0D].flatMap { self.lengths(of: $0, at: place) }
      guard let length = lengths.first else { break }
      place += length
    }
    return place
  }

  /// Returns the lengths of the spellings of `byte` at a position.
  private func lengths(of byte: UInt8, at place: Int) -> [Int] {
    guard place < bytes.count else { return [] }
    let first = bytes[place]
    var lengths = first == byte ? [1] : []
    switch first {
    case UInt8(ascii: "%"):
      if hexadecimal(at: place + 1, digits: 2) == Int(byte) { lengths.append(3) }
    case UInt8(ascii: "\\"):
      // JSON within a JSON string has its backslashes doubled.
      let count = bytes[place...].prefix { $0 == UInt8(ascii: "\\") }.count
      let letter = place + count
      if letter < bytes.count, bytes[letter] == byte, "\"/'".utf8.contains(byte) { lengths.append(count + 1) }
      if byte == UInt8(ascii: "\\"), count > 1 { lengths.append(2) }
      if letter < bytes.count, bytes[letter] | 0x20 == UInt8(ascii: "u"),
        hexadecimal(at: letter + 1, digits: 4) == Int(byte)
      {
        lengths.append(count + 5)
      }
      if letter < bytes.count, bytes[letter] == UInt8(ascii: "x"), hexadecimal(at: letter + 1, digits: 2) == Int(byte) {
        lengths.append(count + 3)
      }
    case UInt8(ascii: "&"):
      if let length = referenceLength(of: byte, at: place) { lengths.append(length) }
    default: break
    }
    return lengths
  }

  private func hexadecimal(at place: Int, digits: Int) -> Int? {
    place <= bytes.count ? Hexadecimal.value(bytes[place...].prefix(digits), digits: digits) : nil
  }

  /// Returns the length of an HTML character reference to `byte`; nil if there is none.
  private func referenceLength(of byte: UInt8, at place: Int) -> Int? {
    let body = bytes[(place + 1)...].prefix(8)
    guard let end = body.firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let name = String(decoding: body[..<end], as: UTF8.self).lowercased()
    let value: Int? =
      if name.hasPrefix("#x") {
        Int(name.dropFirst(2), radix: 16)
      } else if name.hasPrefix("#") {
        Int(name.dropFirst())
      } else {
        ["amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27][name]
      }
    return value == Int(byte) ? end + 1 - place : nil
  }
}

private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
