import Basics

/// Cuts chunks of bytes into lines, at byte 0x0A and nowhere else.
///
/// Feed it a chunk, ask for lines until there is none, feed the next; at the end of each FILE ask for the rest:
///
///     splitter.append(chunk)
///     while let line = splitter.next() { … }
///     if let line = splitter.finish() { … }
///
/// - `\r\n` ends a line as well; a carriage return anywhere else is content.
/// - A UTF-8 byte order mark is dropped at byte 0 of each FILE only.
/// - Blank lines (space, tab, carriage return) are skipped, but counted.
/// - A line over the maximum is discarded but for its beginning, and reading resumes at the next newline.
///
/// Every byte is looked at once, however small the chunks are; memory is at most `maximumLength` and a constant besides
/// the chunk. A complete line that lies in one chunk costs one allocation and one copy.
public struct LineSplitter: Sendable {
  /// The longest line that is handed on, in bytes without its terminator.
  public let maximumLength: Int
  /// The number of the last line that was counted, blank or not.
  public private(set) var lineNumber: Int

  /// How many bytes were searched for a newline so far: the work done, which tests hold to the length of the input.
  private(set) var bytesSearched = 0

  /// The room taken for the line that is being put together.
  var bytesHeld: Int { pending.capacity + (discarded?.capacity ?? 0) }

  private var chunk: [UInt8] = []
  /// Where in `chunk` the search goes on.
  private var position = 0
  /// The beginning of a line whose newline has not come yet.
  private var pending: [UInt8] = []
  private var discarded: DiscardedLine?
  private var isFirstLineOfFile = true

  /// - Parameter maximumLength: at least 1.
  public init(maximumLength: Int, firstLineNumber: Int = 1) {
    precondition(maximumLength >= 1, "a line needs a maximum length of at least 1")
    self.maximumLength = min(maximumLength, Int.max / 2)
    lineNumber = firstLineNumber - 1
  }

  /// Takes over the next bytes of the FILE, without copying them. Call it only when `next()` has returned nil.
  public mutating func append(_ chunk: [UInt8]) {
    precondition(position == self.chunk.count, "lines of the chunk before are still to be taken")
    self.chunk = chunk
    position = 0
  }

  /// The next complete line that is not blank; nil if more bytes are needed first.
  public mutating func next() -> Line? {
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
    // The chunk is given back at once: the reader may wait long for the next.
    chunk = []
    position = 0
    return nil
  }

  /// Ends the FILE: its last line, if that had no newline and is not blank. The next FILE can follow; line numbers run on.
  public mutating func finish() -> Line? {
    precondition(position == chunk.count, "lines of the chunk before are still to be taken")
    defer { isFirstLineOfFile = true }
    if discarded == nil && pending.dropFirst(byteOrderMarkLength(of: pending)).isEmpty {
      pending = []
      return nil
    }
    chunk = []
    return endLine(0..<0)
  }

  /// The room a line may need while its end is not known: a byte order mark and a carriage return may still drop out.
  private var capacity: Int { maximumLength + 4 }

  /// Puts aside the rest of the chunk, in which no newline is.
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

  private mutating func endLine(_ range: Range<Int>) -> Line? {
    defer { isFirstLineOfFile = false }
    lineNumber += 1
    if discarded == nil && pending.count + range.count > capacity {
      discard(chunk[range])
    } else if discarded != nil {
      discarded?.append(chunk[range])
    }
    if let line = discarded {
      discarded = nil
      return line.isBlank ? nil : Line(number: lineNumber, content: line.content)
    }
    return pending.isEmpty ? line(of: chunk[range]) : endPendingLine(chunk[range])
  }

  private mutating func endPendingLine(_ rest: ArraySlice<UInt8>) -> Line? {
    // A short line is copied into storage of its own size, and the room kept for the next one; a long one is handed over.
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
      ? line(of: whole[...]) : Line(number: lineNumber, content: .complete(whole))
  }

  private func line(of bytes: ArraySlice<UInt8>) -> Line? {
    var bytes = bytes
    if isFirstLineOfFile { bytes = bytes.dropFirst(byteOrderMarkLength(of: bytes)) }
    if bytes.last == .carriageReturn { bytes = bytes.dropLast() }
    if bytes.isBlankLine { return nil }
    if bytes.count > maximumLength {
      let prefix = Array(bytes.prefix(Line.prefixLength))
      return Line(number: lineNumber, content: .tooLong(prefix: prefix, length: bytes.count))
    }
    return Line(number: lineNumber, content: .complete(Array(bytes)))
  }

  private func byteOrderMarkLength(of bytes: some Collection<UInt8>) -> Int {
    isFirstLineOfFile && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }
}

/// What is remembered of a line that is too long.
private struct DiscardedLine {
  private var prefix: [UInt8] = []
  private var length = 0
  private var endsWithCarriageReturn = false
  private(set) var isBlank = true

  mutating func append(_ bytes: ArraySlice<UInt8>) {
    guard let last = bytes.last else { return }
    prefix += bytes.prefix(Line.prefixLength - prefix.count)
    length += bytes.count
    endsWithCarriageReturn = last == .carriageReturn
    isBlank = isBlank && bytes.isBlankLine
  }

  var capacity: Int { prefix.capacity }

  var content: Line.Content {
    let length = endsWithCarriageReturn ? length - 1 : length
    return .tooLong(prefix: Array(prefix.prefix(length)), length: length)
  }
}

/// One line of input that is not blank.
public struct Line: Sendable, Equatable {
  /// Counted from 1 (or from what the splitter was told) over all FILEs, blank lines included.
  public let number: Int
  public let content: Content

  public enum Content: Sendable, Equatable {
    /// The bytes without line terminator and byte order mark.
    case complete([UInt8])
    /// A line over the maximum: its first bytes (at most `Line.prefixLength`) and how long it was, terminator not counted.
    case tooLong(prefix: [UInt8], length: Int)
  }

  /// How many bytes are kept of a line that is too long.
  public static let prefixLength = 4096

  public init(number: Int, content: Content) {
    self.number = number
    self.content = content
  }
}
