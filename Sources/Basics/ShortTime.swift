/// A time in the words of a message: `0.42 s`, `12 s`, `5 min`, `2.5 h`.
package struct ShortTime: CustomStringConvertible {
  private let duration: Duration

  package init(_ duration: Duration) {
    self.duration = duration
  }

  package var description: String {
    let seconds = max(duration.inSeconds, 0)
    if seconds < 10 { return trimmed(seconds, decimals: seconds < 1 ? 2 : 1) + " s" }
    if seconds < 120 { return trimmed(seconds, decimals: 0) + " s" }
    if seconds < 7200 { return trimmed(seconds / 60, decimals: 1) + " min" }
    return trimmed(seconds / 3600, decimals: 1) + " h"
  }

  private func trimmed(_ value: Double, decimals: Int) -> String {
    let text = NumberFormat.fixed(value, decimals: decimals)
    guard text.contains(".") else { return text }
    let digits = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
    return String(digits.reversed())
  }
}
