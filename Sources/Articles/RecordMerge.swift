package import JSONLines

/// Copies the fields of an article that `--merge` keeps, byte for byte and in order.
///
/// Fields with one of the program's own names are dropped. The id stays at its place; of several ids the last one
/// stays. The article's `id` is dropped if it is null, or if the id is read from a field of another name. In the latter
/// case that field stays like any other, and `id` with its value comes first.
///
/// A run of fields that stay is copied as it is, with the commas and white space between them.
package struct RecordMerge: Sendable {
  private let idField: String
  private let ours: [String]

  /// - Parameters:
  ///   - idField: the name of the field that holds the id (`--id-field`).
  ///   - ours: the program's own names besides `id`: `line`, `error`, the tasks asked for and others.
  package init(idField: String = "id", ours: some Sequence<String>) {
    self.idField = idField
    self.ours = Array(ours)
    precondition(self.ours.count < 32, "too many names")
  }

  /// Writes the fields that stay into the object that `writer` has just begun. Linear in the length of the line.
  /// - Returns: the set of dropped fields, for `names(of:)`; 0 if nothing was lost.
  @discardableResult
  package func write(_ record: JSONRecord, to writer: inout JSONWriter) -> UInt32 {
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
        // Dropping a null id, or all but the last of several ids, loses nothing.
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

  /// Returns the names of the fields in a set of dropped fields.
  package func names(of dropped: UInt32) -> [String] {
    (["id"] + ours).enumerated().filter { dropped >> UInt32($0.offset) & 1 == 1 }.map(\.element)
  }

  /// Returns which of the program's own names the field has, 0 for `id`; nil if it has another name.
  private func nameOfOurs(_ field: JSONRecord.RecordField, of record: JSONRecord) -> Int? {
    if record.isNamed(field, "id") { return 0 }
    return ours.firstIndex { record.isNamed(field, $0) }.map { $0 + 1 }
  }
}
