/// What a server says of its rate limits along with an answer, good or bad: for pacing calls before they are refused.
public struct RateLimitStatus: Sendable, Equatable {
  /// What is left of one limit. Whether the limit is a bucket that fills steadily or a window that is emptied at once
  /// cannot be told from a single answer.
  public struct Allowance: Sendable, Equatable {
    /// How much may be used in all; more than 0.
    public var limit: Double
    /// How much is left; from 0 to `limit`.
    public var remaining: Double
    /// Time from the answer until all of `limit` is there again.
    public var reset: Duration

    public init(limit: Double, remaining: Double, reset: Duration) {
      self.limit = limit
      self.remaining = remaining
      self.reset = reset
    }
  }

  public var requests: [Allowance]
  /// Of input, output or both.
  public var tokens: [Allowance]

  public init(requests: [Allowance] = [], tokens: [Allowance] = []) {
    self.requests = requests
    self.tokens = tokens
  }
}
