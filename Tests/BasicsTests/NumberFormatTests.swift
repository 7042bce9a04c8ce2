import Testing

@testable import Basics

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
