import Articles
import JSONLines
import Summarization

/// Makes an article of a line, or says what is wrong with the line.
struct ArticleReader: Sendable {
  /// A line as far as it could be understood.
  struct Reading {
    /// nil where the line is no JSON object.
    var record: Record?
    /// The field that holds the id; nil where there is none, or it is null.
    var id: Record.Field?
    var article: Result<Article, ArticleError>

    /// The JSON text of the id, as it came.
    var idText: ArraySlice<UInt8>? { id.flatMap { id in record.map { $0.bytes(of: id) } } }
  }

  let fields: ArticleFieldNames
  let longestLine: Int

  func read(_ line: InputLine) -> Reading {
    switch line.content {
    case .complete(let bytes):
      do throws(RecordError) {
        let record = try Record(scanning: bytes)
        return read(record, line.number)
      } catch {
        return Reading(article: .failure(ArticleError(error)))
      }
    case .tooLong(_, let length):
      let message = "line of \(length) bytes is longer than \(longestLine); raise --max-line to take it"
      return Reading(article: .failure(ArticleError(.lineTooLong, message)))
    }
  }

  private func read(_ record: Record, _ number: Int) -> Reading {
    let id = record[fields.id].flatMap { $0.kind == .null ? nil : $0 }
    let article: Result<Article, ArticleError>
    do throws(ArticleError) {
      let text = try text(of: record)
      let title = record[fields.title].flatMap { $0.kind == .string ? record.string(of: $0) : nil }
      article = .success(
        Article(
          line: number, id: id.map { Array(record.bytes(of: $0)) }, title: title, content: text, raw: record.line))
    } catch {
      article = .failure(error)
    }
    return Reading(record: record, id: id, article: article)
  }

  /// The text of the first field that holds more than white space. Where none does, the first that is there says why.
  private func text(of record: Record) throws(ArticleError) -> String {
    var problem: ArticleError?
    for name in fields.content {
      // A null counts as absent.
      guard let field = record[name], field.kind != .null else { continue }
      guard let text = text(in: field, of: record) else {
        problem = problem ?? ArticleError(.missingContent, message(of: field, name))
        continue
      }
      if !isBlank(text) { return text }
      problem = problem ?? ArticleError(.emptyContent, "the text is empty; there is nothing to summarize")
    }
    if let problem { throw problem }
    let names = fields.content.map { "'\($0)'" }.joined(separator: ", ")
    throw ArticleError(.missingContent, "no field \(names) holds a text; name the one that does with --content-field")
  }

  /// A string, or an array of strings: the paragraphs, joined by blank lines. nil for anything else.
  private func text(in field: Record.Field, of record: Record) -> String? {
    switch field.kind {
    case .string: return record.string(of: field)
    case .array:
      guard let value = try? JSONValue(scanning: Array(record.bytes(of: field))), let elements = value.elements else {
        return nil
      }
      var paragraphs: [String] = []
      for element in elements {
        guard let text = element.string else { return nil }
        paragraphs.append(text)
      }
      return paragraphs.joined(separator: "\n\n")
    default: return nil
    }
  }

  private func message(of field: Record.Field, _ name: String) -> String {
    switch field.kind {
    case .array: "'\(name)' is an array with elements that are not strings"
    case .object: "'\(name)' is an object, not a string"
    case .number: "'\(name)' is a number, not a string"
    default: "'\(name)' is true or false, not a string"
    }
  }

  private func isBlank(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
  }
}

extension ArticleError {
  init(_ error: RecordError) {
    switch error.kind {
    case .invalidJSON: self.init(.invalidJSON, "not valid JSON at byte \(error.offset): \(error.reason)")
    case .invalidUTF8: self.init(.invalidUTF8, "not valid UTF-8 at byte \(error.offset)")
    case .notAnObject: self.init(.notAnObject, "not a JSON object; one article a line is expected")
    }
  }
}
