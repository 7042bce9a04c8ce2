/// The three forms of a date in HTTP (RFC 9110, section 5.6.7).
package enum HTTPDate {
  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  /// Returns the seconds since 1970; nil if the text is not such a date. The name of the weekday is ignored.
  package static func seconds(_ text: String) -> Int? {
    let words = text.lowercased().split { " ,-".contains($0) }
    switch words.count {
    case 6 where words[5] == "gmt":  // Sun, 06 Nov 1994 08:49:37 GMT; Sunday, 06-Nov-94 08:49:37 GMT
      return seconds(day: words[1], month: words[2], year: words[3], time: words[4])
    case 5:  // Sun Nov  6 08:49:37 1994
      return seconds(day: words[2], month: words[1], year: words[4], time: words[3])
    default: return nil
    }
  }

  private static func seconds(day: Substring, month: Substring, year: Substring, time: Substring) -> Int? {
    guard let day = Int(day), let month = months.firstIndex(where: { $0 == month }), let year = Int(year),
      (0...9999).contains(year)
    else { return nil }
    // Two digits: 00 to 69 are 2000 to 2069, 70 to 99 are 1970 to 1999.
    let fullYear = year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year
    return GregorianCalendar.seconds(year: fullYear, month: month + 1, day: day, time: time)
  }
}

/// Dates such as `2026-01-31T23:59:59.5Z` (RFC 3339).
package enum InternetDate {
  /// Returns the seconds since 1970; nil if the text is not such a date.
  package static func seconds(_ text: String) -> Double? {
    let parts = text.uppercased().split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let date = parts[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
    let clock = parts[1].prefix { $0.isNumber || $0 == ":" }
    var zone = parts[1][clock.endIndex...]
    var fraction = 0.0
    if zone.first == "." {
      let digits = zone.dropFirst().prefix { $0.isNumber }
      guard let value = Double("0.\(digits)") else { return nil }
      fraction = value
      zone = zone[digits.endIndex...]
    }
    guard date.count == 3, (0...9999).contains(date[0]), let offset = offset(zone),
      let seconds = GregorianCalendar.seconds(year: date[0], month: date[1], day: date[2], time: clock)
    else { return nil }
    return Double(seconds - offset) + fraction
  }

  /// Returns the offset of a zone such as `Z` or `+02:00`, in seconds.
  private static func offset(_ zone: Substring) -> Int? {
    if zone == "Z" { return 0 }
    let parts = zone.dropFirst().split(separator: ":").map { Int($0) ?? -1 }
    guard zone.first == "+" || zone.first == "-", parts.count == 2, (0...23).contains(parts[0]),
      (0...59).contains(parts[1])
    else { return nil }
    return (parts[0] * 3600 + parts[1] * 60) * (zone.first == "-" ? -1 : 1)
  }
}

/// Durations such as `1h2m3.5s`, `6m0s` and `20ms`, as Go writes them.
package enum UnitDuration {
  private static let units = [
    ("ms", 0.001), ("us", 1e-6), ("µs", 1e-6), ("ns", 1e-9), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400),
  ]

  /// Parses the duration at the start of a text, and returns its length in characters; nil if there is none.
  package static func seconds(atStartOf text: some StringProtocol) -> (seconds: Double, length: Int)? {
    var total = 0.0
    var rest = text[...]
    while let value = leadingNumber(of: rest) {
      let behind = rest.dropFirst(value.length)
      guard let unit = units.first(where: { behind.hasPrefix($0.0) }) else { break }
      total += value.number * unit.1
      rest = behind.dropFirst(unit.0.count)
    }
    let length = text.count - rest.count
    return length > 0 && total <= 1e12 ? (total, length) : nil
  }

  /// Parses a whole text as such a duration, in seconds.
  package static func seconds(_ text: some StringProtocol) -> Double? {
    seconds(atStartOf: text).flatMap { $0.length == text.count ? $0.seconds : nil }
  }

  private static func leadingNumber(of text: some StringProtocol) -> (number: Double, length: Int)? {
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    return Double(String(digits)).map { ($0, digits.count) }
  }
}

private enum GregorianCalendar {
  /// - Parameter time: hours, minutes and seconds with colons between.
  static func seconds(year: Int, month: Int, day: Int, time: Substring) -> Int? {
    let clock = time.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
    guard (1...12).contains(month), (1...31).contains(day), clock.count == 3, (0...23).contains(clock[0]),
      (0...59).contains(clock[1]), (0...60).contains(clock[2])
    else { return nil }
    return days(year, month, day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
  }

  /// Returns the days since 1970-01-01 in the Gregorian calendar, counted in years that begin in March (Hinnant,
  /// "chrono-Compatible Low-Level Date Algorithms").
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
