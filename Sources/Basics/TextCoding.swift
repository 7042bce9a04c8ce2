/// Base64 (RFC 4648).
package enum Base64 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Returns the encoded bytes, with padding.
  package static func encode(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var rest = bytes[...]
    while !rest.isEmpty {
      let group = rest.prefix(3)
      rest = rest.dropFirst(3)
      var bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      var four: [UInt8] = []
      for _ in 0..<4 {
        four.append(digits[bits & 63])
        bits >>= 6
      }
      text += four.reversed().prefix(group.count + 1)
      text += "==".utf8.prefix(3 - group.count)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Decodes the standard and the URL-safe alphabet, with or without padding; nil for anything else.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits = 0
    var count = 0
    for byte in String(text).utf8.reversed().drop(while: { $0 == UInt8(ascii: "=") }).reversed() {
      let plain = byte == UInt8(ascii: "-") ? UInt8(ascii: "+") : byte == UInt8(ascii: "_") ? UInt8(ascii: "/") : byte
      guard let digit = digits.firstIndex(of: plain) else { return nil }
      bits = (bits << 6 | digit) & 0xFFFF
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return count == 6 ? nil : bytes
  }
}

/// Percent-encoding (RFC 3986, section 2.1).
package enum PercentCoding {
  /// Returns the bytes that a part of a URL stands for. A percent sign that begins no escape stands for itself.
  package static func decode(_ text: some StringProtocol) -> [UInt8] {
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), let value = Hexadecimal.value(bytes[(index + 1)...].prefix(2), digits: 2) {
        decoded.append(UInt8(value))
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return decoded
  }
}

/// Hexadecimal numbers.
package enum Hexadecimal {
  /// Returns the digit, in lower case, of a value below 16.
  @inlinable
  package static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 &+ value : 0x57 &+ value }

  /// Returns the value of a digit in either case; nil for any other byte.
  @inlinable
  package static func value(ofDigit digit: UInt8) -> UInt8? {
    let number = digit &- 0x30
    if number < 10 { return number }
    let letter = (digit | 0x20) &- 0x61
    return letter < 6 ? letter &+ 10 : nil
  }

  /// Returns the value of exactly `count` digits, at most 15, in either case; nil for anything else.
  package static func value(_ digits: some Collection<UInt8>, digits count: Int) -> Int? {
    guard digits.count == count else { return nil }
    var value = 0
    for digit in digits {
      guard let digit = self.value(ofDigit: digit) else { return nil }
      value = value << 4 | Int(digit)
    }
    return value
  }

  /// Returns a number in lower-case digits.
  /// - Parameter count: the least number of digits. The number is padded with zeros.
  package static func digits(of number: UInt64, count: Int = 1) -> String {
    let significant = (UInt64.bitWidth - number.leadingZeroBitCount + 3) / 4
    let count = max(count, significant, 1)
    return String(unsafeUninitializedCapacity: count) { digits in
      for place in 0..<count {
        digits[place] = digit(UInt8(truncatingIfNeeded: number >> UInt64(4 * (count - 1 - place))) & 15)
      }
      return count
    }
  }
}
