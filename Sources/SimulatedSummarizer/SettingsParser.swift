extension SimulatedSummarizer.Settings {
  /// What is wrong with a list of settings, in words for whoever typed it.
  public struct ParseError: Error, Equatable {
    public let message: String
  }

  /// Reads `KEY=VALUE,…`, such as `latency=500-1500,seed=7`. The last of a repeated key holds.
  public init(parsing list: String) throws(ParseError) {
    self.init()
    for setting in list.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw ParseError(message: "'\(setting)' is not of the form KEY=VALUE")
      }
      switch parts[0] {
      case "latency": latency = try Self.range(parts[1])
      case "seed":
        guard let value = UInt64(parts[1]) else {
          throw ParseError(message: "seed '\(parts[1])' is not a whole number")
        }
        seed = value
      case "error-rate":
        guard let rate = Double(parts[1]), (0...1).contains(rate) else {
          throw ParseError(message: "error-rate '\(parts[1])' is not a number from 0 to 1")
        }
        errorRate = rate
      case "rate-limit":
        guard let rate = Double(parts[1]), rate > 0, rate <= 1e9 else {
          throw ParseError(message: "rate-limit '\(parts[1])' is not a number of calls a second")
        }
        rateLimit = rate
      default:
        throw ParseError(message: "unknown setting '\(parts[0])' (there are latency, seed, error-rate and rate-limit)")
      }
    }
  }

  private static func range(_ text: Substring) throws(ParseError) -> ClosedRange<Int> {
    let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { Int($0) }
    let limit = 0...SimulatedSummarizer.longestLatency
    guard let low = ends[0], let high = ends.last ?? nil, low <= high, limit.contains(low), limit.contains(high) else {
      throw ParseError(
        message: "latency '\(text)' is not a range of milliseconds such as 500-1500, of at most \(limit.upperBound)")
    }
    return low...high
  }
}
