/// A growing buffer of bytes, without the checks of `Array`.
struct ByteBuffer: ~Copyable {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = max(capacity, 64)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  var array: [UInt8] { Array(Bytes(start: base, count: count)) }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count == capacity { reserve(1) }
    base[count] = byte
    count &+= 1
  }

  @inline(__always)
  mutating func append(_ start: UnsafePointer<UInt8>, _ length: Int) {
    if capacity &- count < length { reserve(length) }
    (base + count).update(from: start, count: length)
    count &+= length
  }

  mutating func append(scalar value: UInt32) {
    guard let encoded = UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") else { return }
    for byte in encoded { append(byte) }
  }

  /// Whether the last `length` bytes equal those of `bytes` before `end`.
  func endsLike(_ bytes: Bytes, to end: Int, length: Int) -> Bool {
    guard end >= length, count >= length else { return false }
    for offset in 1...length where base[count &- offset] != bytes[end &- offset] { return false }
    return true
  }

  mutating func truncate(to length: Int) { count = min(count, length) }

  mutating func replace(_ byte: UInt8, at index: Int) { base[index] = byte }

  @inline(never)
  private mutating func reserve(_ more: Int) {
    capacity = max(capacity &* 2, count &+ more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }
}

/// Builds the text. White space is pending until text follows; only the strongest pending separator is written.
struct PlainTextBuilder: ~Copyable {
  enum TextSeparator: UInt8, Comparable {
    case none, space, cell, line, blankLine

    static func < (left: TextSeparator, right: TextSeparator) -> Bool { left.rawValue < right.rawValue }
  }

  /// The state of a table row: not begun or broken into lines, without text so far, or with all its text in one line.
  fileprivate enum TableRowState { case none, empty, line }

  /// A state that the builder can return to.
  struct TextCheckpoint {
    fileprivate(set) var count = 0
    fileprivate(set) var pending = TextSeparator.none
    fileprivate var row = TableRowState.none
    fileprivate var isAtCellStart = false
    /// The index of the last cell separator in the row, or -1.
    fileprivate var cellSeparator = -1
  }

  private(set) var buffer: ByteBuffer
  private(set) var mark = TextCheckpoint()
  /// The width of the white space at the beginning of a preformatted line.
  private var indent = 0

  init(capacity: Int) { buffer = ByteBuffer(capacity: capacity) }

  var count: Int { buffer.count }

  /// Requests a separator before the next text. Line ends at the beginning of a cell are ignored, so that a block in it
  /// does not separate it from the cell before.
  @inline(__always)
  mutating func separate(_ separator: TextSeparator) {
    guard !mark.isAtCellStart || separator < .line else { return }
    if mark.pending < separator { mark.pending = separator }
  }

  /// Adds a break; the second of two in a row makes a blank line.
  mutating func breakLine() {
    indent = 0
    separate(mark.pending >= .line ? .blankLine : .line)
  }

  /// Adds a byte of white space in preformatted text, which keeps all of it.
  mutating func preformatted(_ byte: UInt8) {
    if byte == .newline {
      breakLine()
    } else if mark.pending >= .line || count == 0 {
      indent &+= byte == .tab ? 4 : 1
    } else {
      flush()
      buffer.append(byte == .tab ? .tab : .space)
    }
  }

  @inline(__always)
  mutating func append(_ start: UnsafePointer<UInt8>, _ length: Int) {
    flush()
    buffer.append(start, length)
  }

  mutating func append(_ byte: UInt8) {
    flush()
    buffer.append(byte)
  }

  mutating func append(scalar: UInt32) {
    flush()
    buffer.append(scalar: scalar)
  }

  /// Removes the last `length` bytes.
  mutating func removeLast(_ length: Int) { buffer.truncate(to: count &- length) }

  @inline(__always)
  private mutating func flush() {
    if mark.pending != .none || indent > 0 || mark.row == .empty || mark.isAtCellStart { writeSeparator() }
  }

  private mutating func writeSeparator() {
    if count > 0 {
      if mark.pending >= .line {
        while count > 0, buffer.base[count &- 1] == .space { buffer.truncate(to: count &- 1) }
        if mark.row == .line { breakRow() }
      }
      switch mark.pending {
      case .none: break
      case .space: buffer.append(.space)
      case .cell:
        mark.cellSeparator = count
        buffer.append(.tab)
      case .line: buffer.append(.newline)
      case .blankLine:
        buffer.append(.newline)
        buffer.append(.newline)
      }
    }
    if mark.row == .empty { mark.row = .line }
    mark.isAtCellStart = false
    mark.pending = .none
    while indent > 0 {
      buffer.append(.space)
      indent &-= 1
    }
  }

  /// Moves a cell with several lines below the cell before it.
  private mutating func breakRow() {
    if mark.cellSeparator >= 0 && mark.cellSeparator < count { buffer.replace(.newline, at: mark.cellSeparator) }
    mark.cellSeparator = -1
    mark.row = .none
  }

  // MARK: Tables

  mutating func beginRow() {
    endRow()
    mark.row = .empty
  }

  mutating func beginCell() {
    mark.isAtCellStart = false
    if mark.row == .line { mark.pending = .cell } else { separate(.line) }
    mark.isAtCellStart = true
  }

  mutating func endRow() {
    mark.isAtCellStart = false
    // A block in the last cell adds no blank line between rows.
    if mark.row == .line { mark.pending = .none }
    separate(.line)
    mark.row = .none
    mark.cellSeparator = -1
  }

  // MARK: Taking back

  var currentMark: TextCheckpoint {
    var mark = mark
    mark.count = count
    return mark
  }

  /// Removes everything written since `mark` was taken.
  mutating func rewind(to mark: TextCheckpoint) {
    buffer.truncate(to: mark.count)
    self.mark = mark
    indent = 0
  }
}
