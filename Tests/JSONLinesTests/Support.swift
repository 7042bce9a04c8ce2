import JSONLines

func scan(_ text: String) throws(RecordError) -> JSONRecord { try JSONRecord(scanning: Array(text.utf8)) }

/// What is wrong with a line, or nil.
func fault(_ bytes: [UInt8]) -> RecordError? {
  do throws(RecordError) {
    _ = try JSONRecord(scanning: bytes)
    return nil
  } catch { return error }
}

func fault(_ text: String) -> RecordError? { fault(Array(text.utf8)) }

func isValue(_ bytes: [UInt8]) -> Bool { (try? JSON.validate(bytes)) != nil }

func isValue(_ text: String) -> Bool { isValue(Array(text.utf8)) }

/// What is written by `body` as one record, without its newline.
func written(_ body: (inout JSONWriter) -> Void) -> String {
  var writer = JSONWriter()
  writer.beginRecord()
  body(&writer)
  writer.endRecord()
  return String(decoding: writer.bytes.dropLast(), as: UTF8.self)
}

/// All lines of a FILE that comes in these chunks.
func lines(_ chunks: [[UInt8]], maximumLength: Int = 1 << 24) -> [NumberedLine] {
  var splitter = LineSplitter(maximumLength: maximumLength)
  return splitter.lines(chunks)
}

extension LineSplitter {
  mutating func lines(_ chunks: [[UInt8]]) -> [NumberedLine] {
    var lines: [NumberedLine] = []
    for chunk in chunks {
      append(chunk)
      while let line = next() { lines.append(line) }
    }
    if let line = finish() { lines.append(line) }
    return lines
  }
}

extension NumberedLine {
  var text: String {
    switch content {
    case .complete(let bytes): String(decoding: bytes, as: UTF8.self)
    case .tooLong(let prefix, let length): "too long: \(prefix.count) of \(length)"
    }
  }
}
