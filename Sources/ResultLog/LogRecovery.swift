import Articles
import Basics
import JSONLines
package import Summarization
package import SystemIO

/// Reads a file of ours back: what it holds goes into the index, and what a killed run left at its end is found.
package struct LogRecovery {
  /// What a file must hold to be gone on with.
  package struct Rules: Sendable {
    /// nil for a file of error records alone.
    package var tasks: SummaryTasks?
    /// What a result may lack of them: commands may answer with a summary alone.
    package var optionalTasks: SummaryTasks = []
    /// Whether a result may have fields of the article besides, which may have the names of other tasks.
    package var merges = false
    /// What this run's results say of their model.
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

  /// Why a file is none to go on with.
  package enum Refusal: Error, Equatable {
    case notOurs(line: Int)
    /// It has records without fingerprints, as earlier versions wrote them.
    case earlierFormat
    case lacks(task: String, line: Int)
    case holds(task: String, line: Int)
    case tooLarge
    case failed(SystemError)
  }

  /// How much of the file is to be kept: what follows is a torn record.
  private(set) var end = 0
  /// Whether the last record lacks its newline.
  private(set) var lacksNewline = false
  private(set) var results = 0
  private(set) var errors = 0
  private(set) var blankLines = 0
  /// How many of the results are of another model than this run's, and of which.
  private(set) var foreignResults = 0
  private(set) var foreignModels: Set<[UInt8]> = []

  /// - Parameter size: of the file.
  init(
    reading file: Descriptor, size: Int, by rules: Rules, identity: ArticleIdentity = .fingerprint,
    into index: ResumeIndex, chunkSize: Int = 1 << 18
  ) throws(Refusal) {
    guard size < ResumeIndex.largestOffset else { throw .tooLarge }
    var lines = LogReader(file, in: 0..<size, chunkSize: chunkSize)
    // Somebody's large file without newlines is not read to its end before it is refused.
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
    _ record: LogRecord, of article: Hash128?, at offset: Int, _ number: Int, _ rules: Rules, _ index: ResumeIndex
  ) throws(Refusal) {
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
    // The names of a few are enough to tell.
    if foreignModels.count < 3 { foreignModels.insert(model) }
  }

  /// Whether the last line is the beginning of a record that a killed run could not finish, and not something else.
  private static func isTorn(_ bytes: [UInt8], isOnly: Bool) -> Bool {
    if (try? JSON.validate(bytes)) != nil { return false }
    return !isOnly || bytes.starts(with: #"{""#.utf8) || bytes == Array("{".utf8)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  private static func beginning(_ lines: inout LogReader) throws(Refusal) -> ArraySlice<UInt8> {
    do throws(SystemError) { return try lines.beginning() } catch { throw .failed(error) }
  }

  private static func next(_ lines: inout LogReader) throws(Refusal) -> LogReader.Line? {
    do throws(SystemError) { return try lines.next() } catch { throw .failed(error) }
  }
}

extension SummaryTasks {
  /// The name of one of them; nil where there is none.
  var name: String? {
    contains(.summary) ? "summary" : contains(.sentiment) ? "sentiment" : contains(.keywords) ? "keywords" : nil
  }
}
