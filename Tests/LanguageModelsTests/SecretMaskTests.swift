import Basics
import HTTPClient
import JSONLines
import Summarization
import TestSupport
import Testing

@testable import LanguageModels

struct SecretMaskTests {
  @Test(arguments: [
    ("12345678", "***"), ("x12345678y12345678", "x***y***"), ("1234567", "1234567"), ("112345678", "1***"),
    ("12345678901", "***"), ("", ""), ("123412345678", "1234***"), ("é12345678é", "é***é"),
  ]) func masking(_ text: String, _ masked: String) {
    #expect(SecretMask(["12345678", "12345678901", "abc"]).masked(result: text) == masked)
  }

  @Test func muchOfItTakesNoLongTime() {
    let key = "sk-0123456789"
    let text = String(repeating: key, count: 200_000)
    #expect(SecretMask([key]).masked(message: text) == String(repeating: "***", count: 200_000))
  }

  @Test func asterisksAreNoTrap() {
    #expect(SecretMask(["********"]).masked(result: String(repeating: "*", count: 20)) == "***" + "***" + "****")
  }

  /// Each byte of a secret may be spelled in each way, independently of the others.
  @Test(arguments: 0..<200) func everySpellingOfEveryByte(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let secret = String(
      (0..<Int.random(in: 8...40, using: &random)).map { _ in Self.alphabet.randomElement(using: &random)! })
    // White space behind a secret is not its own.
    let last = Self.spelling(of: secret.utf8.last!, spaced: false, &random)
    let spelled = secret.utf8.dropLast().map { Self.spelling(of: $0, spaced: true, &random) }.joined() + last
    let mask = SecretMask([secret])
    #expect(mask.masked(message: "a \(spelled) b") == "a *** b", "\(secret) \(spelled)")
    #expect(mask.masked(result: "\(spelled)\(spelled)") == "******", "\(secret) \(spelled)")
  }

  private static let alphabet = Array("abcXYZ0189-_+/=%\\\"'&;:@!~")

  private static func spelling(of byte: UInt8, spaced: Bool, _ random: inout SplitMix64) -> String {
    let text = String(UnicodeScalar(byte))
    let hexadecimal = String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    return switch Int.random(in: 0..<12, using: &random) {
    case 0: "%" + hexadecimal.uppercased()
    case 1: "%" + hexadecimal
    case 2: "\\u00" + hexadecimal
    case 3: "\\\\u00" + hexadecimal.uppercased()
    case 4: "&#x\(hexadecimal);"
    case 5: "&#\(byte);"
    case 6 where "\"/'".utf8.contains(byte): "\\" + text
    case 7 where spaced: text + "\n "
    case 8 where spaced: text + "\\n"
    default: text
    }
  }

  @Test func base64AtEveryPlace() throws {
    let secret = "sk-Proj+0123/456789~xyz"
    let mask = SecretMask([secret])
    for before in 0...4 {
      for after in 0...3 {
        let text = String(repeating: "u", count: before) + secret + String(repeating: "?", count: after)
        let code = Base64.encode(Array(text.utf8))
        for spelled in [code, String(code.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })] {
          let masked = mask.masked(message: "Basic \(spelled)!")
          // What is left cannot be decoded to three bytes in a row of it.
          #expect(masked.contains("***") && masked.utf8.count < 6 + 3 + 14 + before * 2, "\(masked) of \(spelled)")
        }
      }
    }
  }

  @Test func whatACutLeavesOfASecretIsMasked() {
    let mask = SecretMask(["sk-0123456789abcdef"])
    for before in (SecretMask.longestMessage - 40)...(SecretMask.longestMessage + 1) {
      let text = String(repeating: "x", count: before) + "sk-0123 456789abcdef and more"
      #expect(!mask.oneLine(text, atMost: .max).contains("sk-0"), "\(before)")
    }
    // White space does not count.
    let far = "key" + String(repeating: " \n", count: 100_000) + "sk-0123456789abcdef"
    #expect(mask.oneLine(far, atMost: 300) == "key ***")
  }

  /// What is read of a long body may end in the midst of a secret, behind much that is not shown.
  @Test(arguments: [429, 200]) func whatTheEndOfAReadBodyLeavesOfASecretIsMasked(_ status: Int) throws {
    let model = model(try settings(.openAI, key: "sk-0123456789abcdef"))
    for before in [65_520, 65_525, 65_530] {
      let text = "seen:" + String(repeating: " ", count: before - 5) + "sk-0123456789abcdef and more"
      for body in [text, #"{"error":{"message":"\#(text)"}}"#] {
        let message = model.failure(status, body)?.message ?? ""
        #expect(message.contains("seen: ***") && !message.contains("sk-0"), "\(before) \(message)")
      }
    }
  }

  @Test func ordinaryTextStays() {
    let mask = SecretMask(["sk-0123456789"], inMessages: ["My App", "production"])
    let text = "50% of 100%25 \\u0041 & so on; C:\\new &amp; My App in production"
    #expect(mask.masked(result: text) == text)
    #expect(mask.masked(message: text) == "50% of 100%25 \\u0041 & so on; C:\\new &amp; *** in ***")
  }

  @Test func whichHeadersAreCredentials() throws {
    for name in ["Authorization", "Proxy-Authorization", "Cookie", "X-Api-Key", "x-goog-api-key", "X-Token", "X-Auth"] {
      #expect(try RequestHeader(parsing: "\(name): v").isCredential, "\(name)")
    }
    for name in ["X-Title", "HTTP-Referer", "Keyed", "Monkey", "X-Author", "OpenAI-Organization"] {
      #expect(try !RequestHeader(parsing: "\(name): v").isCredential, "\(name)")
    }
  }

  @Test(arguments: LanguageModelProvider.allCases)
  func headersAreHiddenInMessagesAndCredentialsInResults(_ provider: LanguageModelProvider) throws {
    let model = model(
      try settings(provider) {
        $0.headers = try [
          "X-Goog-Api-Key: goog/key+123", "X-Title: Daily News", "Cookie: session=c00kie-value; theme=dark",
          "Proxy-Authorization: Basic \(Base64.encode(Array("user:pass word 9".utf8)))",
        ].map { try RequestHeader(parsing: $0) }
      }, .summary)
    let secrets = ["goog/key+123", "goog%2Fkey%2B123", "c00kie-value", "pass word 9", "pass%20word%209"]
    let shown = model.shownRequest(for: article())
    for text in secrets + ["Daily News"] {
      #expect(!shown.contains(text))
      let message = model.failure(400, #"{"error":{"message":"seen: \#(text)"}}"#)?.message
      #expect(message?.contains("seen: ***") == true, "\(message ?? "")")
      let echo = reply(provider, #"{"summary":"About \#(text)."}"#)
      #expect(try model.result(200, echo).get().summary == (text == "Daily News" ? "About Daily News." : "About ***."))
    }
  }

  /// What an article holds of them is shown no more than the headers: a request that is shown is pasted into a report.
  @Test(arguments: LanguageModelProvider.allCases)
  func secretsInTheArticleAreHiddenInARequestThatIsShown(_ provider: LanguageModelProvider) throws {
    let key = "k-\"12\\34/56"
    let model = model(
      try settings(provider, key: key) {
        $0.headers = [try RequestHeader(parsing: "X-Title: Daily \"News\"")]
        $0.options = [try LanguageModelSettings.option(parsing: #"user="me: k-\u002212\\34/56""#)]
      })
    let given = article("It says \(key), k-%2212%5C34%2F56 and\nDaily \"News\". 2048", title: "About \(key)")
    let shown = model.shownRequest(for: given)
    #expect(!shown.contains("12\\") && !shown.contains("34/56") && !shown.contains("%2F56") && !shown.contains("News"))
    let json = try JSONValue(scanning: Array(shown.split(separator: "\n").last!.utf8))
    let message = json["messages"]?.elements?.last?["content"]?.string ?? ""
    let inner = try JSONValue(scanning: Array(message.utf8))
    #expect(inner["content"]?.string == "It says ***, *** and\n***. 2048" && inner["title"]?.string == "About ***")
    // Nothing else changes.
    let plain = LanguageModelsTests.model(try settings(provider, key: "other-key-123"))
    let body = String(decoding: plain.request(for: given).body, as: UTF8.self)
    #expect(plain.shownRequest(for: given).hasSuffix("\n\n" + body + "\n"))
  }

  @Test func parametersOfTheAddressAreHiddenWhateverTheirNames() throws {
    let model = model(try settings(.openAI, at: "https://h/v1?code=a%2Fbcdefgh&key=q%2Fkey-12345&only-value"), .summary)
    for text in ["a%2Fbcdefgh", "a/bcdefgh", "q/key-12345", "only-value"] {
      #expect(model.failure(400, "seen: \(text)")?.message == "the server answers 400: seen: ***")
    }
    let echo = reply(.openAI, #"{"summary":"q/key-12345, only-value"}"#)
    #expect(try model.result(200, echo).get().summary == "***, only-value")
  }

  /// `https://KEY@host` and `https://KEY:@host` are how some services take a key.
  @Test(arguments: ["the-key-123@", "the-key-123:@", "user:the-key-123@", "the-key-123:x@"])
  func passwordsOfAnAddress(_ userInfo: String) throws {
    let model = model(try settings(.openAI, at: "https://\(userInfo)h/v1"))
    let basic = Base64.encode(PercentCoding.decode(userInfo.dropLast()))
    for text in ["the-key-123", basic] where userInfo != "the-key-123:x@" || text == basic {
      let message = model.failure(400, "seen: \(text)!")?.message
      #expect(message == "the server answers 400: seen: ***!", "\(message ?? "")")
    }
  }
}
