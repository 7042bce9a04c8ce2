import Basics
import JSONLines

/// The reason why the number is not higher.
package enum LevelBound: Sendable, Equatable {
  /// The reason is not known: the number has not settled.
  case none
  /// Calls above the number were refused with this status; nil if they were not answered in time.
  case refusals(status: Int?)
  /// A higher number did no more work.
  case noMoreWork
  /// The input supplied fewer articles than could have been in flight.
  case input
  /// The number is the allowed maximum.
  case maximum
  /// The number is that of the cores.
  case cores
}

/// The best number of articles in flight, as found by a run (`-j auto`).
package struct LevelFinding: Sendable, Equatable {
  package var level: Int
  package var bound: LevelBound

  package init(level: Int, bound: LevelBound) {
    self.level = level
    self.bound = bound
  }

  /// The line of the timing summary.
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

  /// Writes the finding as a JSON object.
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

/// The changes of the maximum number of articles in flight, each with its time. Pure.
package struct LevelHistory: Sendable {
  /// The maximum number of changes that are kept. Whenever it is reached, every second change is left out.
  static let most = 512

  package private(set) var current: Int?
  private(set) var changes: [(time: Instant, level: Int)] = []
  /// The number of changes of which one is kept.
  private var stride = 1
  private var seen = 0

  /// The time of the first change, which is the start of the run.
  var start: Instant? { changes.first?.time }

  mutating func changed(to level: Int, at time: Instant) {
    current = level
    defer { seen += 1 }
    guard seen.isMultiple(of: stride) else { return }
    changes.append((time, level))
    guard changes.count == Self.most else { return }
    changes = changes.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    stride *= 2
  }
}
