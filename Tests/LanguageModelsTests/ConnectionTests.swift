import HTTPClient
import Summarization
import Testing

@testable import LanguageModels

struct ConnectionTests {
  @Test(arguments: [
    ("https://api.example.com/v1", "https://api.example.com/v1/chat/completions"),
    ("https://api.example.com/v1/", "https://api.example.com/v1/chat/completions"),
    ("HTTP://Example.com:8080//", "http://example.com:8080/v1/chat/completions"),
    ("http://[::1]:8080", "http://[::1]:8080/v1/chat/completions"),
    (
      "https://x.openai.azure.com/openai/deployments/d?api-version=1",
      "https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=1"
    ),
    ("https://h/v1/chat/completions", "https://h/v1/chat/completions"),
    ("https://u:p%40w@h/v1", "https://h/v1/chat/completions"), (" https://h ", "https://h/v1/chat/completions"),
  ]) func openAIAddresses(_ text: String, _ url: String) throws {
    #expect(model(try settings(.openAI, at: text)).request(for: article()).url == url)
  }

  @Test(arguments: [
    ("https://api.anthropic.com", "https://api.anthropic.com/v1/messages"), ("https://h/v1/", "https://h/v1/messages"),
    ("https://h/proxy", "https://h/proxy/v1/messages"),
  ]) func anthropicAddresses(_ text: String, _ url: String) throws {
    #expect(model(try settings(.anthropic, at: text)).request(for: article()).url == url)
  }

  @Test(arguments: [
    ("", "127.0.0.1:11434"), ("1.2.3.4", "1.2.3.4:11434"), ("1.2.3.4:5678", "1.2.3.4:5678"),
    (":5678", "127.0.0.1:5678"),
    ("0.0.0.0", "127.0.0.1:11434"), ("0.0.0.0:80", "127.0.0.1:80"), ("http://0.0.0.0:1", "127.0.0.1:1"),
    ("::", "[::1]:11434"), ("[::]:99", "[::1]:99"), ("[::1]", "[::1]:11434"), ("fe80::1", "[fe80::1]:11434"),
    ("http://box", "box"), ("box/prefix/", "box:11434/prefix"), ("\"box\"", "box:11434"), (" box ", "box:11434"),
    ("http://box:1/api", "box:1"),
  ]) func ollamaHosts(_ text: String, _ place: String) throws {
    let url = model(try settings(.ollama, at: text)).request(for: article()).url
    #expect(url == "http://\(place)/api/chat")
  }

  @Test func ollamaOverTLS() throws {
    #expect(
      model(try settings(.ollama, at: "https://ollama.com")).request(for: article()).url
        == "https://ollama.com/api/chat")
  }

  @Test(arguments: [
    "", "example.com", "ftp://h", "http://", "http:///v1", "http://:80", "http://h:0", "http://h:65536", "http://h:x",
    "http://h:", "http://h/#x", "http://h/a b", "http://h/\nx", "http://hö", "http://[::1", "http://[::1]x",
    "http://u@",
  ]) func addressesThatAreNone(_ text: String) {
    #expect(throws: EndpointError.self) { try LanguageModelProvider.openAI.endpoint(at: text) }
  }

  @Test func namesAndPasswordsAreSentAndNotShown() throws {
    let model = model(try settings(.openAI, at: "https://user:p%40ss-word@h/v1?key=query-secret"))
    #expect(model.settings.endpoint.description == "https://h/v1")
    #expect(model.header("authorization") == "Basic dXNlcjpwQHNzLXdvcmQ=")
    let shown = model.shownRequest(for: article())
    for secret in ["p%40ss-word", "p@ss-word", "dXNlcjpwQHNzLXdvcmQ=", "query-secret"] {
      #expect(!shown.contains(secret))
      #expect(model.failure(500, #"{"error":"seen: \#(secret)"}"#)?.message.contains(secret) == false)
    }
  }

  @Test func exposedAddresses() throws {
    for text in ["http://example.com", "http://127.evil.com", "http://10.0.0.1", "http://localhost.evil.com"] {
      #expect(try ServerEndpoint(parsing: text).isExposed, "\(text)")
    }
    for text in [
      "https://example.com", "http://localhost:1", "http://a.localhost", "http://127.0.0.1", "http://127.9.9.9",
      "http://[::1]:8080",
    ] {
      #expect(try !ServerEndpoint(parsing: text).isExposed, "\(text)")
    }
  }

  @Test func keys() throws {
    #expect(try APIKey(parsing: "  sk-1 \nsecond\n").text == "sk-1")
    #expect(try APIKey(parsing: "sk-1\r\n").text == "sk-1")
    for bad in ["", "\n", " \nsk-1", "a b", "a\u{0}b", "schlüssel"] {
      #expect(throws: APIKeyError.self) { try APIKey(parsing: bad) }
    }
  }

  @Test func headers() throws {
    #expect(try RequestHeader(parsing: " X-Title :  a:b ") == RequestHeader("X-Title", "a:b", isHidden: true))
    #expect(
      try RequestHeader.parse(file: "A: 1\n\nB: 2\r\n") == [
        RequestHeader("A", "1", isHidden: true), RequestHeader("B", "2", isHidden: true),
      ])
    for bad in ["", "no colon", ": v", "a b: c", "a: b\nc: d", "a: \u{7F}", "Content-Length: 5", "ä: b"] {
      #expect(throws: RequestHeaderError.self) { try RequestHeader(parsing: bad) }
    }
  }

  @Test(arguments: LanguageModelProvider.allCases) func aKeyIsNeverSeen(_ provider: LanguageModelProvider) throws {
    let key = "sk-proj-0123456789abcdef"
    let model = model(
      try settings(provider, key: key) {
        $0.headers =
          try RequestHeader.parse(file: "X-Auth: Token header-secret-1") + [
            try RequestHeader(parsing: "X-Title: typed-value")
          ]
      }, [.summary, .keywords])
    #expect(model.request(for: article()).headers.contains { $0.value.contains(key) })
    let shown = model.shownRequest(for: article())
    #expect(shown.contains("X-Title: ***") && shown.contains("X-Auth: ***"))
    #expect(!shown.contains(key) && !shown.contains("header-secret-1"))
    for secret in [key, "header-secret-1"] {
      let echo = #"{"error":{"message":"Incorrect API key: \#(secret)!"}}"#
      #expect(model.failure(401, echo)?.message.contains("Incorrect API key: ***!") == true)
      // Cut in the middle of the key it would show a part of it.
      let long = String(repeating: "x", count: 290) + secret
      #expect(model.failure(500, long)?.message.contains(secret.prefix(8)) == false)
      #expect(model.failure(200, "not JSON " + secret)?.message.contains(secret) == false)
      let summary = try model.result(
        200, reply(provider, #"{"summary":"It is \#(secret).","keywords":["\#(secret)"]}"#)
      ).get()
      #expect(summary.summary == "It is ***." && summary.keywords == ["***"])
      // Where a field is told cut off, too.
      let mood = reply(provider, #"{"summary":"s","sentiment":"\#(String(repeating: "x", count: 30))\#(secret)"}"#)
      let checked = LanguageModelsTests.model(model.settings, .sentiment)
      #expect(checked.failure(200, mood)?.message.contains(secret.prefix(8)) == false)
      let redirect = model.failure(302, "", ["Location": "https://\(secret).example/"])
      #expect(redirect?.message.contains(secret) == false)
      let error = HTTPClientError(.other, "bad header \(secret)")
      #expect(!model.failure(error).message.contains(secret))
    }
  }

  @Test func shortKeysDoNotSpoilResults() throws {
    let model = model(try settings(.openAI, at: "http://localhost", key: "ollama"), .summary)
    #expect(try model.result(200, reply(.openAI, #"{"summary":"About ollama."}"#)).get().summary == "About ollama.")
    #expect(model.failure(500, "ollama")?.message == "the server answers 500: ***")
  }

  @Test func dryRunShowsARequest() throws {
    let shown = model(try settings(.openAI, key: "sk-1234567")).shownRequest(for: article("Text"))
    let lines = shown.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "POST https://api.openai.com/v1/chat/completions")
    #expect(lines.contains("Authorization: Bearer ***"))
    #expect(lines[lines.count - 3] == "" && lines[lines.count - 2].hasPrefix("{\"model\":\"m\"") && lines.last == "")
  }
}
