import Basics

/// Splits chunks of bytes into lines, at byte 0x0A only.
///
/// Append a chunk, take lines until there are none, append the next chunk. At the end of each FILE take its last line:
///
///     splitter.append(chunk)
///     while let line = splitter.next() { … }
///     if let line = splitter.finish() { … }
///
/// - `\r\n` also ends a line. A carriage return anywhere else is content.
/// - A UTF-8 byte order mark is dropped at byte 0 of each FILE only.
/// - Blank lines (space, tab, carriage return) are skipped, but counted.
/// - A line over the maximum is discarded except for its first bytes. Reading resumes after the next newline.
///
/// Every byte is examined once, however small the chunks are. Beside the chunk, memory is at most `maximumLength` and a
/// constant. A complete line within one chunk costs one allocation and one copy.
public struct LineSplitter: Sendable {
  /// The longest line that is passed on, in bytes without its terminator.
  public let maximumLength: Int
  /// The number of the last line counted, blank or not.
  public private(set) var lineNumber: Int

  /// The number of bytes searched for a newline so far. Tests check that this work does not exceed the length of the
  /// input.
  private(set) var bytesSearched = 0

  /// The capacity allocated for the unfinished line.
  var bytesHeld: Int { pending.capacity + (discarded?.capacity ?? 0) }

  private var chunk: [UInt8] = []
  /// The index in `chunk` at which the search continues.
  private var position = 0
  /// The beginning of a line whose newline has not arrived yet.
  private var pending: [UInt8] = []
  private var discarded: DiscardedLine?
  private var isFirstLineOfFile = true

  /// - Parameter maximumLength: at least 1.
  public init(maximumLength: Int, firstLineNumber: Int = 1) {
    precondition(maximumLength >= 1, "a line needs a maximum length of at least 1")
    self.maximumLength = min(maximumLength, Int.max / 2)
    lineNumber = firstLineNumber - 1
  }

  /// Takes over the next bytes of the FILE, without copying them. To be called only when `next()` has returned nil.
  public mutating func append(_ chunk: [UInt8]) {
    precondition(position == self.chunk.count, "lines of the chunk before are still to be taken")
    self.chunk = chunk
    position = 0
  }

  /// Returns the next complete line that is not blank; nil if more bytes are needed first.
  public mutating func next() -> NumberedLine? {
    while position < chunk.count {
      let start = position
      guard let newline = chunk.firstIndex(of: .newline, from: start) else {
        bytesSearched += chunk.count - start
        keep(from: start)
        break
      }
      bytesSearched += newline + 1 - start
      position = newline + 1
      if let line = endLine(start..<newline) { return line }
    }
    // The chunk is released at once: it may be long before the next one arrives.
    chunk = []
    position = 0
    return nil
  }

  /// Ends the FILE. Returns its last line if that has no newline and is not blank. Another FILE can follow; line
  /// numbers continue.
  public mutating func finish() -> NumberedLine? {
    precondition(position == chunk.count, "lines of the chunk before are still to be taken")
    defer { isFirstLineOfFile = true }
    if discarded == nil && pending.dropFirst(byteOrderMarkLength(of: pending)).isEmpty {
      pending = []
      return nil
    }
    chunk = []
    return endLine(0..<0)
  }

  /// The room for a line whose end is not known: a byte order mark and a carriage return may still be dropped from it.
  private var capacity: Int { maximumLength + 4 }

  /// Keeps the rest of the chunk, which has no newline.
  private mutating func keep(from start: Int) {
    let rest = chunk[start...]
    if discarded != nil {
      discarded?.append(rest)
    } else if pending.count + rest.count > capacity {
      discard(rest)
    } else {
      appendToPending(rest)
    }
  }

  private mutating func appendToPending(_ bytes: ArraySlice<UInt8>) {
    let needed = pending.count + bytes.count
    if needed > pending.capacity {
      pending.reserveCapacity(min(max(needed, 2 * pending.capacity), capacity))
    }
    pending.append(contentsOf: bytes)
  }

  private mutating func discard(_ rest: ArraySlice<UInt8>) {
    let mark = byteOrderMarkLength(of: Array(pending.prefix(3)) + rest.prefix(3))
    var line = DiscardedLine()
    line.append(pending.dropFirst(mark))
    line.append(rest.dropFirst(max(0, mark - pending.count)))
    pending = []
    discarded = line
  }

  private mutating func endLine(_ range: Range<Int>) -> NumberedLine? {
    defer { isFirstLineOfFile = false }
    lineNumber += 1
    if discarded == nil && pending.count + range.count > capacity {
      discard(chunk[range])
    } else if discarded != nil {
      discarded?.append(chunk[range])
    }
    if let line = discarded {
      discarded = nil
      return line.isBlank ? nil : NumberedLine(number: lineNumber, content: line.content)
    }
    return pending.isEmpty ? line(of: chunk[range]) : endPendingLine(chunk[range])
  }

  private mutating func endPendingLine(_ rest: ArraySlice<UInt8>) -> NumberedLine? {
    // A short line is copied into storage of its own size, and the buffer kept for the next line. A long line takes the
    // buffer with it.
    let isShort = pending.count + rest.count <= 1 << 16
    if isShort {
      appendToPending(rest)
      defer { pending.removeAll(keepingCapacity: true) }
      return line(of: pending[...])
    }
    appendToPending(rest)
    var whole: [UInt8] = []
    swap(&whole, &pending)
    let mark = byteOrderMarkLength(of: whole)
    if mark > 0 { whole.removeFirst(mark) }
    if whole.last == .carriageReturn { whole.removeLast() }
    if whole.isBlankLine { return nil }
    return whole.count > maximumLength
      ? line(of: whole[...]) : NumberedLine(number: lineNumber, content: .complete(whole))
  }

  private func line(of bytes: ArraySlice<UInt8>) -> NumberedLine? {
    var bytes = bytes
    if isFirstLineOfFile { bytes = bytes.dropFirst(byteOrderMarkLength(of: bytes)) }
    if bytes.last == .carriageReturn { bytes = bytes.dropLast() }
    if bytes.isBlankLine { return nil }
    if bytes.count > maximumLength {
      let prefix = Array(bytes.prefix(NumberedLine.prefixLength))
      return NumberedLine(number: lineNumber, content: .tooLong(prefix: prefix, length: bytes.count))
    }
    return NumberedLine(number: lineNumber, content: .complete(Array(bytes)))
  }

  private func byteOrderMarkLength(of bytes: some Collection<UInt8>) -> Int {
    isFirstLineOfFile && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }
}

/// What is kept of a line that is too long.
private struct DiscardedLine {
  private var prefix: [UInt8] = []
  private var length = 0
  private var endsWithCarriageReturn = false
  private(set) var isBlank = true

  mutating func append(_ bytes: ArraySlice<UInt8>) {
    guard let last = bytes.last else { return }
    prefix += bytes.prefix(NumberedLine.prefixLength - prefix.count)
    length += bytes.count
    endsWithCarriageReturn = last == .carriageReturn
    isBlank = isBlank && bytes.isBlankLine
  }

  var capacity: Int { prefix.capacity }

  var content: NumberedLine.LineContent {
    let length = endsWithCarriageReturn ? length - 1 : length
    return .tooLong(prefix: Array(prefix.prefix(length)), length: length)
  }
}

/// One line of input that is not blank.
public struct NumberedLine: Sendable, Equatable {
  /// The line number, counted from 1 (or from the splitter's first number) over all FILEs, blank lines included.
  public let number: Int
  public let content: LineContent

  public enum LineContent: Sendable, Equatable {
    /// The bytes without the line terminator and the byte order mark.
    case complete([UInt8])
    /// A line over the maximum: its first bytes (at most `NumberedLine.prefixLength`) and its length without the terminator.
    case tooLong(prefix: [UInt8], length: Int)
  }

  /// The number of bytes kept of a line that is too long.
  public static let prefixLength = 4096

  public init(number: Int, content: LineContent) {
    self.number = number
    self.content = content
  }
}
