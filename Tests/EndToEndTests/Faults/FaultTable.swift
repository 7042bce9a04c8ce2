import BoundedConcurrency

/// What became of each fault, for CONTRIBUTING.
final class FaultTable: Sendable {
  struct Row: Sendable {
    /// Runs that were struck before their end.
    var struck = 0
    var lost = 0
    var doubled = 0
    /// How runs ended that were struck, and how often.
    var endings: [String: Int] = [:]
  }

  private let rows = Lock<[(fault: String, row: Row)]>([])

  /// - Returns: how many rows there are now.
  func add(_ row: Row, of fault: Fault) -> Int {
    rows.withLock { rows in
      rows.append((fault.description, row))
      return rows.count
    }
  }

  /// In Markdown.
  var text: String {
    let order = Fault.all.map(\.description)
    let sorted = rows.withLock { $0 }.sorted { order.firstIndex(of: $0.fault)! < order.firstIndex(of: $1.fault)! }
    let lines = sorted.map { fault, row in
      let endings = row.endings.sorted { $0.value > $1.value }.map(\.key).joined(separator: ", ")
      return "| \(fault) | \(row.struck) | \(row.lost) | \(row.doubled) | \(endings) |"
    }
    let total = sorted.reduce(0) { $0 + $1.row.struck }
    return """
      | fault | times tried | records lost | records doubled | exit status |
      |---|---:|---:|---:|---|
      \(lines.joined(separator: "\n"))

      \(total) faults in all
      """
  }
}
