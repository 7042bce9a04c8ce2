/// What stands before an item of a list: a bullet, "1.", "2)", "3.)", "b.".
struct ListMarker: Equatable {
  enum Style: Equatable { case bullet, stop, bracket, stopAndBracket, letter }

  let style: Style
  let value: Int
  /// Bytes of the marker, without the space after it.
  let length: Int

  init?(_ bytes: Bytes, at start: Int) {
    guard start < bytes.count else { return nil }
    let first = scalar(bytes, at: start)
    let second = start + first.length < bytes.count ? bytes[start + first.length] : 0x20
    switch first.value {
    case 0x2022, 0x2043, 0x25AA, 0x25CF, 0x25E6, 0x2219:
      (style, value, length) = (.bullet, 0, first.length + Self.number(bytes, start + first.length))
      return
    case 0x2A, 0x2D, 0x2013:
      guard second == 0x20 else { return nil }
      (style, value, length) = (.bullet, 0, first.length)
      return
    case 0x61...0x7A:
      guard second == 0x2E || second == 0x29, start + 2 < bytes.count, bytes[start + 2] == 0x20 else { return nil }
      (style, value, length) = (.letter, Int(first.value), 2)
      return
    case 0x30...0x39: break
    default: return nil
    }
    var index = start
    var number = 0
    while index < bytes.count, (0x30...0x39).contains(bytes[index]), index < start + 3 {
      number = number * 10 + Int(bytes[index] - 0x30)
      index += 1
    }
    guard index < bytes.count else { return nil }
    let stop = bytes[index] == 0x2E
    let bracket = index + (stop ? 1 : 0)
    let hasBracket = bracket < bytes.count && bytes[bracket] == 0x29
    guard stop || hasBracket else { return nil }
    let end = bracket + (hasBracket ? 1 : 0)
    guard end < bytes.count, bytes[end] == 0x20 else { return nil }
    (style, value) = (stop ? (hasBracket ? .stopAndBracket : .stop) : .bracket, number)
    length = end - start
  }

  func follows(_ other: ListMarker) -> Bool {
    style == other.style && style != .bullet && value == other.value + 1
  }

  /// The length of a number after a bullet, with the space between: "• 9."
  private static func number(_ bytes: Bytes, _ start: Int) -> Int {
    var index = start
    if index < bytes.count, bytes[index] == 0x20 { index += 1 }
    let digits = index
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
    return index > digits && index < bytes.count && bytes[index] == 0x2E ? index + 1 - start : 0
  }
}
