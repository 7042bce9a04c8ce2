import Basics
import CallControl

/// A run of the scheduler against a server that is a rule, from event to event.
protocol ServerRun {
  /// What becomes of a call.
  associatedtype Answer

  var bench: SchedulerBench { get set }
  /// The calls under way: when each ends, and how.
  var calls: [Int: (end: Instant, answer: Answer)] { get set }

  /// A call goes to the server, which puts it into `calls`.
  mutating func begin(_ ticket: Int)
  /// The call has ended, and is under way no more.
  mutating func end(_ ticket: Int, _ answer: Answer)
}

extension ServerRun {
  var time: Duration { bench.now - bench.start }

  /// Begins the calls that may begin, lets time pass to the next event, and ends the calls that end then.
  /// - Returns: false where the run stops, or nothing is left that could happen.
  mutating func advance() -> Bool {
    for ticket in bench.release() { begin(ticket) }
    let times = calls.values.map(\.end) + [bench.scheduler.deadline].compactMap(\.self)
    guard !bench.scheduler.isStopped, let next = times.min() else { return false }
    bench.now = max(bench.now, next)
    for ticket in calls.filter({ $0.value.end <= bench.now }).keys.sorted() {
      end(ticket, calls.removeValue(forKey: ticket)!.answer)
    }
    return true
  }
}
