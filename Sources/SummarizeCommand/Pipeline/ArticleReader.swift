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
    var reading = Reading(record: record, id: id, article: .failure(missingContent(in: record)))
    guard let field = contentField(of: record), field.kind == .string else { return reading }
    let content = record.string(of: field)
    guard !isBlank(content) else {
      reading.article = .failure(ArticleError(.emptyContent, "the text is empty; there is nothing to summarize"))
      return reading
    }
    let title = record[fields.title].flatMap { $0.kind == .string ? record.string(of: $0) : nil }
    reading.article = .success(
      Article(
        line: number, id: id.map { Array(record.bytes(of: $0)) }, title: title, content: content, raw: record.line))
    return reading
  }

  private func contentField(of record: Record) -> Record.Field? {
    for name in fields.content {
      if let field = record[name] { return field }
    }
    return nil
  }

  private func missingContent(in record: Record) -> ArticleError {
    if contentField(of: record) != nil {
      return ArticleError(.missingContent, "the field that holds the text is not a string")
    }
    let names = fields.content.map { "'\($0)'" }.joined(separator: ", ")
    return ArticleError(.missingContent, "no field \(names) holds a text; name the one that does with --content-field")
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
