import Articles
import Basics
import SystemIO

/// What FILE is made into once the whole input has been answered: without the older error records of articles that this
/// run has read, and with `-k` in the order of this input. It reads FILE twice and keeps, beside the places of the records
/// of this input, a bit for each record that FILE had before.
///
/// Three steps, because the index and the list of the others need not be in memory together:
///
///     var pass = FinalPass(…)
///     try pass.sort(by: index, identity)     // the index can go now
///     if try pass.isNeeded() { try pass.write { bytes in … } }
struct FinalPass: Sendable {
  private let file: Descriptor
  /// What FILE had before this run.
  private let old: Range<Int>
  private let end: Int
  /// nil without `-k`.
  private let order: OffsetList?
  /// For each old line whether it is copied in its turn: with `-k` those of other inputs, else those that stay.
  private var isCopied = BitList()
  /// Old lines that are left out, all their newlines included.
  private var droppedRecords = 0
  private var droppedBytes = 0
  /// With `-k`, the records of other inputs by line and place.
  private var others: [(line: Int, offset: Int)] = []

  /// - Parameters:
  ///   - old: where the records from before this run stand.
  ///   - end: where the records of this run end.
  init(of file: Descriptor, old: Range<Int>, end: Int, order: OffsetList?) {
    self.file = file
    self.old = old
    self.end = end
    self.order = order
  }

  /// How many bytes FILE will have.
  var size: Int { end - droppedBytes }

  /// Finds what is to be left out, and what is of other inputs.
  /// - Parameter isStopped: asked for every line; then it throws `interrupted`.
  mutating func sort(
    by index: ResumeIndex, _ identity: ArticleIdentity, isStopped: () -> Bool = { false }
  ) throws(SystemError) {
    var lines = LogReader(file, in: old)
    while let line = try lines.next() {
      if isStopped() { throw .interrupted }
      guard let record = LogRecord(scanning: line.bytes, by: identity) else {
        // A blank line: it goes where FILE is written anew, and is no reason to do so.
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

  /// Whether FILE is not yet as it should be.
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

  /// Hands over all that stays, in its order, in pieces of a megabyte or of one record.
  /// - Returns: false where FILE is not what it was: somebody else has changed it.
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
