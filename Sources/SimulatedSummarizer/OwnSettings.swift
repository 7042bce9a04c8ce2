import JSONLines
import Summarization

/// What an article may fix for itself: `"simulated":{"ms":30000,"status":429,"times":2,"retry-after":5}`.
struct OwnSettings: Equatable {
  /// The latency in all, in milliseconds.
  var latency: Int?
  /// The status with which attempts fail, at once.
  var status: Int?
  /// How many attempts fail, from the first; nil: every one.
  var times: Int?
  /// How long the failure asks to be left alone, in seconds.
  var retryAfter: Double?

  /// What makes no sense is ignored.
  init(of article: Article) {
    guard let record = try? Record(scanning: article.raw), let field = record["simulated"],
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

  /// How the attempt fails; nil where it does not.
  func failure(of attempt: Int) -> ArticleError? {
    guard let status, attempt <= times ?? .max else { return nil }
    return ArticleError(
      ArticleError.Code(status: status), "simulated status \(status)", status: status,
      retryAfter: retryAfter.map { .seconds($0) })
  }
}
