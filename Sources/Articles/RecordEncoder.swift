import Basics
import JSONLines
package import Summarization
import Synchronization

/// The outcome of the article of a line.
package struct ArticleOutcome: Sendable {
  let result: Result<Summary, ArticleError>
  /// The number of calls made, and the tokens used by all of them.
  let attempts: Int
  let usage: TokenUsage?
  let latency: Duration

  package init(
    result: Result<Summary, ArticleError>, attempts: Int = 0, usage: TokenUsage? = nil, latency: Duration = .zero
  ) {
    self.result = result
    self.attempts = attempts
    self.usage = usage
    self.latency = latency
  }
}

/// What records contain.
package struct RecordEncoderSettings: Sendable {
  /// The model as it was typed, for `meta`.
  package var model = ""
  /// The `made_by` of every result, if results go to a file.
  package var madeBy = ""
  package var tasks = SummaryTasks.all
  /// Whether a result lacks the fields that its summarizer left out; else it has all that were asked for.
  package var omitsMissing = false
  package var showsMeta = false
  /// The name of the field that holds the id.
  package var idField = "id"
  /// Whether the article's own fields come first.
  package var merges = false
  /// Whether results go to a file. Then every result has its line number.
  package var hasFile = false
  /// Whether errors go to a file of their own. Then each has the article's line as `input`.
  package var showsInput = false

  package init() {}

  /// The names, besides `id`, that an article's own fields cannot have in a record.
  fileprivate var ownFields: [String] {
    var ours = ["line", "error"]
    if hasFile { ours += ["fingerprint", "made_by"] }
    if showsInput { ours += ["input", "truncated"] }
    if tasks.contains(.summary) { ours.append("summary") }
    if tasks.contains(.sentiment) { ours.append("sentiment") }
    if tasks.contains(.keywords) { ours.append("keywords") }
    if showsMeta { ours.append("meta") }
    return ours
  }
}

/// Encodes the record of a line: the article's own fields or its `id`, `line`, `fingerprint`, `made_by`, then
/// `summary`, `sentiment`, `keywords` or `error`, then `meta`, then for an error `truncated` and `input`.
package struct RecordEncoder: Sendable {
  private let settings: RecordEncoderSettings
  private var tasks: SummaryTasks { settings.tasks }
  /// Writes the article's own fields; nil without `--merge`.
  private let merge: RecordMerge?
  private let droppedFields = DroppedFields()

  package init(_ settings: RecordEncoderSettings) {
    self.settings = settings
    merge = settings.merges ? RecordMerge(idField: settings.idField, ours: settings.ownFields) : nil
  }

  /// Encodes the record of a line.
  /// - Returns: one line with its newline.
  package func encode(_ line: InputLine, _ reading: ArticleReader.ArticleReading, _ outcome: ArticleOutcome) -> [UInt8]
  {
    var writer = JSONWriter(capacity: 1024)
    writer.beginRecord()
    if let record = reading.record {
      if let merge {
        let dropped = merge.write(record, to: &writer)
        if dropped != 0 { droppedFields.bitwiseOr(dropped) }
      } else if let id = reading.id {
        writer.key("id")
        writer.value(verbatim: record.bytes(of: id))
      }
    }
    switch outcome.result {
    case .success(let summary):
      if reading.id == nil || settings.hasFile { write(line: line.number, to: &writer) }
      write(fingerprint: line.selected?.fingerprint, to: &writer)
      if line.selected != nil {
        writer.key("made_by")
        writer.value(settings.madeBy)
      }
      write(summary, to: &writer)
    case .failure(let error):
      write(line: line.number, to: &writer)
      write(fingerprint: line.selected?.fingerprint, to: &writer)
      write(error, attempts: outcome.attempts, of: line, to: &writer)
    }
    if settings.showsMeta { writeMeta(line, outcome, to: &writer) }
    if settings.showsInput, case .failure = outcome.result { write(input: line.content, to: &writer) }
    writer.endRecord()
    return writer.take()
  }

  /// The names of articles' own fields that were dropped because results have fields of these names.
  package var droppedFieldNames: [String] { merge?.names(of: droppedFields.value) ?? [] }

  private func write(line: Int, to writer: inout JSONWriter) {
    writer.key("line")
    writer.value(line)
  }

  private func write(fingerprint: Hash128?, to writer: inout JSONWriter) {
    guard let fingerprint else { return }
    writer.key("fingerprint")
    writer.value(fingerprint.description)
  }

  /// Writes the line as it came, so that it can be tried again: as a JSON value if it is one, else as a string.
  private func write(input: NumberedLine.LineContent, to writer: inout JSONWriter) {
    switch input {
    case .complete(let bytes):
      writer.key("input")
      if isOneValue(bytes) {
        writer.value(verbatim: trimmed(bytes))
      } else {
        writer.value(repairing: bytes)
      }
    case .tooLong(let prefix, _):
      writer.key("truncated")
      writer.value(true)
      writer.key("input")
      writer.value(repairing: prefix)
    }
  }

  /// Returns whether a line is one JSON value. In the record the value is one level deeper, and must still be within the
  /// maximum depth of its readers. Several values with commas between are one only in an array.
  private func isOneValue(_ line: [UInt8]) -> Bool {
    (try? JSON.validate(line)) != nil
      && (try? JSON.validate([UInt8(ascii: "[")] + line + [UInt8(ascii: "]")])) != nil
  }

  /// Removes the white space around the value.
  private func trimmed(_ json: [UInt8]) -> ArraySlice<UInt8> {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    let end = (json.lastIndex { !isSpace($0) } ?? -1) + 1
    return json[..<end].drop(while: isSpace)
  }

  /// Every task asked for has its field, whatever the summarizer left out, unless that is to be seen.
  private func write(_ summary: Summary, to writer: inout JSONWriter) {
    var tasks = tasks
    if settings.omitsMissing {
      if summary.summary == nil { tasks.remove(.summary) }
      if summary.sentiment == nil { tasks.remove(.sentiment) }
      if summary.keywords == nil { tasks.remove(.keywords) }
    }
    if tasks.contains(.summary) {
      writer.key("summary")
      writer.value(summary.summary ?? "")
    }
    if tasks.contains(.sentiment) {
      writer.key("sentiment")
      writer.value((summary.sentiment ?? .neutral).rawValue)
    }
    if tasks.contains(.keywords) {
      writer.key("keywords")
      writer.beginArray()
      for keyword in summary.keywords ?? [] { writer.value(keyword) }
      writer.endArray()
    }
  }

  private func write(_ error: ArticleError, attempts: Int, of line: InputLine, to writer: inout JSONWriter) {
    writer.key("error")
    writer.beginObject()
    writer.key("code")
    writer.value(error.code.rawValue)
    writer.key("message")
    writer.value(error.message)
    if attempts > 0 {
      if let status = error.status {
        writer.key("status")
        writer.value(status)
      }
      writer.key("attempts")
      writer.value(attempts)
    }
    // The writer of the line was killed. The mark makes the next run drop this record; nothing else would, since the
    // completed line has another fingerprint.
    if line.isUnfinished, line.selected != nil, error.code == .invalidJSON || error.code == .invalidUTF8 {
      writer.key("torn")
      writer.value(true)
    }
    writer.endObject()
  }

  private func writeMeta(_ line: InputLine, _ outcome: ArticleOutcome, to writer: inout JSONWriter) {
    let summary = try? outcome.result.get()
    writer.key("meta")
    writer.beginObject()
    writer.key("line")
    writer.value(line.number)
    writer.key("model")
    writer.value(settings.model)
    writer.key("attempts")
    writer.value(outcome.attempts)
    writer.key("latency_ms")
    writer.value(outcome.latency.inSeconds * 1000, decimals: 3)
    if let usage = outcome.usage {
      writer.key("input_tokens")
      writer.value(usage.input)
      writer.key("output_tokens")
      writer.value(usage.output)
    }
    if let score = summary?.sentimentScore {
      writer.key("sentiment_score")
      writer.value(score, decimals: 4)
    }
    if let language = summary?.language {
      writer.key("language")
      writer.value(language)
    }
    writer.endObject()
  }
}

/// A set of bits that many tasks add to.
private final class DroppedFields: Sendable {
  private let bits = Atomic<UInt32>(0)

  var value: UInt32 { bits.load(ordering: .relaxed) }

  func bitwiseOr(_ more: UInt32) {
    // After the first few articles the set is complete, and no task writes to it any more.
    guard value & more != more else { return }
    bits.bitwiseOr(more, ordering: .relaxed)
  }
}
