import Basics
import CallControl
import Pipeline
import Reporting
import Summarization

/// Tells people and the rest of the run what the gate has found out about the provider.
struct ProviderWatch: Sendable {
  let longestOutage: Duration
  let admission: Admission
  let control: RunControl
  let observer: any RunObserver
  let messages: Console

  /// Nobody is told of shorter holds unless he asked for it.
  static let longHold = Duration.seconds(10)

  func handle(_ news: Gatekeeper.News) {
    let cause = news.cause
    switch news.notice {
    case .held(let time):
      observer.observe(.held(for: time, at: .now))
      let text = "calls are held back for at most \(ShortTime(time)): \(cause)"
      if time > Self.longHold { messages.tellAlways(text) } else { messages.tellVerbose(text) }
    case .circuitOpened:
      admission.pause()
      observer.observe(.circuitOpened(at: .now))
      messages.tellAlways(
        "the provider is down (\(cause)): reading pauses and one call at a time looks whether it is back, "
          + "for at most \(ShortTime(longestOutage))")
    case .probeFailed(let time):
      messages.tellVerbose("the provider is still down (\(cause)); the next call looks in \(ShortTime(time))")
    case .wantsAnotherProbe:
      admission.admitOne()
    case .circuitClosed(let time):
      admission.resume()
      observer.observe(.circuitClosed(after: time, at: .now))
      messages.tellAlways("the provider is back after \(ShortTime(time)): reading goes on")
    case .stop(let reason):
      control.stop(because: words(for: reason, cause))
    }
  }

  private func words(for reason: CallGate.Reason, _ cause: String) -> String {
    switch reason {
    case .failures(.hopeless):
      "no call can succeed: \(cause)"
    case .failures(.row(let count, let code)):
      "\(count) articles in a row failed alike (\(code.rawValue)), the last one: \(cause)"
    case .failures(.tooManyFailures(let count)):
      "\(count) \(count == 1 ? "article has" : "articles have") failed, as many as --max-failures allows"
    case .down(let time):
      "the provider has been down for \(ShortTime(time)), as long as --max-outage allows: \(cause)"
    case .throttled(let time):
      "no call has succeeded for \(ShortTime(time)), as long as --max-outage allows: \(cause); "
        + "lower --jobs or set --rate"
    case .askedToWait(let time):
      "the server asks to wait for \(ShortTime(time)), and --max-outage allows \(ShortTime(longestOutage)): \(cause)"
    }
  }
}
