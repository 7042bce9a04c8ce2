import Basics
import BoundedConcurrency
import JSONLines
public import Summarization
public import SystemIO

/// Simulates the latency of a language model: for each task asked for, one call that takes some time, one after
/// another.
///
/// Latencies depend only on the settings, the line number and the call, so that runs with different numbers of jobs do
/// the same work. An article may fix its own total latency, in milliseconds, and make attempts fail: see
/// `ArticleSimulation`.
public struct SimulatedSummarizer: Summarizer {
  /// The largest latency that an article may set: an hour.
  static let longestLatency = 3_600_000

  private let settings: SimulatedSettings
  private let request: SummaryRequest
  private let poller: EventPoller
  private let limit: SimulatedLimit?

  public init(_ request: SummaryRequest, settings: SimulatedSettings, poller: EventPoller) {
    self.request = request
    self.settings = settings
    self.poller = poller
    limit = settings.rateLimit.map { SimulatedLimit(perSecond: $0) }
  }

  public func summarizeAtOnce(_ article: Article, attempt: Int) throws(ArticleError) -> Summary? {
    guard settings.latency.upperBound == 0 else { return nil }
    let own = ArticleSimulation(of: article)
    guard own.latency ?? 0 == 0 else { return nil }
    if let failure = failure(of: article, own, attempt: attempt) { throw failure }
    return answer(to: article)
  }

  public func summarize(_ article: Article, attempt: Int) async throws(ArticleError) -> Summary {
    // Each call has a deadline relative to the start, so that the clock's rounding up does not accumulate.
    var due = Instant.now
    let latencies = try latencies(of: article, attempt: attempt)
    do throws(CancellationError) {
      for latency in latencies where latency > 0 {
        due += .milliseconds(latency)
        try await poller.sleep(until: due)
      }
    } catch {
      throw .givenUp
    }
    return answer(to: article)
  }

  /// Returns the latency of each call of an attempt, in milliseconds. Out of line, so that its temporaries are no part of
  /// the memory of each article in flight.
  /// - Throws: the failure of an attempt that fails.
  @inline(never)
  private func latencies(of article: Article, attempt: Int) throws(ArticleError) -> [Int] {
    let own = ArticleSimulation(of: article)
    if let failure = failure(of: article, own, attempt: attempt) { throw failure }
    return latencies(of: article, own)
  }

  /// Returns the latency of each call for the article, in milliseconds.
  func latencies(of article: Article, _ own: ArticleSimulation) -> [Int] {
    if let fixed = own.latency { return [fixed] }
    return (0..<request.tasks.count).map { call in
      latency(line: article.line, call: call)
    }
  }

  /// Its latencies do not depend on what it answers.
  public func work(of summary: Summary) -> Int? { nil }

  private func latency(line: Int, call: Int) -> Int {
    let span = UInt64(settings.latency.upperBound - settings.latency.lowerBound) + 1
    let bits = splitMix64(settings.seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(line) &* 16 &+ UInt64(call))
    // The high half of the product maps the 64 bits evenly to the span.
    return settings.latency.lowerBound + Int(bits.multipliedFullWidth(by: span).high)
  }

  /// Returns whether the attempt fails. Depends only on the settings, the line and the attempt.
  func fails(line: Int, attempt: Int) -> Bool {
    guard settings.errorRate > 0 else { return false }
    let bits = splitMix64(splitMix64(settings.seed &+ UInt64(line) &* 0xD6E8_FEB8_6659_FD93) &+ UInt64(attempt))
    return Double(bits >> 11) * 0x1p-53 < settings.errorRate
  }

  /// Returns how the attempt fails, at once; nil if it does not.
  private func failure(of article: Article, _ own: ArticleSimulation, attempt: Int) -> ArticleError? {
    if let wait = limit?.refusal(at: .now) {
      return ArticleError(
        .rateLimited, "simulated rate limit: one call too many", status: 429, retryAfter: wait)
    }
    if let failure = own.failure(of: attempt) { return failure }
    guard fails(line: article.line, attempt: attempt) else { return nil }
    return ArticleError(.serverError, "simulated status 503", status: 503)
  }

  @inline(never)
  private func answer(to article: Article) -> Summary {
    var summary = Summary()
    if request.tasks.contains(.summary) { summary.summary = firstSentence(of: article.content) }
    if request.tasks.contains(.sentiment) { summary.sentiment = .neutral }
    if request.tasks.contains(.keywords) { summary.keywords = firstLongWords(of: article.content) }
    return summary
  }

  /// The words up to the end of the first sentence, with one space between them.
  private func firstSentence(of text: String) -> String {
    var text = text
    return text.withUTF8 { bytes in
      var (end, last) = (bytes.startIndex, UInt8(ascii: " "))
      while end < bytes.endIndex {
        let byte = bytes[end]
        if byte <= 0x20, isTerminator(last) { break }
        last = byte
        end += 1
      }
      return String(unsafeUninitializedCapacity: end) { words in
        var count = 0
        for byte in bytes[..<end] {
          if byte > 0x20 {
            words[count] = byte
            count += 1
          } else if count > 0, words[count - 1] != 0x20 {
            words[count] = 0x20
            count += 1
          }
        }
        return count > 0 && words[count - 1] == 0x20 ? count - 1 : count
      }
    }
  }

  private func isTerminator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
  }

  /// Reads no more of the text than necessary: a simulated model should do hardly any work.
  private func firstLongWords(of text: String) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
      var found: [String] = []
      var index = bytes.startIndex
      while found.count < request.keywords, index < bytes.endIndex {
        let start = index
        while index < bytes.endIndex, isLetter(bytes[index]) { index += 1 }
        if index - start > 5 {
          let word = lowercased(UnsafeBufferPointer(rebasing: bytes[start..<index]))
          if !found.contains(word) { found.append(word) }
        }
        if index == start { index += 1 }
      }
      return found
    }
  }

  private func lowercased(_ word: UnsafeBufferPointer<UInt8>) -> String {
    if word.contains(where: { $0 >= 0x80 }) { return String(decoding: word, as: UTF8.self).lowercased() }
    return String(unsafeUninitializedCapacity: word.count) { lower in
      for index in word.indices { lower[index] = word[index] | 0x20 }
      return word.count
    }
  }

  /// Whether the byte is an ASCII letter, or part of a character beyond ASCII.
  private func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte | 0x20) &- UInt8(ascii: "a") < 26
  }
}

/// The output function of the SplitMix64 generator (Steele, Lea, Flood 2014): scatters neighbouring numbers.
private func splitMix64(_ input: UInt64) -> UInt64 {
  var z = input &+ 0x9E37_79B9_7F4A_7C15
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}

/// The rate limit of a simulated server: a number of attempts a second, of which one second's worth may come at once.
final class SimulatedLimit: Sendable {
  private let interval: Duration
  private let burst: Duration
  /// When the server will have worked off all attempts that it let through.
  private let workedOff: Lock<Instant?>

  /// - Precondition: the rate is more than 0.
  init(perSecond rate: Double) {
    interval = .seconds(1) / rate
    burst = max(.seconds(1) - interval, .zero)
    workedOff = Lock(nil)
  }

  /// Lets an attempt through, or refuses it.
  /// - Parameter now: read while no other attempt is judged, so that their order is that of their times.
  /// - Returns: how long to wait if the attempt is refused; nil if it is let through.
  func refusal(at now: @autoclosure () -> Instant) -> Duration? {
    workedOff.withLock { workedOff in
      let now = now()
      let busy = max(workedOff ?? now, now)
      guard busy - now <= burst else { return busy - now - burst }
      workedOff = busy + interval
      return nil
    }
  }
}
