import JSONLines

/// Which lane of a trace each article in flight is drawn in: as many lanes as were ever in flight at once. Pure; every
/// event takes constant time.
struct TraceLanes {
  private var lanes: [Int: (lane: Int, label: String)] = [:]
  private var free: [Int] = []
  private var count = 0

  /// An article is in flight from now on.
  /// - Returns: its lane, counted from 1, and whether it is the first there.
  mutating func enter(_ line: Int) -> (lane: Int, isNew: Bool) {
    let reused = free.popLast()
    if reused == nil { count += 1 }
    let lane = reused ?? count
    lanes[line] = (lane, Self.label(line: line, id: nil))
    return (lane, reused == nil)
  }

  /// Says what is written on the bar of an article.
  mutating func name(_ line: Int, _ label: String) {
    lanes[line]?.label = label
  }

  /// The article is in flight no more.
  /// - Returns: the lane that is free again, and what is written on the bar.
  mutating func leave(_ line: Int) -> (lane: Int, label: String)? {
    guard let entry = lanes.removeValue(forKey: line) else { return nil }
    free.append(entry.lane)
    return entry
  }

  subscript(line: Int) -> Int? { lanes[line]?.lane }

  /// Line and id, in at most 64 characters.
  static func label(line: Int, id: ArraySlice<UInt8>?) -> String {
    guard let id else { return "line \(line)" }
    // A byte or more makes a character: what is cut off here could not be shown.
    let text = String(decoding: id.prefix(256), as: UTF8.self)
    return String("line \(line) \(visible(text))".prefix(64))
  }
}
