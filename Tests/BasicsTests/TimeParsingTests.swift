import Basics
import Testing

struct TimeParsingTests {
  @Test(arguments: [
    ("1s", 1), ("6m0s", 360), ("20ms", 0.02), ("1h2m3.5s", 3723.5), ("2d", 172_800), ("7m12.5s", 432.5), ("0s", 0),
  ]) func durations(_ text: String, _ seconds: Double) { #expect(UnitDuration.seconds(text) == seconds) }

  @Test(arguments: ["", "s", "5", "-1s", "1s!", "1 s", "1x", "nan s", "1..2s"]) func whatIsNoDuration(_ text: String) {
    #expect(UnitDuration.seconds(text) == nil)
  }

  @Test func aDurationAtTheStartOfASentence() {
    #expect(UnitDuration.seconds(atStartOf: "7m12s. Visit")?.seconds == 432)
    #expect(UnitDuration.seconds(atStartOf: "a minute") == nil)
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2023-11-14T22:13:20Z", 1_700_000_000), ("2023-11-14T22:13:20.25Z", 1_700_000_000.25),
    ("2023-11-15T00:13:20+02:00", 1_700_000_000), ("1970-01-02T00:00:00+23:59", 60),
    ("1969-12-31T00:00:00-23:59", -60), ("2023-11-14t17:13:20-05:00", 1_700_000_000),
    // The first year that can be written, whose January belongs to the year before in the calculation.
    ("0000-01-01T00:00:00Z", -62_167_219_200), ("0000-02-29T00:00:00Z", -62_162_121_600),
    ("0000-03-01T00:00:00Z", -62_162_035_200), ("9999-12-31T23:59:59Z", 253_402_300_799),
  ]) func internetDates(_ text: String, _ seconds: Double) { #expect(InternetDate.seconds(text) == seconds) }

  @Test(arguments: [
    "", "2023-11-14", "2023-11-14T22:13Z", "2023-13-14T22:13:20Z", "2023-11-14T22:13:20", "2023-11-14T22:13:20+2",
    "2023-11-14T25:13:20Z", "x-11-14T22:13:20Z",
  ]) func whatIsNoInternetDate(_ text: String) { #expect(InternetDate.seconds(text) == nil) }

  /// The last second of a day may be a leap second.
  @Test(arguments: [
    ("23:59:59", 4_133_980_799), ("23:59:60", 4_133_980_800), ("23:59:61", nil), ("23:60:00", nil), ("24:00:00", nil),
    ("00:00:00", 4_133_894_400), ("00:00", nil), ("00:00:00:00", nil),
  ]) func timesOfADay(_ clock: String, _ seconds: Int?) {
    #expect(HTTPDate.seconds("Fri, 31 Dec 2100 \(clock) GMT") == seconds)
    #expect(HTTPDate.seconds("Fri Dec 31 \(clock) 2100") == seconds)
  }

  @Test(arguments: [("00", nil), ("1", 0), ("31", 2_592_000), ("32", nil)]) func daysOfAMonth(
    _ day: String, _ seconds: Int?
  ) {
    #expect(HTTPDate.seconds("Thu, \(day) Jan 1970 00:00:00 GMT") == seconds)
  }

  /// Two digits are a year near the present.
  @Test func yearsOfTwoDigits() {
    #expect(HTTPDate.seconds("Sunday, 06-Nov-94 08:49:37 GMT") == 784_111_777)
    #expect(HTTPDate.seconds("Thursday, 01-Jan-70 00:00:00 GMT") == 0)
    #expect(HTTPDate.seconds("Thursday, 01-Jan-69 00:00:00 GMT") == 3_124_224_000)
    #expect(HTTPDate.seconds("Friday, 31-Dec-99 23:59:59 GMT") == 946_684_799)
    #expect(HTTPDate.seconds("Saturday, 01-Jan-00 00:00:00 GMT") == 946_684_800)
  }
}
