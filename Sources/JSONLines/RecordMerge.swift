/// What `--merge` keeps of an article: its own fields, byte for byte and in order.
///
/// Fields with a name of ours are dropped. The id stays where it was, of several the last; if that is null, or the id is
/// read from a field of another name, the article's `id` is dropped. In the latter case that field stays as any other,
/// and our `id` with its value comes first.
///
/// A run of fields that stay is copied as it stands, with the commas and white space between them.
public struct RecordMerge: Sendable {
  private let idField: String
  private let ours: [String]

  /// - Parameters:
  ///   - idField: the name of the field that holds the id (`--id-field`).
  ///   - ours: the names, besides `id`, that belong to the result: `line`, `key`, `error`, the tasks asked for, `meta`.
  public init(idField: String = "id", ours: some Sequence<String>) {
    self.idField = idField
    self.ours = Array(ours)
  }

  /// Writes the fields that stay into the object that `writer` has just begun. Linear in the length of the line.
  public func write(_ record: Record, to writer: inout JSONWriter) {
    let id = record.index(of: idField).flatMap { record.fields[$0].kind == .null ? nil : $0 }
    let isRenamed = idField != "id"
    if isRenamed, let id {
      writer.key("id")
      writer.value(verbatim: record.bytes(of: record.fields[id]))
    }
    var run: Range<Int>?
    for (place, field) in record.fields.enumerated() {
      if stays(field, of: record, isID: !isRenamed && place == id) {
        run = (run?.lowerBound ?? field.whole.lowerBound)..<field.whole.upperBound
      } else if let fields = run {
        writer.fields(verbatim: record.line[fields])
        run = nil
      }
    }
    if let run { writer.fields(verbatim: record.line[run]) }
  }

  private func stays(_ field: Record.Field, of record: Record, isID: Bool) -> Bool {
    if isID { return true }
    return !record.isNamed(field, "id") && !ours.contains { record.isNamed(field, $0) }
  }
}
