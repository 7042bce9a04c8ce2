import Basics
import Testing

struct TextCodingTests {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func base64OfTheRFC(_ text: String, _ code: String) {
    #expect(Base64.encode(Array(text.utf8)) == code)
    #expect(Base64.decode(code) == Array(text.utf8))
    #expect(Base64.decode(String(code.prefix { $0 != "=" })) == Array(text.utf8))
  }

  @Test func base64OfAllBytes() {
    let bytes = Array(UInt8.min...UInt8.max)
    let code = Base64.encode(bytes)
    #expect(Base64.decode(code) == bytes)
    #expect(Base64.decode(String(code.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })) == bytes)
  }

  @Test(arguments: ["A", "Zm9vY", "Zm 9v", "Zm9v!", "Zm=9v", "ä"]) func whatIsNoBase64(_ text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test(arguments: [
    ("", ""), ("abc", "abc"), ("%41%4a%4A", "AJJ"), ("a%2Fb%", "a/b%"), ("%4", "%4"), ("%zz%%41", "%zz%A"),
    ("%C3%A9", "é"),
  ])
  func percentDecoding(_ text: String, _ decoded: String) {
    #expect(String(decoding: PercentCoding.decode(text), as: UTF8.self) == decoded)
  }

  @Test func hexadecimalDigits() {
    #expect(Hexadecimal.value("00aF".utf8, digits: 4) == 0xAF)
    for bad in ["", "0", "g0", "+1", "123", " 1"] { #expect(Hexadecimal.value(bad.utf8, digits: 2) == nil, "\(bad)") }
  }

  @Test(
    arguments: [
      (0, 1, "0"), (0, 0, "0"), (0x1B, 2, "1b"), (7, 2, "07"), (0x202E, 1, "202e"), (0x10, 1, "10"),
      (.max, 1, "ffffffffffffffff"), (1, 16, "0000000000000001"),
    ] as [(UInt64, Int, String)])
  func hexadecimalDigits(number: UInt64, count: Int, text: String) {
    #expect(Hexadecimal.digits(of: number, count: count) == text)
  }

  @Test func everyByteIsADigitOrNone() {
    for byte in UInt8.min...UInt8.max {
      let character = Character(Unicode.Scalar(byte))
      #expect(Hexadecimal.value(ofDigit: byte).map(Int.init) == (byte < 0x80 ? character.hexDigitValue : nil))
    }
    for value in UInt8(0)..<16 { #expect(Hexadecimal.value(ofDigit: Hexadecimal.digit(value)) == value) }
  }
}
