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
}
