import Basics
import BoundedConcurrency
import CallControl
import Pipeline
import Reporting
import Summarization

/// Reports what the call scheduler has found out about the provider to the user and to the rest of the run.
struct CallNoticeHandler: Sendable {
  let longestOutage: Duration
  let jobs: JobLimit
  let control: RunControl
  let observer: any RunObserver
  let console: MessageConsole

  /// Shorter cooldowns are reported with `-v` only.
  static let longCooldown = Duration.seconds(10)

  func handle(_ news: SharedCallScheduler.SchedulerNews) {
    let cause = news.cause
    switch news.notice {
    case .held(let time):
      observer.observe(.held(for: time, at: .now))
      let text = "calls are held back for at most \(ShortTime(time)): \(cause)"
      if time > Self.longCooldown { console.tellAlways(text) } else { console.tellVerbose(text) }
    case .paced(let time):
      console.tellAlways(
        "the next call waits for \(ShortTime(time)): --rate, --token-rate or the server's limits allow no more")
    case .levelChanged(let change): levelChanged(change)
    case .unreachable(let time):
      console.tellAlways("\(cause) (tried again for at most \(ShortTime(time)))")
    case .circuitOpened(let time):
      jobs.admission.pause()
      observer.observe(.circuitOpened(at: .now))
      console.tellAlways(
        "the provider is down (\(cause)): reading pauses and one call at a time looks whether it is back, "
          + "for at most \(ShortTime(time))")
    case .probeFailed(let time):
      console.tellVerbose("the provider is still down (\(cause)); the next call looks in \(ShortTime(time))")
    case .wantsAnotherProbe:
      jobs.admission.admitOne()
    case .circuitClosed(let time):
      jobs.admission.resume()
      observer.observe(.circuitClosed(after: time, at: .now))
      console.tellAlways("the provider is back after \(ShortTime(time)): reading goes on")
    case .stop(let reason):
      control.stop(because: words(for: reason, cause))
    }
  }

  private func levelChanged(_ change: CallLevelChange) {
    let level = change.level
    guard let reason = change.reason else {
      return console.tellVerbose("at most \(level) \(level == 1 ? "call" : "calls") at once from now on")
    }
    jobs.set(level)
    observer.observe(.levelChanged(to: level, at: .now))
    console.tellVerbose("at most \(level) in flight from now on: \(reason.words)")
  }

  private func words(for reason: AbortReason, _ cause: String) -> String {
    switch reason {
    case .hopeless:
      "no call can succeed: \(cause)"
    case .inARow(let count, let code):
      "\(count) articles in a row failed alike (\(code.rawValue)), the last one: \(cause)"
    case .tooManyFailures(let count):
      "\(count) \(count == 1 ? "article has" : "articles have") failed, as many as --max-failures allows"
    case .down(let time, hasAnswered: false) where time < longestOutage:
      "no server has answered for \(ShortTime(time)), and --max-outage was not given to wait longer: \(cause)"
    case .down(let time, _):
      "the provider has been down for \(ShortTime(time)), as long as --max-outage allows: \(cause)"
    case .refused(let time):
      "no call has succeeded for \(ShortTime(time)), as long as --max-outage allows: \(cause); "
        + "lower --jobs or set --rate"
    case .askedToWait(let time):
      "the server asks to wait for \(ShortTime(time)), and --max-outage allows \(ShortTime(longestOutage)): \(cause)"
    }
  }
}

extension LevelFinding {
  init(_ finding: CallLevelFinding) {
    let bound: LevelBound =
      switch finding.bound {
      case .none: .none
      case .refusals: .refusals(status: finding.refusal)
      case .noMoreWork: .noMoreWork
      case .input: .input
      case .maximum: .maximum
      }
    self.init(level: finding.level, bound: bound)
  }
}
