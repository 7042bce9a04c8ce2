/// Finds the name that was probably meant.
enum Suggestion {
  /// The names of options in other programs, with the options of this one.
  static let namesElsewhere = [
    "workers": "--jobs", "concurrency": "--jobs", "threads": "--jobs", "parallel": "--jobs", "max-procs": "--jobs",
    "procs": "--jobs", "max-workers": "--jobs", "ordered": "--keep-order", "url": "--base-url", "host": "--base-url",
    "api-base": "--base-url", "system": "--prompt", "max-retries": "--retries", "silent": "--quiet", "out": "--output",
    "P": "-j", "n": "-j", "s": "-q", "e": "--errors",
  ]

  /// The names of options in other programs that take a key.
  static let namesOfKeys: Set<String> = ["api-key", "apikey", "key", "token", "api-token", "openai-api-key"]

  /// Returns the option, with its hyphens, that an unknown one may stand for; nil if none is near.
  static func option(for typed: String) -> String? {
    namesElsewhere[typed] ?? near(typed, in: Option.table.map(\.long)).map { "--\($0)" }
  }

  /// Returns the only candidate that begins with the typed text or, without one, the nearest candidate. At most a third
  /// of its letters, but always one, may differ.
  static func near(_ typed: String, in candidates: [String]) -> String? {
    let beginning = candidates.filter { $0.hasPrefix(typed) }
    if !typed.isEmpty, beginning.count == 1 { return beginning[0] }
    let ranked = candidates.map { (distance: editDistance(typed, $0), name: $0) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, best.name.count / 3) ? best.name : nil
  }

  /// Returns the least number of letters to insert, remove, replace or swap with a neighbour (optimal string
  /// alignment).
  static func editDistance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a), Array(b))
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
