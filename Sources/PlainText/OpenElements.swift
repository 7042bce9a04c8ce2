/// An element whose end tag has not been met.
struct OpenElement {
  let element: HTMLElement
  /// Whether closing the element removes all text written since `mark`.
  let drops: Bool
  let mark: PlainTextBuilder.TextCheckpoint
  /// The number of main parts of the page when the element was opened.
  let mainParts: Int
  /// The maximum length of the text that makes the element a caption; 0 if it is none.
  let longestCaption: Int
  fileprivate let previousSame: Int32
  fileprivate let previousBlock: Int32
  fileprivate let previousScope: Int32
}

/// The stack of open elements, innermost last. Every query takes constant time at any depth.
struct OpenElements {
  /// The maximum depth, as in browsers. The content of deeper elements belongs to the innermost recorded one.
  private static let deepest = 512

  private var entries: [OpenElement] = []
  private var innermost = [Int32](repeating: -1, count: HTMLElement.count)
  private var block: Int32 = -1
  private var scope: Int32 = -1
  /// The number of open elements beyond the maximum depth.
  private var overflow = 0

  var isPreformatted: Bool { innermost[Int(HTMLElement.pre.index)] >= 0 }

  /// Returns whether the element was recorded.
  mutating func push(
    _ element: HTMLElement, drops: Bool, mark: PlainTextBuilder.TextCheckpoint, mainParts: Int, longestCaption: Int
  ) -> Bool {
    guard entries.count < Self.deepest else {
      overflow += 1
      return false
    }
    let index = Int32(entries.count)
    entries.append(
      OpenElement(
        element: element, drops: drops, mark: mark, mainParts: mainParts, longestCaption: longestCaption,
        previousSame: innermost[Int(element.index)], previousBlock: block, previousScope: scope))
    innermost[Int(element.index)] = index
    let traits = element.traits
    if !traits.isDisjoint(with: [.block, .line, .scope, .dropped]) { block = index }
    if traits.contains(.scope) { scope = index }
    return true
  }

  /// Removes and returns the innermost entry if its depth is `depth` or more.
  mutating func pop(downTo depth: Int) -> OpenElement? {
    guard entries.count > depth, let entry = entries.popLast() else { return nil }
    innermost[Int(entry.element.index)] = entry.previousSame
    block = entry.previousBlock
    scope = entry.previousScope
    return entry
  }

  /// Returns the depth of the element that an end tag closes; nil if it closes none.
  mutating func depth(endedBy element: HTMLElement) -> Int? {
    guard overflow == 0 else {
      overflow -= 1
      return nil
    }
    let found = innermost[Int(element.index)]
    guard found >= 0 else { return nil }
    let traits = element.traits
    let limit: Int32
    if element == .td || element == .th || element == .tr {
      limit = innermost[Int(HTMLElement.table.index)]
    } else if traits.contains(.scope) {
      limit = -1
    } else if traits.isDisjoint(with: [.block, .line, .dropped]) {
      limit = block
    } else {
      limit = scope
    }
    return found > limit ? Int(found) : nil
  }

  /// Returns the depth of the element that this start tag closes, because its end tag may be omitted; nil if there is
  /// none.
  func depth(endedByStartOf element: HTMLElement) -> Int? {
    switch element {
    case .li: return newest(of: .li, .li, within: lists)
    case .dt, .dd: return newest(of: .dt, .dd, within: lists)
    case .tr: return newest(of: .tr, .tr, within: innermost[Int(HTMLElement.table.index)])
    case .td, .th: return newest(of: .td, .th, within: innermost[Int(HTMLElement.table.index)])
    case .body: return newest(of: .head, .head, within: -1)
    default:
      guard element.traits.contains(.block) else { return nil }
      return newest(of: .p, .p, within: scope)
    }
  }

  private var lists: Int32 {
    var newest: Int32 = -1
    for list in HTMLElement.lists { newest = max(newest, innermost[Int(list)]) }
    return newest
  }

  private func newest(of one: HTMLElement, _ other: HTMLElement, within limit: Int32) -> Int? {
    let found = max(innermost[Int(one.index)], innermost[Int(other.index)])
    return found > limit ? Int(found) : nil
  }
}
