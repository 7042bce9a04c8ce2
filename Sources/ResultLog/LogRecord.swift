import Articles
import Basics
import JSONLines
import Summarization

/// A record written by this program, read back from a file: `line`, `fingerprint`, and `error` or at least one task.
/// All fields from `line` on are the program's. Before it stand the id and, with `--merge`, the article's own fields.
struct LogRecord {
  enum RecordContent: Equatable {
    case result(SummaryTasks)
    /// An error. The code is nil if this version does not know it.
    case error(ArticleError.Code?)
  }

  /// nil in records from standard output and in those of earlier versions.
  var fingerprint: Hash128?
  /// The number of the input line that the record was made from.
  var line: Int
  var content: RecordContent
  /// The model that made a result, as JSON text.
  var madeBy: [UInt8]?
  /// Whether the record is that of a torn line: the last line of its input, without a newline and not parsable, because
  /// its writer was killed. Such a record belongs to no article.
  var isTorn = false
  /// The hash of the article's id, if articles are identified by id.
  private var id: Hash128?

  var isError: Bool { if case .error = content { true } else { false } }

  /// Returns the identity of the article; nil if the record has none.
  func article(by identity: ArticleIdentity) -> Hash128? {
    identity == .id ? id ?? fingerprint : fingerprint
  }

  /// Scans a record; nil for any other line.
  init?(scanning bytes: [UInt8], by identity: ArticleIdentity = .fingerprint) {
    guard let record = try? JSONRecord(scanning: bytes) else { return nil }
    let fields = OwnFields(of: record)
    guard let line = fields.line.flatMap({ record.integer(of: $0) }) else { return nil }
    self.line = line
    if let error = fields.error {
      guard let error = record.object(of: error), let code = error["code"], code.kind == .string else { return nil }
      content = .error(ArticleError.Code(rawValue: error.string(of: code)))
      isTorn = error["torn"]?.kind == .true
    } else {
      guard !fields.tasks.isEmpty else { return nil }
      content = .result(fields.tasks)
      madeBy = fields.madeBy.map { Array(record.bytes(of: $0)) }
    }
    if let fingerprint = fields.fingerprint {
      guard fingerprint.kind == .string,
        let hash = Hash128(hexadecimal: record.bytes(of: fingerprint).dropFirst().dropLast())
      else { return nil }
      self.fingerprint = hash
    }
    if identity == .id, let id = record["id"], id.kind != .null { self.id = ArticleFingerprint.id(id, of: record) }
  }

  /// The program's own fields, found in one pass, since files of millions of records are read.
  private struct OwnFields {
    var line: JSONRecord.RecordField?
    var fingerprint: JSONRecord.RecordField?
    var madeBy: JSONRecord.RecordField?
    var error: JSONRecord.RecordField?
    var tasks: SummaryTasks = []

    init(of record: JSONRecord) {
      for field in record.fields {
        // Lengths are compared first. None of the program's own names is written with an escape.
        switch field.keyHasEscapes ? 0 : field.key.count {
        case 4: if record.isNamed(field, "line") { self = OwnFields(line: field) }
        case 5: if record.isNamed(field, "error") { error = field }
        case 7:
          if record.isNamed(field, "summary") { tasks.insert(.summary) }
          if record.isNamed(field, "made_by") { madeBy = field }
        case 8: if record.isNamed(field, "keywords") { tasks.insert(.keywords) }
        case 9: if record.isNamed(field, "sentiment") { tasks.insert(.sentiment) }
        case 11: if record.isNamed(field, "fingerprint") { fingerprint = field }
        default: break
        }
      }
      if line == nil { tasks = [] }
    }

    /// Drops the fields found before `line`.
    private init(line: JSONRecord.RecordField) {
      self.line = line
    }
  }
}
