/// Collects the fields of a record on the stack, so that their array can be allocated once and in its size.
struct FieldCollector {
  private let scratch: UnsafeMutableBufferPointer<Record.Field>
  private var count = 0
  /// Fields that were more than the scratch holds.
  private var spilled: [Record.Field] = []

  /// What the standard library still puts on the stack: a temporary allocation of more than 1,024 bytes goes to the heap,
  /// by way of `posix_memalign`, which costs more than the scan of a short line.
  private static let capacity = 1024 / MemoryLayout<Record.Field>.stride

  /// The fields that `body` has appended.
  @inline(__always)
  static func collect(
    _ body: (inout FieldCollector) throws(RecordError) -> Void
  ) throws(RecordError) -> [Record.Field] {
    try withUnsafeTemporaryAllocation(of: Record.Field.self, capacity: capacity) { scratch in
      var collector = FieldCollector(scratch: scratch)
      do throws(RecordError) {
        try body(&collector)
        return Result<[Record.Field], RecordError>.success(collector.finish())
      } catch {
        return .failure(error)
      }
    }.get()
  }

  private init(scratch: UnsafeMutableBufferPointer<Record.Field>) { self.scratch = scratch }

  @inline(__always)
  mutating func append(_ field: Record.Field) {
    if count == scratch.count {
      spilled.append(contentsOf: scratch)
      count = 0
    }
    scratch.initializeElement(at: count, to: field)
    count &+= 1
  }

  private mutating func finish() -> [Record.Field] {
    let rest = UnsafeMutableBufferPointer(rebasing: scratch[..<count])
    return spilled.isEmpty ? Array(rest) : spilled + rest
  }
}
