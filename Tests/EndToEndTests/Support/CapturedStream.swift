import TestSupport

/// What came out of one of a child's pipes so far.
struct CapturedStream {
  var descriptor: Int32?
  private(set) var bytes: [UInt8] = []
  /// A reader that stands still.
  var isPaused = false
  /// Takes what comes instead of keeping it, where it is too much to keep.
  var consumer: ((UnsafeRawBufferPointer) -> Void)?
  private var lineStart = 0
  private var scanned = 0

  init(_ descriptor: Int32?) {
    self.descriptor = descriptor
  }

  var isAtEnd: Bool { descriptor == nil }
  var pollable: Int32? { isPaused ? nil : descriptor }
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Reads what is there, at most once; false when there was nothing.
  mutating func read() -> Bool {
    // Asked first, as a test may have put a blocking descriptor here.
    guard let source = pollable, isReadable(source) else { return false }
    let consumer = consumer
    var chunk: [UInt8] = []
    let count = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer -> Int in
      let count = system_read(source, buffer.baseAddress, buffer.count)
      guard count > 0 else { return count }
      let read = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      if let consumer { consumer(read) } else { chunk = Array(read) }
      return count
    }
    // A terminal that has lost its other side fails instead of ending.
    if count == 0 || (count < 0 && errno == EIO) {
      close(source)
      descriptor = nil
    }
    bytes += chunk
    return count > 0
  }

  /// Whether a whole line waits to be taken.
  var hasLine: Bool {
    mutating get {
      guard let newline = bytes[max(scanned, lineStart)...].firstIndex(of: 0x0A) else {
        scanned = bytes.count
        return false
      }
      scanned = newline
      return true
    }
  }

  mutating func nextLine() -> String? {
    guard hasLine else { return nil }
    defer { lineStart = scanned + 1 }
    return String(decoding: bytes[lineStart..<scanned], as: UTF8.self)
  }
}

private func isReadable(_ descriptor: Int32) -> Bool {
  var set = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  return poll(&set, 1, 0) > 0
}

private func system_read(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
