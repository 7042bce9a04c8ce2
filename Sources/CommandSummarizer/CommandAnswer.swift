import JSONLines
import Summarization

/// What a command answers: an object with some of the fields that were asked for, or plain text, which is the summary
/// alone. Pure.
struct CommandAnswer {
  /// Why an answer is none.
  struct AnswerMismatch: Error, Equatable {
    /// As the end of a sentence that begins with "the answer".
    let what: String
    /// The command itself says that it has failed on the article.
    var isFailure = false
    /// It belongs to another article.
    var isOutOfStep = false

    init(_ what: String, isFailure: Bool = false, isOutOfStep: Bool = false) {
      self.what = what
      self.isFailure = isFailure
      self.isOutOfStep = isOutOfStep
    }
  }

  let request: SummaryRequest
  let idField: String

  func summary(in bytes: [UInt8], for article: Article) throws(AnswerMismatch) -> Summary {
    guard let first = bytes.first(where: { !Self.isSpace($0) }) else { throw AnswerMismatch("is empty") }
    guard first == UInt8(ascii: "{") else { return try plainSummary(bytes) }
    let record: JSONRecord
    do throws(RecordError) {
      record = try JSONRecord(scanning: bytes)
    } catch {
      throw AnswerMismatch("is not valid JSON at byte \(error.offset) (\(error.reason))")
    }
    return try summary(in: record, for: article)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  // MARK: Plain text

  private func plainSummary(_ bytes: [UInt8]) throws(AnswerMismatch) -> Summary {
    guard request.tasks.contains(.summary) else {
      throw AnswerMismatch("is plain text, which can only be a summary, and none was asked for")
    }
    guard let text = String(validating: Self.trimmed(bytes), as: UTF8.self) else {
      throw AnswerMismatch("is not valid UTF-8")
    }
    return Summary(summary: text)
  }

  private static func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    let end = (bytes.lastIndex { !isSpace($0) } ?? -1) + 1
    return bytes[..<end].drop(while: isSpace)
  }

  // MARK: Objects

  private func summary(in record: JSONRecord, for article: Article) throws(AnswerMismatch) -> Summary {
    guard IdentityCheck(idField: idField).belongs(record, to: article) else {
      throw AnswerMismatch("has another id than the article", isOutOfStep: true)
    }
    var summary = Summary()
    if request.tasks.contains(.summary) { summary.summary = try text(of: "summary", in: record) }
    if request.tasks.contains(.sentiment), let word = try text(of: "sentiment", in: record) {
      guard let sentiment = Sentiment(rawValue: word.lowercased()) else {
        throw AnswerMismatch("has a sentiment that is not positive, negative, neutral or mixed")
      }
      summary.sentiment = sentiment
    }
    if request.tasks.contains(.keywords) { summary.keywords = try keywords(in: record) }
    guard summary == Summary() else { return summary }
    if let failure = failure(in: record) { throw AnswerMismatch(failure, isFailure: true) }
    throw AnswerMismatch("has none of the fields that were asked for")
  }

  /// A field that is null counts as absent.
  private func field(_ name: String, in record: JSONRecord) -> JSONRecord.RecordField? {
    record[name].flatMap { $0.kind == .null ? nil : $0 }
  }

  private func text(of name: String, in record: JSONRecord) throws(AnswerMismatch) -> String? {
    guard let field = field(name, in: record) else { return nil }
    guard field.kind == .string else { throw AnswerMismatch("has a \(name) that is no string") }
    let text = record.string(of: field)
    if text.utf8.allSatisfy(Self.isSpace) { throw AnswerMismatch("has an empty \(name)") }
    return text
  }

  private func keywords(in record: JSONRecord) throws(AnswerMismatch) -> [String]? {
    guard let field = field("keywords", in: record) else { return nil }
    guard let elements = (try? JSONValue(scanning: Array(record.bytes(of: field))))?.elements else {
      throw AnswerMismatch("has keywords that are no array")
    }
    var list = KeywordList(request)
    for element in elements {
      guard let keyword = element.string else { throw AnswerMismatch("has a keyword that is no string") }
      list.append(keyword)
    }
    return list.keywords
  }

  /// What a command says that cannot make a result of an article: `"error"`, a string or an object with a `message`.
  private func failure(in record: JSONRecord) -> String? {
    guard let field = field("error", in: record) else { return nil }
    if field.kind == .string { return record.string(of: field) }
    guard let error = record.object(of: field) else { return "unknown" }
    return error["message"].flatMap { $0.kind == .string ? error.string(of: $0) : nil } ?? "unknown"
  }
}

/// Whether an answer with an id has that of the article. What writes JSON anew spells some values in another way.
struct IdentityCheck {
  let idField: String

  /// How deep arrays and objects are compared.
  private static let depth = 8

  func belongs(_ answer: JSONRecord, to article: Article) -> Bool {
    guard let id = article.id else { return true }
    let known = value(id)
    if let own = value(of: idField, in: answer) { return Self.areEqual(own, known, Self.depth) }
    guard idField != "id", let other = value(of: "id", in: answer) else { return true }
    // Under that name may stand the id, or what the article has there beside its id.
    if Self.areEqual(other, known, Self.depth) { return true }
    let own = (try? JSONRecord(scanning: article.raw)).flatMap { value(of: "id", in: $0) }
    return Self.areEqual(other, own, Self.depth)
  }

  private func value(_ bytes: [UInt8]) -> JSONValue? { try? JSONValue(scanning: bytes) }

  private func value(of name: String, in record: JSONRecord) -> JSONValue? {
    guard let field = record[name], field.kind != .null else { return nil }
    return value(Array(record.bytes(of: field)))
  }

  static func areEqual(_ a: JSONValue?, _ b: JSONValue?, _ depth: Int) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    guard a.kind == b.kind else { return false }
    if a.bytes == b.bytes || depth == 0 { return true }
    switch a.kind {
    case .string: return a.string == b.string
    case .number: return a.number == b.number
    case .array:
      guard let one = a.elements, let other = b.elements, one.count == other.count else { return false }
      return zip(one, other).allSatisfy { areEqual($0, $1, depth - 1) }
    case .object:
      guard let one = try? JSONRecord(scanning: a.bytes), let other = try? JSONRecord(scanning: b.bytes) else {
        return false
      }
      return one.fields.count == other.fields.count
        && one.fields.allSatisfy { areEqual(a[one.key(of: $0)], b[one.key(of: $0)], depth - 1) }
    default: return true
    }
  }
}
