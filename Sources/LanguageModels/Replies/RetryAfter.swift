import HTTPClient

/// Reads how long a server asks to be left alone.
enum RetryAfter {
  /// What asks for more than this is no answer to "when".
  static let longest = Duration.seconds(366 * 86_400)

  /// - Parameter now: seconds since 1970, for a date from a server that does not say what time it has.
  /// - Returns: nil where the server asks for nothing, or for something that cannot be meant.
  static func delay(_ headers: HTTPHeaders, now: Double) -> Duration? {
    if let text = headers["retry-after-ms"], let milliseconds = number(text) {
      return usable(milliseconds / 1000)
    }
    guard let text = headers["retry-after"] else { return nil }
    if let seconds = number(text) { return usable(seconds) }
    guard let date = HTTPDate.seconds(text) else { return nil }
    // The server's clock is cut to seconds: by it the wait is too long rather than too short. A time that has passed
    // asks for no wait.
    let reference = headers["date"].flatMap { HTTPDate.seconds($0) }.map(Double.init) ?? now
    return usable(max(0, Double(date) - reference))
  }

  /// Decimal digits with a point or without, and a value in range: a `Double` would also read signs, hexadecimal, "nan".
  private static func number(_ text: String) -> Double? {
    let text = text.trimmed()
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }),
      let value = Double(text), value <= 1e12
    else { return nil }
    return value
  }

  private static func usable(_ seconds: Double) -> Duration? {
    let delay = Duration.seconds(seconds)
    return delay <= longest ? delay : nil
  }
}

/// The three forms of a date in HTTP (RFC 9110, section 5.6.7).
enum HTTPDate {
  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  /// Seconds since 1970; nil for what is no such date. The name of the day is not looked at.
  static func seconds(_ text: String) -> Int? {
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
    let clock = time.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
    guard let day = Int(day), (1...31).contains(day), let month = months.firstIndex(where: { $0 == month }),
      let year = Int(year), (0...9999).contains(year), clock.count == 3, (0...23).contains(clock[0]),
      (0...59).contains(clock[1]), (0...60).contains(clock[2])
    else { return nil }
    // Two digits are a year near the present; the century turns half-way.
    let fullYear = year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year
    return days(fullYear, month + 1, day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
  }

  /// Days since 1970-01-01 in the Gregorian calendar, counted in years that begin in March (Hinnant, "chrono-Compatible
  /// Low-Level Date Algorithms").
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
