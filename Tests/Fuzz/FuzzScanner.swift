// libFuzzer target; compiled as one module with Sources/JSONLines and RecordMerge. See `run`.

/// One line: whatever it holds, the two doors of the scanner agree, and what is taken over from it is valid again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzScanner(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let line = Array(UnsafeBufferPointer(start: data, count: count))
  do throws(RecordError) {
    let record = try JSONRecord(scanning: line)
    let kind = try? JSON.validate(line)
    precondition(kind == .object, "a record that is no valid object")
    check(record)
  } catch {
    precondition(1...count + 1 ~= error.offset, "a fault outside the line")
    let isValid = (try? JSON.validate(line)) != nil
    precondition(isValid == (error.kind == .notAnObject), "a valid line that was refused, or the other way round")
    if error.kind == .invalidUTF8 {
      precondition(String(validating: line, as: UTF8.self) == nil, "valid UTF-8 that was refused")
    }
  }
  return 0
}

private func check(_ record: JSONRecord) {
  precondition(String(validating: record.line, as: UTF8.self) != nil, "invalid UTF-8 that was accepted")
  var writer = JSONWriter()
  writer.beginRecord()
  RecordMerge(ours: ["line", "summary"]).write(record, to: &writer)
  for field in record.fields where field.kind == .string {
    writer.key(of: record.key(of: field))
    writer.value(record.string(of: field))
  }
  writer.endRecord()
  let output = writer.take()
  guard let again = try? JSONRecord(scanning: output) else { fatalError("what was written is no record") }
  precondition(!output.dropLast().contains(0x0A) || record.line.contains(0x0A), "a record of two lines")
  let strings = record.fields.filter { $0.kind == .string }
  for (field, copy) in zip(strings, again.fields.suffix(strings.count)) {
    precondition(record.key(of: field) == again.key(of: copy), "a key that did not come back")
    precondition(record.string(of: field) == again.string(of: copy), "a string that did not come back")
  }
}
