import Articles
import Basics
import JSONLines
package import Summarization
package import SystemIO

/// What a file must hold to be resumed.
package struct RecoveryRules: Sendable {
  /// The tasks that every result must have; nil for a file of error records alone.
  package var tasks: SummaryTasks?
  /// The tasks that a result may lack: commands may answer with a summary alone.
  package var optionalTasks: SummaryTasks = []
  /// Whether results also have the article's own fields, whose names may be those of other tasks.
  package var merges = false
  /// The `made_by` of this run's results.
  package var madeBy = ""

  package init(
    tasks: SummaryTasks? = nil, optionalTasks: SummaryTasks = [], merges: Bool = false, madeBy: String = ""
  ) {
    self.tasks = tasks
    self.optionalTasks = optionalTasks
    self.merges = merges
    self.madeBy = madeBy
  }
}

/// Why a file cannot be resumed.
package enum ResumeRefusal: Error, Equatable {
  case notOurs(line: Int)
  /// It has records without fingerprints, as earlier versions wrote them.
  case earlierFormat
  case lacks(task: String, line: Int)
  case holds(task: String, line: Int)
  case tooLarge
  case failed(SystemError)
}

/// Reads back a file of records: enters them into the resume index, and finds the torn record that a killed run left at
/// the end.
package struct LogRecovery {
  /// The number of bytes to keep. A torn record follows, if anything does.
  private(set) var end = 0
  /// Whether the last record lacks its newline.
  private(set) var lacksNewline = false
  private(set) var results = 0
  private(set) var errors = 0
  private(set) var blankLines = 0
  /// The number of results made by another model than this run's, and the names of up to three such models.
  private(set) var foreignResults = 0
  private(set) var foreignModels: Set<[UInt8]> = []

  /// - Parameter size: the size of the file.
  init(
    reading file: FileDescriptor, size: Int, by rules: RecoveryRules, identity: ArticleIdentity = .fingerprint,
    into index: ResumeIndex, chunkSize: Int = 1 << 18
  ) throws(ResumeRefusal) {
    guard size < ResumeIndex.largestOffset else { throw .tooLarge }
    var lines = LogReader(file, in: 0..<size, chunkSize: chunkSize)
    // A large file without newlines that is not a result file is refused without reading it to its end.
    guard let first = try Self.beginning(&lines).first else { return }
    guard first == UInt8(ascii: "{") || Self.isSpace(first) else { throw .notOurs(line: 1) }
    var writer = JSONWriter()
    writer.value(rules.madeBy)
    let ownModel = writer.bytes
    var number = 0
    while let line = try Self.next(&lines) {
      number += 1
      if let record = LogRecord(scanning: line.bytes, by: identity) {
        let article = record.article(by: identity)
        if record.fingerprint == nil, rules.tasks != nil { throw number == 1 ? .earlierFormat : .notOurs(line: number) }
        try take(record, of: article, at: line.offset, number, rules, index)
        if let model = record.madeBy, model != ownModel { count(model) }
        end = line.end
        lacksNewline = !line.isWhole
      } else if !line.isWhole, Self.isTorn(line.bytes, isOnly: number == 1) {
        return
      } else if number > 1, line.isWhole, line.bytes.allSatisfy(Self.isSpace) {
        end = line.end
        blankLines += 1
      } else {
        throw .notOurs(line: number)
      }
    }
  }

  private mutating func take(
    _ record: LogRecord, of article: Hash128?, at offset: Int, _ number: Int, _ rules: RecoveryRules,
    _ index: ResumeIndex
  ) throws(ResumeRefusal) {
    switch record.content {
    case .error(let code):
      errors += 1
      if let article, !record.isTorn { index.foundError(code, of: article) }
    case .result(let tasks):
      guard let asked = rules.tasks else { throw .notOurs(line: number) }
      if let task = asked.subtracting(tasks).subtracting(rules.optionalTasks).name {
        throw .lacks(task: task, line: number)
      }
      if !rules.merges, let task = tasks.subtracting(asked).name { throw .holds(task: task, line: number) }
      results += 1
      if let article { index.foundResult(of: article, at: offset) }
    }
  }

  private mutating func count(_ model: [UInt8]) {
    foreignResults += 1
    // A message needs no more than a few names.
    if foreignModels.count < 3 { foreignModels.insert(model) }
  }

  /// Returns whether an unparsable last line is the beginning of a record that a killed run could not finish. The only
  /// line of a file must also begin like a record.
  private static func isTorn(_ bytes: [UInt8], isOnly: Bool) -> Bool {
    if (try? JSON.validate(bytes)) != nil { return false }
    return !isOnly || bytes.starts(with: #"{""#.utf8) || bytes == Array("{".utf8)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  private static func beginning(_ lines: inout LogReader) throws(ResumeRefusal) -> ArraySlice<UInt8> {
    do throws(SystemError) { return try lines.beginning() } catch { throw .failed(error) }
  }

  private static func next(_ lines: inout LogReader) throws(ResumeRefusal) -> LogReader.LogLine? {
    do throws(SystemError) { return try lines.next() } catch { throw .failed(error) }
  }
}

extension SummaryTasks {
  /// The name of one of the tasks; nil if the set is empty.
  var name: String? {
    contains(.summary) ? "summary" : contains(.sentiment) ? "sentiment" : contains(.keywords) ? "keywords" : nil
  }
}
