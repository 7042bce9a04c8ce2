import HTTPClient
import Summarization
import Testing

@testable import LanguageModels

struct RateLimitHeaderTests {
  private func status(_ headers: KeyValuePairs<String, String>, now: Double = 1_700_000_000) -> RateLimitStatus? {
    RateLimitHeaders.status(HTTPHeaders(headers.map { (name: $0.key, value: $0.value) }), now: now)
  }

  @Test func openAI() {
    let found = status([
      "Content-Type": "application/json", "x-ratelimit-limit-requests": "60", "X-RateLimit-Remaining-Requests": "59",
      "x-ratelimit-reset-requests": "1s", "x-ratelimit-limit-tokens": "150000",
      "x-ratelimit-remaining-tokens": "149984",
      "x-ratelimit-reset-tokens": "6m0s",
    ])
    #expect(found?.requests == [.init(limit: 60, remaining: 59, reset: .seconds(1))])
    #expect(found?.tokens == [.init(limit: 150_000, remaining: 149_984, reset: .seconds(360))])
  }

  @Test func anthropic() {
    let found = status([
      "anthropic-ratelimit-requests-limit": "50", "anthropic-ratelimit-requests-remaining": "40",
      "anthropic-ratelimit-requests-reset": "2023-11-14T22:13:32Z", "anthropic-ratelimit-input-tokens-limit": "1000",
      "anthropic-ratelimit-input-tokens-remaining": "0",
      "anthropic-ratelimit-input-tokens-reset": "2023-11-14T22:13:20.5Z",
    ])
    #expect(found?.requests == [.init(limit: 50, remaining: 40, reset: .seconds(12))])
    #expect(found?.tokens == [.init(limit: 1000, remaining: 0, reset: .seconds(0.5))])
  }

  @Test func othersNameThePeriodOrTheTime() {
    let mistral = status(["x-ratelimit-limit-req-minute": "60", "x-ratelimit-remaining-req-minute": "12"])
    #expect(mistral?.requests == [.init(limit: 60, remaining: 12, reset: .seconds(60))])
    let cerebras = status([
      "x-ratelimit-limit-tokens-minute": "1000", "x-ratelimit-remaining-tokens-minute": "2000",
      "x-ratelimit-reset-tokens-minute": "45.5",
    ])
    #expect(cerebras?.tokens == [.init(limit: 1000, remaining: 1000, reset: .seconds(45.5))])
    let epoch = status([
      "X-RateLimit-Limit": "20", "X-RateLimit-Remaining": "5", "X-RateLimit-Reset": "1700000030000",
    ])
    #expect(epoch?.requests == [.init(limit: 20, remaining: 5, reset: .seconds(30))])
  }

  @Test(arguments: [
    ["x-ratelimit-limit-requests": "0", "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1s"],
    ["x-ratelimit-limit-requests": "-1", "x-ratelimit-remaining-requests": "-1", "x-ratelimit-reset-requests": "1s"],
    ["x-ratelimit-limit-requests": "5", "x-ratelimit-remaining-requests": "-1", "x-ratelimit-reset-requests": "1s"],
    ["x-ratelimit-limit-requests": "5", "x-ratelimit-remaining-requests": "1"],
    ["x-ratelimit-limit-requests": "5", "x-ratelimit-remaining-requests": "1", "x-ratelimit-reset-requests": "soon"],
    ["x-ratelimit-limit-images": "5", "x-ratelimit-remaining-images": "1", "x-ratelimit-reset-images": "1s"], [:],
  ]) func whatCannotBeMeantIsAbsent(_ headers: [String: String]) {
    let fields = headers.map { (name: $0.key, value: $0.value) }
    #expect(RateLimitHeaders.status(HTTPHeaders(fields), now: 0) == nil)
  }

  @Test func goodAndBadAnswersBringThem() throws {
    let model = model(try settings(.openAI))
    let headers: KeyValuePairs = [
      "x-ratelimit-limit-requests": "9", "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "3s",
    ]
    #expect(try model.result(200, reply(.openAI, goodReply), headers).get().rateLimits?.requests.count == 1)
    #expect(model.failure(429, "", headers)?.rateLimits?.requests.first?.remaining == 0)
  }
}
