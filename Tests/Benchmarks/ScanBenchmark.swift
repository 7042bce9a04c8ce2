import Articles
import JSONLines
import TestSupport

/// How fast one core splits, scans and writes records, beside a scan that looks at each byte for itself and `memchr`, over
/// the same bytes in the same run, in GB/s; in brackets, how many times the plain scan that is.
func scanBenchmark() {
  print("scan, GB/s on one core (times a byte-by-byte scan of the same lines)")
  print(row("corpus", ["record", "split", "write", "merge", "decode", "bytewise", "memchr"]))
  for corpus in ScanCorpus.all {
    let plain = rate(corpus) { corpus.lines.reduce(0) { $0 &+ bytewiseScan($1) } }
    let search = rate(corpus) { corpus.lines.reduce(0) { $0 &+ (findNothing($1) ? 1 : 0) } }
    let figures = [
      rate(corpus) { corpus.lines.reduce(0) { $0 &+ scan($1) } },
      rate(corpus) { split(corpus.stream) },
      rate(corpus, bytes: write(corpus.texts)) { write(corpus.texts) },
      rate(corpus) { merge(corpus.records) },
      rate(corpus) { decode(corpus.records) },
    ]
    let columns = figures.map { "\(decimal($0)) (\(decimal($0 / plain)))" }
    print(row(corpus.name, columns + [decimal(plain), decimal(search)]))
  }
}

// MARK: what is measured

private func scan(_ line: [UInt8]) -> Int {
  guard let record = try? JSONRecord(scanning: line) else { fatalError("a line of the benchmark is no record") }
  return record.fields.count
}

private func split(_ stream: [[UInt8]]) -> Int {
  var splitter = LineSplitter(maximumLength: 1 << 24)
  var count = 0
  for chunk in stream {
    splitter.append(chunk)
    while let line = splitter.next() { count &+= line.number }
  }
  return count
}

private func write(_ texts: [String]) -> Int {
  var writer = JSONWriter(capacity: 1 << 16)
  var count = 0
  for text in texts {
    writer.removeAll()
    writer.beginRecord()
    writer.key("summary")
    writer.value(text)
    writer.endRecord()
    count &+= writer.bytes.count
  }
  return count
}

private func merge(_ records: [JSONRecord]) -> Int {
  let merge = RecordMerge(ours: ["line", "error", "summary", "sentiment", "keywords"])
  var writer = JSONWriter(capacity: 1 << 16)
  var count = 0
  for record in records {
    writer.removeAll()
    writer.beginRecord()
    merge.write(record, to: &writer)
    writer.endRecord()
    count &+= writer.bytes.count
  }
  return count
}

private func decode(_ records: [JSONRecord]) -> Int {
  records.reduce(0) { sum, record in
    record.fields.reduce(sum) { $1.kind == .string ? $0 &+ record.string(of: $1).utf8.count : $0 }
  }
}

/// The plain way: one byte after another, only to see where strings begin and end.
private func bytewiseScan(_ line: [UInt8]) -> Int {
  var isString = false
  var isEscaped = false
  var strings = 0
  for byte in line {
    if isEscaped {
      isEscaped = false
    } else if byte == 0x5C {
      isEscaped = isString
    } else if byte == 0x22 {
      isString.toggle()
      strings &+= 1
    } else if byte < 0x20 {
      return -1
    }
  }
  return strings
}

private func findNothing(_ line: [UInt8]) -> Bool {
  line.withUnsafeBytes { memchr($0.baseAddress!, 0x0A, $0.count) == nil }
}

// MARK: how it is measured

/// The best of three medians, each of five rounds of at least 10 ms; time is that of this thread on its core, so that
/// other work on the machine counts as little as it can.
private func rate(_ corpus: ScanCorpus, bytes: Int? = nil, _ body: () -> Int) -> Double {
  var sink = 0
  let medians = (0..<3).map { _ in
    let rounds = (0..<5).map { _ in
      var passes = 0
      let start = threadTime()
      var elapsed = 0.0
      while elapsed < 1e7 {
        sink &+= body()
        passes += 1
        elapsed = threadTime() - start
      }
      return Double((bytes ?? corpus.length) * passes) / elapsed
    }
    return rounds.sorted()[2]
  }
  precondition(sink != 42, "the work must be done")
  return medians.max()!
}

/// Nanoseconds that this thread has run.
private func threadTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

private func decimal(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  let fraction = hundredths % 100
  return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
}

private func row(_ name: String, _ columns: [String]) -> String {
  columns.reduce(name + String(repeating: " ", count: max(0, 20 - name.count))) {
    $0 + String(repeating: " ", count: max(1, 14 - $1.count)) + $1
  }
}
