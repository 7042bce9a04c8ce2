import Basics
import JSONLines

/// How many articles in flight proved best (`-j auto`).
package struct LevelFinding: Sendable, Equatable {
  /// Why not more.
  package enum Bound: Sendable, Equatable {
    /// Not known: it has not settled.
    case none
    /// Calls above it were refused, with this status; nil: they were not answered in time.
    case refusals(status: Int?)
    /// More did no more work.
    case noMoreWork
    /// Fewer articles came than could have been in flight.
    case input
    /// It is the most that is allowed.
    case maximum
    /// No more can compute at once.
    case cores
  }

  package var level: Int
  package var bound: Bound

  package init(level: Int, bound: Bound) {
    self.level = level
    self.bound = bound
  }

  /// A line of the timing summary.
  var words: String {
    let settled = "settled at \(level) in flight"
    return switch bound {
    case .none: "came to \(level) in flight; too few articles to settle"
    case .refusals(let status?): "\(settled): \(status) above that"
    case .refusals(nil): "\(settled): no answer in time above that"
    case .noMoreWork: "\(settled): more did no more work"
    case .input: "\(settled): the input is slower"
    case .maximum: "\(settled): the maximum"
    case .cores: "\(settled): as many as there are cores"
    }
  }

  /// The name of the bound in JSON.
  private var name: String {
    switch bound {
    case .none: "none"
    case .refusals: "refusals"
    case .noMoreWork: "no_more_work"
    case .input: "input"
    case .maximum: "maximum"
    case .cores: "cores"
    }
  }

  /// As a JSON object.
  func write(to writer: inout JSONWriter, _ levels: LevelHistory) {
    writer.beginObject()
    writer.key("level")
    writer.value(level)
    writer.key("bound")
    writer.value(name)
    writer.key("levels")
    writer.beginArray()
    for change in levels.changes {
      writer.beginArray()
      writer.seconds(levels.start.map { change.time - $0 })
      writer.value(change.level)
      writer.endArray()
    }
    writer.endArray()
    writer.endObject()
  }
}

/// How many articles could be in flight, and from when on. Pure.
package struct LevelHistory: Sendable {
  /// So many changes are kept: of more, every second one is left out, again and again.
  static let most = 512

  package private(set) var current: Int?
  private(set) var changes: [(time: ContinuousClock.Instant, level: Int)] = []
  /// One of so many changes is kept.
  private var stride = 1
  private var seen = 0

  /// When the run began.
  var start: ContinuousClock.Instant? { changes.first?.time }

  mutating func changed(to level: Int, at time: ContinuousClock.Instant) {
    current = level
    defer { seen += 1 }
    guard seen.isMultiple(of: stride) else { return }
    changes.append((time, level))
    guard changes.count == Self.most else { return }
    changes = changes.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    stride *= 2
  }
}
