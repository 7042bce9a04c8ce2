import Articles
import Basics
import SystemIO

/// The final form of FILE, made once the whole input has been answered: without the older error records of articles
/// that this run has read, and with `-k` in the order of this input. It reads the part from before this run twice, with
/// `-k` three times, and the rest once. It keeps the offsets of this input's records, a bit for each line that FILE had
/// before, and with `-k` the line number and offset of each record of other inputs.
///
/// There are three steps, so that the index and the list of other inputs' records need not be in memory together:
///
///     var pass = LogCompaction(…)
///     try pass.sort(by: index, identity)     // the index can be released now
///     if try pass.isNeeded() { try pass.write { bytes in … } }
struct LogCompaction: Sendable {
  private let file: FileDescriptor
  /// The range that FILE had before this run.
  private let old: Range<Int>
  private let end: Int
  /// The offset of each article's record, in input order; nil without `-k`.
  private let order: OffsetList?
  /// For each old line whether it is copied in its turn: with `-k` the lines of other inputs, else all lines that stay.
  private var isCopied = BitList()
  /// The number of error records that are left out, and the number of bytes of all lines left out, newlines included.
  private var droppedRecords = 0
  private var droppedBytes = 0
  /// With `-k`, the records of other inputs, ordered by line number and offset.
  private var others: [(line: Int, offset: Int)] = []

  /// - Parameters:
  ///   - old: the range of the records from before this run.
  ///   - end: where the records of this run end.
  init(of file: FileDescriptor, old: Range<Int>, end: Int, order: OffsetList?) {
    self.file = file
    self.old = old
    self.end = end
    self.order = order
  }

  /// The size of FILE in its final form, in bytes.
  var size: Int { end - droppedBytes }

  /// Finds the lines to leave out and, with `-k`, the records of other inputs.
  /// - Parameter isStopped: asked before every line. If it returns true, `interrupted` is thrown.
  mutating func sort(
    by index: ResumeIndex, _ identity: ArticleIdentity, isStopped: () -> Bool = { false }
  ) throws(SystemError) {
    var lines = LogReader(file, in: old)
    while let line = try lines.next() {
      if isStopped() { throw .interrupted }
      guard let record = LogRecord(scanning: line.bytes, by: identity) else {
        // A blank line is dropped if FILE is rewritten, but is no reason to rewrite it.
        droppedBytes += line.end - line.offset
        isCopied.append(false)
        continue
      }
      let article = record.article(by: identity)
      if record.isError, record.isTorn || article.map({ index.hasVisited($0) }) ?? false {
        droppedRecords += 1
        droppedBytes += line.end - line.offset
        isCopied.append(false)
      } else if order != nil, !record.isError, let article, index.isResult(of: article, at: line.offset) {
        isCopied.append(false)
      } else {
        isCopied.append(true)
      }
    }
  }

  /// Returns whether FILE has to be rewritten: it has error records to leave out or, with `-k`, records out of order.
  mutating func isNeeded() throws(SystemError) -> Bool {
    guard let order else { return droppedRecords > 0 }
    try findOthers()
    var last = -1
    var isAscending = true
    for other in others {
      isAscending = isAscending && other.offset > last
      last = other.offset
    }
    order.forEach { offset in
      isAscending = isAscending && offset > last
      last = offset
    }
    return droppedRecords > 0 || !isAscending
  }

  private mutating func findOthers() throws(SystemError) {
    var lines = LogReader(file, in: old)
    var place = 0
    while let line = try lines.next() {
      defer { place += 1 }
      guard isCopied[place], let record = LogRecord(scanning: line.bytes) else { continue }
      others.append((record.line, line.offset))
    }
    others.sort { ($0.line, $0.offset) < ($1.line, $1.offset) }
  }

  /// Passes the records that stay to `put`, in their final order, in pieces of at least a megabyte (the last may be
  /// smaller).
  /// - Returns: false if FILE has changed: another program has written to it.
  func write(_ put: ([UInt8]) throws(SystemError) -> Void) throws(SystemError) -> Bool {
    var buffer: [UInt8] = []
    var written = 0
    func flush(atLeast count: Int) throws(SystemError) {
      guard buffer.count >= count else { return }
      try put(buffer)
      written += buffer.count
      buffer.removeAll(keepingCapacity: true)
    }

    if let order {
      var source = RecordSource(file, end: end)
      var isIntact = true
      func copy(_ offset: Int) throws(SystemError) {
        guard isIntact else { return }
        isIntact = try source.copy(from: offset, to: &buffer)
        try flush(atLeast: 1 << 20)
      }
      for other in others { try copy(other.offset) }
      try order.forEach { offset throws(SystemError) in try copy(offset) }
      guard isIntact else { return false }
    } else {
      var lines = LogReader(file, in: 0..<end)
      var place = 0
      while let line = try lines.next() {
        if place >= isCopied.count || isCopied[place] { buffer += line.bytes + [0x0A] }
        place += 1
        try flush(atLeast: 1 << 20)
      }
    }
    try flush(atLeast: 1)
    return written == size
  }
}
