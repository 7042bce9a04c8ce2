import Articles
import Basics
import JSONLines
import Summarization

/// A record of ours, read back from a file: `line`, `fingerprint`, and `error` or at least one task. From `line` on the
/// fields are ours; what stands before it is the id and, with `--merge`, what the article has of its own.
struct LogRecord {
  enum Content: Equatable {
    case result(SummaryTasks)
    /// The code is nil where this version does not know it.
    case error(ArticleError.Code?)
  }

  /// nil in records of standard output, and in those of earlier versions.
  var fingerprint: Hash128?
  /// The line of the input that it was made of.
  var line: Int
  var content: Content
  /// The model that a result is from, in JSON as it stands there.
  var madeBy: [UInt8]?
  /// Whether the line was the last of its input, lacked its newline and did not parse: somebody was killed while writing
  /// it, and it is an article of nobody.
  var isTorn = false
  /// By what the article is known where ids are all that counts.
  private var id: Hash128?

  var isError: Bool { if case .error = content { true } else { false } }

  /// nil where the record says nothing of it.
  func article(by identity: ArticleIdentity) -> Hash128? {
    identity == .id ? id ?? fingerprint : fingerprint
  }

  /// nil for anything else than a record of ours.
  init?(scanning bytes: [UInt8], by identity: ArticleIdentity = .fingerprint) {
    guard let record = try? Record(scanning: bytes) else { return nil }
    let fields = Fields(of: record)
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
    if identity == .id, let id = record["id"], id.kind != .null { self.id = Fingerprint.id(id, of: record) }
  }

  /// The fields of ours, found in one pass: files of millions of records are read.
  private struct Fields {
    var line: Record.Field?
    var fingerprint: Record.Field?
    var madeBy: Record.Field?
    var error: Record.Field?
    var tasks: SummaryTasks = []

    init(of record: Record) {
      for field in record.fields {
        // Names by their lengths first; none of ours has an escape in it.
        switch field.keyHasEscapes ? 0 : field.key.count {
        case 4: if record.isNamed(field, "line") { self = Fields(line: field) }
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

    /// Forgets what stands before.
    private init(line: Record.Field) {
      self.line = line
    }
  }
}
