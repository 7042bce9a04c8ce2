import CallControl
import Summarization

extension ArticleError {
  /// What the failure says to the gate.
  /// - Parameter known: how the article failed in an earlier run.
  func outcome(known: Code?) -> CallOutcome {
    CallOutcome(
      // Where no call would be made again, there is nothing to wait for: some gateways put it on everything.
      kind, retryAfter: isWorthRetrying ? retryAfter : nil, tokens: usage?.total ?? (wasSent ? nil : 0),
      failure: CallOutcome.Failure(code, isWorthRetrying: isWorthRetrying, suspicion), isKnown: code == known)
  }

  private var kind: CallOutcome.Kind {
    // It is there, and it is no outage that could pass.
    if evidence == .untrusted { return .answered }
    return switch code {
    case .interrupted: .abandoned
    case .rateLimited: .throttled
    case .serverError, .timeout, .unreachable: .failed(nobodyThere: evidence == .nobodyThere)
    default: .answered
    }
  }

  /// Whether the request can have reached a server, and so have cost something.
  private var wasSent: Bool { code != .unreachable }

  /// What the final failure of one article means for all others: the last column of the code table.
  var suspicion: StopRules.Suspicion {
    if evidence == .untrusted { return .certain }
    return switch code {
    case .unauthorized, .quota: .certain
    case .notFound: .strong
    case .badRequest, .forbidden, .truncated, .badReply: .some
    default: .none
    }
  }
}
