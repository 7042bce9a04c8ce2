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
  ///   - ours: the names, besides `id`, that belong to the result: `line`, `error`, the tasks asked for and others.
  public init(idField: String = "id", ours: some Sequence<String>) {
    self.idField = idField
    self.ours = Array(ours)
    precondition(self.ours.count < 32, "too many names")
  }

  /// Writes the fields that stay into the object that `writer` has just begun. Linear in the length of the line.
  /// - Returns: which fields were dropped, as `names(of:)` reads it; 0 where all stay.
  @discardableResult
  public func write(_ record: Record, to writer: inout JSONWriter) -> UInt32 {
    let id = record.index(of: idField).flatMap { record.fields[$0].kind == .null ? nil : $0 }
    let isRenamed = idField != "id"
    if isRenamed, let id {
      writer.key("id")
      writer.value(verbatim: record.bytes(of: record.fields[id]))
    }
    var dropped: UInt32 = 0
    var run: Range<Int>?
    for (place, field) in record.fields.enumerated() {
      let reason = isRenamed || place != id ? nameOfOurs(field, of: record) : nil
      if let reason {
        // That of several ids the last holds, and that a null is none, is no loss.
        if reason > 0 || isRenamed { dropped |= 1 << UInt32(reason) }
        if let fields = run { writer.fields(verbatim: record.line[fields]) }
        run = nil
      } else {
        run = (run?.lowerBound ?? field.whole.lowerBound)..<field.whole.upperBound
      }
    }
    if let run { writer.fields(verbatim: record.line[run]) }
    return dropped
  }

  /// The names of fields that were dropped.
  public func names(of dropped: UInt32) -> [String] {
    (["id"] + ours).enumerated().filter { dropped >> UInt32($0.offset) & 1 == 1 }.map(\.element)
  }

  /// Which of our names the field has, 0 for the id; nil where it has another.
  private func nameOfOurs(_ field: Record.Field, of record: Record) -> Int? {
    if record.isNamed(field, "id") { return 0 }
    return ours.firstIndex { record.isNamed(field, $0) }.map { $0 + 1 }
  }
}
