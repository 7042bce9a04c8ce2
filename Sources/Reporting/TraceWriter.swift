package import Basics
import BoundedConcurrency
import JSONLines
package import Summarization
package import SystemIO

/// Writes a timeline of a run in Chrome's trace-event format while the run goes on. Each slot has a lane, and each
/// article a bar that contains its attempts and waits.
///
/// The format is that of "Trace Event Format" (the Chromium project): a JSON array of events whose times are
/// microseconds. The end of the array may be missing, so the trace of a killed run can be viewed too.
package final class TraceWriter: RunObserver {
  /// The maximum number of events that wait for a slow disk. Further events are left out.
  static let mostWaiting = 100_000

  private struct TraceQueue {
    var lanes = TraceLanes()
    var waiting = 0
    var leftOut = 0
    /// What was enqueued before `begin`; nil afterwards.
    var early: [UInt8]? = []
  }

  private final class SharedTraceQueue: Sendable {
    let state = Lock(TraceQueue())
  }

  private let shared = SharedTraceQueue()
  private let writer: OutputWriter
  private let start: Instant

  /// Creates a writer that writes nothing until `begin`, so that a run which is refused leaves the file as it is.
  /// - Parameter onFailure: called when the trace cannot be written.
  package init(
    to descriptor: FileDescriptor, since start: Instant,
    onFailure: @escaping @Sendable (SystemError) -> Void
  ) throws(SystemError) {
    self.start = start
    writer = try OutputWriter(descriptor, closesAtEnd: true, anticipates: false) { [shared] event in
      switch event {
      case .written(let events): shared.state.withLock { $0.waiting -= events }
      case .failed(let error): onFailure(error)
      }
    }
    // After a first event, every other event begins with a comma.
    enqueue(Array("[\n".utf8) + TraceEvent(namingProcess: "summarize").json)
  }

  /// Writes what has happened so far; from now on each event is written as it comes. To be called before the first line
  /// is read: until then there are no events on other threads.
  package func begin() {
    if let early = shared.state.withLock({ $0.early.take() }) { enqueue(early) }
  }

  package func observe(_ event: RunEvent) {
    switch event {
    case .admitted(let line, _): enter(line)
    case .read(let line, let id): shared.state.withLock { $0.lanes.name(line, TraceLanes.label(line: line, id: id)) }
    case .attemptStarted, .retried, .used, .written: break
    case .attemptEnded(let line, let started, let now, let failure):
      bar("attempt", in: line, from: started, to: now, failure)
    case .waited(let line, let wait, let since, let now):
      bar(wait == .backOff ? "back-off" : "limits", in: line, from: since, to: now)
    case .held(let time, let now):
      write(TraceEvent(name: "calls are held back", lane: 0, start: now - start, duration: time))
    case .levelChanged(let level, let now):
      write(TraceEvent(counter: "in flight, at most", value: level, at: now - start))
    case .circuitOpened: break
    case .circuitClosed(let time, let now):
      write(TraceEvent(name: "provider down", lane: 0, start: now - time - start, duration: time))
    case .answered(let line, let admitted, let now, let attempts, let failure):
      guard let bar = shared.state.withLock({ $0.lanes.leave(line, from: admitted, to: now) }) else { return }
      write(
        TraceEvent(
          name: bar.label, lane: bar.lane, start: bar.start - start, duration: now - bar.start,
          failure: failure?.rawValue, attempts: attempts))
    }
  }

  /// Ends the trace, and returns when it is written.
  /// - Returns: the number of events that were left out.
  package func finish() async -> Int {
    enqueue(Array("\n]\n".utf8))
    await writer.finish()
    return shared.state.withLock { $0.leftOut }
  }

  private func enter(_ line: Int) {
    let (lane, isNew) = shared.state.withLock { $0.lanes.enter(line) }
    if isNew { write(TraceEvent(namingLane: lane)) }
  }

  private func bar(
    _ name: String, in line: Int, from: Instant, to: Instant,
    _ failure: ArticleError.Code? = nil
  ) {
    guard let lane = shared.state.withLock({ $0.lanes[line] }) else { return }
    write(TraceEvent(name: name, lane: lane, start: from - start, duration: to - from, failure: failure?.rawValue))
  }

  private func write(_ event: TraceEvent) {
    let isTaken = shared.state.withLock { state in
      if state.waiting >= Self.mostWaiting { state.leftOut += 1 }
      return state.waiting < Self.mostWaiting
    }
    if isTaken { enqueue([UInt8(ascii: ","), UInt8(ascii: "\n")] + event.json) }
  }

  /// Enqueues bytes outside of the lock: the writer may report at once that they are written, and that takes the lock.
  private func enqueue(_ bytes: [UInt8]) {
    let isEarly = shared.state.withLock { state in
      state.early?.append(contentsOf: bytes)
      if state.early == nil { state.waiting += 1 }
      return state.early != nil
    }
    if !isEarly { writer.enqueue(bytes) }
  }
}

/// The lanes of the articles in flight in a trace. There are as many lanes as articles were ever in flight at once.
/// Pure; every event takes constant time.
struct TraceLanes {
  /// The lane of an article in flight; `free` is the time from which on no other has it.
  private struct LaneOccupant {
    let lane: Int
    let free: Instant?
    var label: String
  }

  private var lanes: [Int: LaneOccupant] = [:]
  private var free: [(lane: Int, since: Instant)] = []
  private var count = 0

  /// Assigns a lane to an article that is now in flight.
  /// - Returns: the lane, counted from 1, and whether it is new.
  mutating func enter(_ line: Int) -> (lane: Int, isNew: Bool) {
    let reused = free.popLast()
    if reused == nil { count += 1 }
    let lane = reused?.lane ?? count
    lanes[line] = LaneOccupant(lane: lane, free: reused?.since, label: Self.label(line: line, id: nil))
    return (lane, reused == nil)
  }

  /// Sets the label on the bar of an article.
  mutating func name(_ line: Int, _ label: String) {
    lanes[line]?.label = label
  }

  /// Frees the lane of an article that is no longer in flight. An article that was admitted a moment before it got the
  /// lane of another one has a bar that begins where the other's ends.
  /// - Returns: the bar; nil if the article has no lane.
  mutating func leave(_ line: Int, from admitted: Instant, to now: Instant) -> (
    lane: Int, label: String, start: Instant
  )? {
    guard let occupant = lanes.removeValue(forKey: line) else { return nil }
    free.append((occupant.lane, now))
    return (occupant.lane, occupant.label, max(admitted, occupant.free ?? admitted))
  }

  subscript(line: Int) -> Int? { lanes[line]?.lane }

  /// Returns the label of an article: line and id, in at most 64 characters.
  static func label(line: Int, id: ArraySlice<UInt8>?) -> String {
    guard let id else { return "line \(line)" }
    // The beginning of the id is enough: 256 bytes hold 64 characters of four bytes each.
    let text = String(decoding: id.prefix(256), as: UTF8.self)
    return String("line \(line) \(visible(text))".prefix(64))
  }
}
