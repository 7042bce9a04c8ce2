import Testing

import Basics

@Suite struct NumberFormatTests {
  @Test(arguments: [
    (0.0, "0"), (1.468, "1.47"), (13.61, "13.6"), (63.52, "63.5"), (99.96, "100"), (9.996, "10.0"), (123.4, "123"),
    (1234.5, "1235"), (0.01234, "0.0123"), (0.1, "0.100"), (1e6, "1000000"), (-1, "0"), (.nan, "0"), (.infinity, "0"),
  ]) func significant(value: Double, text: String) {
    #expect(NumberFormat.significant(value) == text)
  }

  @Test(arguments: [(4.67, "4.7"), (0.04, "0.0"), (0.96, "1.0"), (19.95, "20.0")])
  func fixed(value: Double, text: String) {
    #expect(NumberFormat.fixed(value, decimals: 1) == text)
  }

  @Test func unitsFollowTheSize() {
    #expect(DurationUnit(for: .milliseconds(13_612)).format(.milliseconds(13_612)) == "13.6 s")
    #expect(DurationUnit(for: .microseconds(2_410)).format(.microseconds(2_410)) == "2.41 ms")
    #expect(DurationUnit(for: .nanoseconds(38_200)).format(.nanoseconds(38_200)) == "38.2 µs")
  }
}

@Suite struct ShortTimeTests {
  @Test(arguments: [
    (0.0, "0 s"), (0.004, "0 s"), (0.42, "0.42 s"), (0.5, "0.5 s"), (1, "1 s"), (2.34, "2.3 s"), (12.3, "12 s"),
    (90, "90 s"), (120, "2 min"), (300, "5 min"), (450, "7.5 min"), (7200, "2 h"), (9000, "2.5 h"), (-1, "0 s"),
  ]) func inWords(seconds: Double, words: String) {
    #expect(ShortTime(.seconds(seconds)).description == words)
  }
}
