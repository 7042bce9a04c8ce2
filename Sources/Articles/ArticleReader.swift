package import Basics
package import JSONLines
package import PlainText
package import Summarization

/// How lines become articles.
package struct ArticleReaderSettings: Sendable {
  package var fields = ArticleFieldNames()
  /// The longest line that is passed on; for messages.
  package var longestLine = 16 << 20
  package var html = HTMLMode.auto
  /// Returns the message for a fault in the fields of a line.
  package var message: @Sendable (ArticleFault) -> String

  package init(message: @escaping @Sendable (ArticleFault) -> String) {
    self.message = message
  }
}

/// Makes an article from a line, or finds what is wrong with the line.
package struct ArticleReader: Sendable {
  /// A line, as far as it could be parsed.
  package final class ArticleReading: Sendable {
    /// The record; nil if the line is not a JSON object.
    package let record: JSONRecord?
    /// The field that holds the id; nil if there is none or it is null.
    package let id: JSONRecord.RecordField?
    package let article: Result<Article, ArticleError>

    init(record: JSONRecord? = nil, id: JSONRecord.RecordField? = nil, article: Result<Article, ArticleError>) {
      self.record = record
      self.id = id
      self.article = article
    }

    /// The JSON text of the id, as it came.
    package var idText: ArraySlice<UInt8>? { id.flatMap { id in record.map { $0.bytes(of: id) } } }

    /// Returns the fingerprint of the article, or of the line if it is not an article.
    package func fingerprint(of line: NumberedLine.LineContent) -> Hash128 {
      guard case .success(let article) = article, let record else { return ArticleFingerprint.line(line) }
      return ArticleFingerprint.article(id: id, of: record, title: article.title, text: article.content)
    }
  }

  /// The fields in which the articles had their text.
  package let textFields: TextFieldCounts
  private let settings: ArticleReaderSettings

  package init(_ settings: ArticleReaderSettings) {
    self.settings = settings
    textFields = TextFieldCounts(names: settings.fields.content)
  }

  package func read(_ line: InputLine) -> ArticleReading {
    switch line.content {
    case .complete(let bytes):
      do throws(RecordError) {
        return read(try JSONRecord(scanning: bytes), line.number)
      } catch {
        return ArticleReading(article: .failure(ArticleError(error)))
      }
    case .tooLong(_, let length):
      let fault = ArticleFault.tooLong(length: length, limit: settings.longestLine)
      return ArticleReading(article: .failure(ArticleError(.lineTooLong, settings.message(fault))))
    }
  }

  private func read(_ record: JSONRecord, _ number: Int) -> ArticleReading {
    let id = record[settings.fields.id].flatMap { $0.kind == .null ? nil : $0 }
    let article: Result<Article, ArticleError>
    do throws(ArticleError) {
      let (text, captions) = try text(of: record, number)
      let title = record[settings.fields.title].flatMap { $0.kind == .string ? record.string(of: $0) : nil }
      article = .success(
        Article(
          line: number, id: id.map { Array(record.bytes(of: $0)) },
          title: title.map { PlainText.plain($0, html: settings.html) }, content: text, captions: captions,
          raw: record.line))
    } catch {
      article = .failure(error)
    }
    return ArticleReading(record: record, id: id, article: article)
  }

  /// Returns the text of the first field that holds more than white space. If none does, the fault of the first field
  /// present is thrown.
  private func text(of record: JSONRecord, _ number: Int) throws(ArticleError) -> (String, captions: [Range<Int>]) {
    var problem: ArticleError?
    for (index, name) in settings.fields.content.enumerated() {
      // A null counts as absent.
      guard let field = record[name], field.kind != .null else { continue }
      guard let text = text(in: field, of: record) else {
        problem = problem ?? failure(.missingContent, .wrongKind(field: name, FoundValue(field, of: record)))
        continue
      }
      let (plain, captions) = readable(text)
      if !isBlank(plain) {
        textFields.count(index, line: number)
        return (plain, captions)
      }
      problem = problem ?? failure(.emptyContent, .blank)
    }
    if let problem { throw problem }
    throw failure(.missingContent, .noText(lookedFor: settings.fields.content, has: FoundField.all(of: record)))
  }

  private func readable(_ text: String) -> (String, captions: [Range<Int>]) {
    var text = text
    guard let readable = text.withUTF8({ PlainText.readable($0, html: settings.html) }) else { return (text, []) }
    return (String(decoding: readable.bytes, as: UTF8.self), readable.captions)
  }

  private func failure(_ code: ArticleError.Code, _ fault: ArticleFault) -> ArticleError {
    ArticleError(code, settings.message(fault))
  }

  /// Returns a string, or the paragraphs of an array of strings joined by blank lines; nil for any other kind.
  private func text(in field: JSONRecord.RecordField, of record: JSONRecord) -> String? {
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

  private func isBlank(_ text: String) -> Bool {
    // Most texts begin with a visible ASCII character, for which the tables of Unicode need not be asked.
    if let first = text.utf8.first, first > 0x20, first < 0x7F { return false }
    return text.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
  }
}

/// The names of the fields that make an article.
package struct ArticleFieldNames: Equatable, Sendable {
  package var id = "id"
  package var title = "title"
  /// The fields that may hold the text. The first one that holds more than white space is used.
  package var content = ["content", "text", "body"]

  package init() {}
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
