import Basics
import HTTPClient
import Testing

@testable import LanguageModels

struct RetryAfterTests {
  private func delay(_ headers: KeyValuePairs<String, String>, now: Double = 784_111_700) -> Duration? {
    RetryAfter.delay(HTTPHeaders(headers.map { (name: $0.key, value: $0.value) }), now: now)
  }

  @Test func numbers() {
    #expect(delay([:]) == nil)
    #expect(delay(["Retry-After": "7"]) == .seconds(7))
    #expect(delay(["retry-after": " 0 "]) == .zero)
    #expect(delay(["retry-after": "1.5"]) == .seconds(1.5))
    #expect(delay(["retry-after-ms": "20.5"]) == .microseconds(20_500))
    #expect(delay(["retry-after": "7", "retry-after-ms": "1500"]) == .seconds(1.5))
    #expect(delay(["retry-after": "7", "retry-after-ms": "nan"]) == .seconds(7))
    #expect(delay(["retry-after": "86400"]) == .seconds(86_400))
  }

  /// Some servers write durations with units, or the date as elsewhere in their answers.
  @Test func otherForms() {
    #expect(delay(["retry-after": "1m30.5s"]) == .seconds(90.5))
    #expect(delay(["retry-after": " 30s"]) == .seconds(30))
    #expect(delay(["retry-after": "500ms"]) == .milliseconds(500))
    #expect(delay(["retry-after-ms": "500ms"]) == .milliseconds(500))
    #expect(delay(["retry-after": "1994-11-06T08:49:37Z"]) == .seconds(77))
    #expect(delay(["retry-after": "1994-11-06T08:49:37.5+00:00"], now: 784_111_777) == .milliseconds(500))
    #expect(delay(["retry-after": "1994-11-06T08:49:37Z"], now: 784_111_800) == .zero)
  }

  @Test(arguments: [
    "1m30", "5 apples", "s", "-5s", "1994-11-06", "-1", "nan", "inf", "1e3", "0x10", "soon", "", "1.2.3", "99999999999",
    "999999999999999999999", "+5",
  ])
  func valuesThatCannotBeMeant(_ text: String) {
    #expect(delay(["retry-after": text]) == nil)
    #expect(delay(["retry-after-ms": text]) == nil)
  }

  @Test(arguments: ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])
  func dates(_ text: String) {
    #expect(HTTPDate.seconds(text) == 784_111_777)
    #expect(delay(["retry-after": text]) == .seconds(77))
    // By the server's own clock, where it tells it.
    #expect(delay(["retry-after": text, "date": "Sun, 06 Nov 1994 08:49:30 GMT"], now: 0) == .seconds(7))
    #expect(delay(["retry-after": text], now: 784_111_776.5) == .milliseconds(500))
    #expect(delay(["retry-after": text], now: 784_111_800) == .zero)
    #expect(delay(["retry-after": text], now: 0) == nil)
  }

  @Test func datesOfTheCalendar() {
    #expect(HTTPDate.seconds("Thu, 01 Jan 1970 00:00:00 GMT") == 0)
    #expect(HTTPDate.seconds("Thu, 29 Feb 2024 12:00:00 GMT") == 1_709_208_000)
    #expect(HTTPDate.seconds("Fri, 31 Dec 2100 23:59:60 GMT") == 4_133_980_800)
    for bad in [
      "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT", "tomorrow",
      "Sun, 06 Nov 1994 08:49 GMT", "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
    ] {
      #expect(HTTPDate.seconds(bad) == nil, "\(bad)")
    }
  }
}
