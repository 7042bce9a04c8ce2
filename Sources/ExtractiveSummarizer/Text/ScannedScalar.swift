/// The class of a scalar, for finding words.
enum ScalarKind: UInt8 {
  case space, letter, upper, digit, mark, ideograph, kana, terminator, opener, closer, ignorable, other
}

/// A Unicode scalar as the engine sees it: its kind and its length in UTF-8.
///
/// The tables of the standard library would give the same at a tenth of the speed; news needs only these ranges.
struct ScannedScalar {
  var value: UInt32
  var length: Int
  var kind: ScalarKind

  var isWord: Bool {
    switch kind {
    case .letter, .upper, .digit, .mark, .ideograph, .kana: true
    default: false
    }
  }

  /// Whether the scalar belongs to a script without spaces, whose words cannot be found without a dictionary.
  var isUnspaced: Bool { kind == .ideograph || kind == .kana }
}

typealias Bytes = UnsafeBufferPointer<UInt8>

/// Returns the scalar at `index`. The bytes come from a `String`, so they are valid UTF-8.
@inline(__always)
func scalar(_ bytes: Bytes, at index: Int) -> ScannedScalar {
  let first = bytes[index]
  if first < 0x80 { return ScannedScalar(value: UInt32(first), length: 1, kind: asciiKind(first)) }
  return wideScalar(bytes, at: index)
}

/// Returns the scalar that ends before `index`, which must exist.
@inline(__always)
func scalar(_ bytes: Bytes, before index: Int) -> ScannedScalar {
  let last = bytes[index - 1]
  if last < 0x80 { return ScannedScalar(value: UInt32(last), length: 1, kind: asciiKind(last)) }
  return wideScalar(bytes, before: index)
}

private func wideScalar(_ bytes: Bytes, before index: Int) -> ScannedScalar {
  var start = index - 1
  while start > 0 && bytes[start] & 0xC0 == 0x80 { start -= 1 }
  return scalar(bytes, at: start)
}

@inline(__always)
func asciiKind(_ byte: UInt8) -> ScalarKind {
  switch byte {
  case 0x61...0x7A: .letter
  case 0x00...0x20, 0x7F: .space
  case 0x41...0x5A: .upper
  case 0x30...0x39: .digit
  case 0x2E, 0x21, 0x3F: .terminator
  case 0x28, 0x5B, 0x7B: .opener
  case 0x29, 0x5D, 0x7D, 0x22, 0x27: .closer
  default: .other
  }
}

private func wideScalar(_ bytes: Bytes, at index: Int) -> ScannedScalar {
  let first = UInt32(bytes[index])
  func tail(_ offset: Int) -> UInt32 {
    index + offset < bytes.count ? UInt32(bytes[index + offset]) & 0x3F : 0
  }
  let value: UInt32
  let length: Int
  if first < 0xE0 {
    (value, length) = ((first & 0x1F) << 6 | tail(1), 2)
  } else if first < 0xF0 {
    (value, length) = ((first & 0x0F) << 12 | tail(1) << 6 | tail(2), 3)
  } else {
    (value, length) = ((first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
  }
  return ScannedScalar(value: value, length: min(length, bytes.count - index), kind: wideKind(value))
}

private func wideKind(_ value: UInt32) -> ScalarKind {
  switch value {
  case 0x80...0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: .space
  case 0xAB, 0x2018, 0x201A, 0x201C, 0x201E, 0x2039, 0xBF, 0xA1: .opener
  case 0xBB, 0x2019, 0x201D, 0x203A: .closer
  case 0x300C, 0x300E, 0x3008, 0x300A, 0x3010, 0xFF08: .opener
  case 0x300D, 0x300F, 0x3009, 0x300B, 0x3011, 0xFF09: .closer
  case 0x2026, 0x203C, 0x2047...0x2049: .terminator
  case 0x3002, 0xFF01, 0xFF0E, 0xFF1F, 0xFF61, 0x0964, 0x0965, 0x06D4, 0x061F, 0x104B, 0x1362, 0x1367, 0x0589, 0x17D4:
    .terminator
  case 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFE00...0xFE0F: .ignorable
  case 0x200C, 0x200D, 0x300...0x36F, 0x5B0...0x5BD, 0x610...0x61A, 0x64B...0x65F, 0x670: .mark
  case 0xAA, 0xB5, 0xBA: .letter
  case 0xA2...0xBE, 0xD7, 0xF7: .other
  case 0xFF10...0xFF19, 0x660...0x669, 0x6F0...0x6F9, 0x966...0x96F: .digit
  case 0x2010...0x2BFF, 0x2E00...0x2E7F, 0x3001...0x303F, 0x30FB, 0x055A...0x055F, 0x05BE, 0x05C0, 0x05C3: .other
  case 0x060C, 0x061B, 0x066A...0x066D, 0x037E, 0x0387, 0x104A...0x104F, 0x1360...0x1368, 0x0E2F, 0x0E4F, 0x0E5A: .other
  case 0x3040...0x30FF, 0xFF66...0xFF9F: .kana
  case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: .ideograph
  case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: .ideograph
  case 0xFE10...0xFE6F, 0xFF00...0xFF65, 0xFFE0...0xFFFF, 0xE000...0xF8FF, 0x1F000...0x1FAFF: .other
  default: lowercased(value) == value ? .letter : .upper
  }
}

/// Returns the simple lower case of a scalar in the cased scripts that news is written in; other scalars are unchanged.
func lowercased(_ value: UInt32) -> UInt32 {
  switch value {
  case 0x41...0x5A, 0xC0...0xD6, 0xD8...0xDE, 0x391...0x3A1, 0x3A3...0x3AB, 0x410...0x42F: value + 32
  case 0x130: 0x69
  case 0x178: 0xFF
  case 0x100...0x137, 0x14A...0x177, 0x460...0x481, 0x48A...0x4BF, 0x4D0...0x52F, 0x1E00...0x1EFF: value | 1
  case 0x139...0x148, 0x179...0x17E: value & 1 == 1 ? value + 1 : value
  case 0x400...0x40F: value + 80
  case 0x531...0x556: value + 48
  case 0x386: 0x3AC
  case 0x388...0x38A: value + 37
  default: value
  }
}

/// Writes the bytes from `start` to `end` in lower case, with straight apostrophes. Returns the number of bytes
/// written, which is never greater.
@inline(__always)
func foldCase(_ bytes: Bytes, _ start: Int, _ end: Int, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
  var index = start
  var count = 0
  while index < end {
    let byte = bytes[index]
    if byte < 0x80 {
      buffer[count] = byte &+ ((0x41...0x5A).contains(byte) ? 32 : 0)
      count += 1
      index += 1
      continue
    }
    let wide = scalar(bytes, at: index)
    index += wide.length
    if wide.kind == .ignorable { continue }
    let value = wide.value == 0x2019 ? 0x27 : lowercased(wide.value)
    if value < 0x80 {
      buffer[count] = UInt8(value)
      count += 1
    } else if value < 0x800 {
      buffer[count] = UInt8(0xC0 | value >> 6)
      buffer[count + 1] = UInt8(0x80 | value & 0x3F)
      count += 2
    } else {
      for offset in 0..<wide.length { buffer[count + offset] = bytes[index - wide.length + offset] }
      if wide.length == 3 {
        buffer[count] = UInt8(0xE0 | value >> 12)
        buffer[count + 1] = UInt8(0x80 | value >> 6 & 0x3F)
        buffer[count + 2] = UInt8(0x80 | value & 0x3F)
      }
      count += wide.length
    }
  }
  return count
}
