import JSONLines
import Summarization

/// The settings that an article may have of its own: `"simulated":{"ms":30000,"status":429,"times":2,"retry-after":5}`.
struct ArticleSimulation: Equatable {
  /// The total latency, in milliseconds.
  var latency: Int?
  /// The HTTP status with which attempts fail, at once.
  var status: Int?
  /// The number of attempts that fail, from the first one on; nil: all of them.
  var times: Int?
  /// The `retryAfter` of the failure, in seconds.
  var retryAfter: Double?

  /// Reads an article's settings. Invalid values are ignored.
  init(of article: Article) {
    guard let record = try? JSONRecord(scanning: article.raw), let field = record["simulated"],
      let own = record.object(of: field)
    else { return }
    func whole(_ name: String) -> Int? {
      own[name].flatMap { own.integer(of: $0) }.flatMap { $0 >= 0 ? $0 : nil }
    }
    latency = whole("ms").map { min($0, SimulatedSummarizer.longestLatency) }
    status = whole("status").flatMap { (300...599).contains($0) ? $0 : nil }
    times = whole("times")
    retryAfter = own["retry-after"].flatMap { own.number(of: $0) }.flatMap { $0 >= 0 && $0 < 1e9 ? $0 : nil }
  }

  /// Returns how the attempt fails; nil if it does not.
  func failure(of attempt: Int) -> ArticleError? {
    guard let status, attempt <= times ?? .max else { return nil }
    return ArticleError(
      ArticleError.Code(status: status), "simulated status \(status)", status: status,
      retryAfter: retryAfter.map { .seconds($0) })
  }
}

/// The settings that may follow `simulated:`.
public struct SimulatedSettings: Sendable, Equatable {
  /// The range of the latency of a call, in milliseconds.
  public var latency: ClosedRange<Int> = 500...1500
  public var seed: UInt64 = 1
  /// The fraction of attempts that fail, from 0 to 1.
  public var errorRate = 0.0
  /// The number of attempts a second that are let through; nil: no limit.
  public var rateLimit: Double?

  public init() {}
}

/// What is wrong with a list of settings, in words for the user who typed it.
public struct SimulatedSettingsError: Error, Equatable {
  public let message: String
}

extension SimulatedSettings {
  /// Parses `KEY=VALUE,…`, such as `latency=500-1500,seed=7`. The last value of a repeated key counts.
  public init(parsing list: String) throws(SimulatedSettingsError) {
    self.init()
    for setting in list.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw SimulatedSettingsError(message: "'\(setting)' is not of the form KEY=VALUE")
      }
      switch parts[0] {
      case "latency": latency = try Self.range(parts[1])
      case "seed":
        guard let value = UInt64(parts[1]) else {
          throw SimulatedSettingsError(message: "seed '\(parts[1])' is not a whole number")
        }
        seed = value
      case "error-rate":
        guard let rate = Double(parts[1]), (0...1).contains(rate) else {
          throw SimulatedSettingsError(message: "error-rate '\(parts[1])' is not a number from 0 to 1")
        }
        errorRate = rate
      case "rate-limit":
        guard let rate = Double(parts[1]), rate > 0, rate <= 1e9 else {
          throw SimulatedSettingsError(message: "rate-limit '\(parts[1])' is not a number of calls a second")
        }
        rateLimit = rate
      default:
        throw SimulatedSettingsError(
          message: "unknown setting '\(parts[0])' (there are latency, seed, error-rate and rate-limit)")
      }
    }
  }

  private static func range(_ text: Substring) throws(SimulatedSettingsError) -> ClosedRange<Int> {
    let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { Int($0) }
    let limit = 0...SimulatedSummarizer.longestLatency
    guard let low = ends[0], let high = ends.last ?? nil, low <= high, limit.contains(low), limit.contains(high) else {
      throw SimulatedSettingsError(
        message: "latency '\(text)' is not a range of milliseconds such as 500-1500, of at most \(limit.upperBound)")
    }
    return low...high
  }
}
