import Basics
import JSONLines
import SystemIO

/// Reads the lines of a range of a file that was opened for reading back, in large reads. Memory: half a megabyte, or
/// twice the longest line.
struct LogReader {
  struct LogLine {
    /// The offset of the line in the file.
    let offset: Int
    /// The line without its newline.
    let bytes: [UInt8]
    /// Whether the line has a newline: only the last one may lack it.
    let isWhole: Bool

    /// The offset of the next line.
    var end: Int { offset + bytes.count + (isWhole ? 1 : 0) }
  }

  private let file: FileDescriptor
  private let end: Int
  /// The part of the file that was read, from `start` on.
  private var buffer: [UInt8] = []
  private var start: Int
  /// The position of the next line in the buffer.
  private var position = 0
  private let chunkSize: Int

  /// - Parameter range: begins at the beginning of a line.
  init(_ file: FileDescriptor, in range: Range<Int>, chunkSize: Int = 1 << 18) {
    self.file = file
    self.chunkSize = chunkSize
    start = range.lowerBound
    end = range.upperBound
  }

  /// Returns the next line; nil at the end.
  mutating func next() throws(SystemError) -> LogLine? {
    var searched = position
    while true {
      if let newline = buffer.firstIndex(of: 0x0A, from: searched) {
        defer { position = newline + 1 }
        return LogLine(offset: start + position, bytes: Array(buffer[position..<newline]), isWhole: true)
      }
      let unfinished = buffer.count - position
      if try !fill() { break }
      searched = unfinished
    }
    guard position < buffer.count else { return nil }
    defer { position = buffer.count }
    return LogLine(offset: start + position, bytes: Array(buffer[position...]), isWhole: false)
  }

  /// Returns the first unread bytes, at most a chunk.
  mutating func beginning() throws(SystemError) -> ArraySlice<UInt8> {
    if position == buffer.count { _ = try fill() }
    return buffer[position...]
  }

  /// Drops the lines that were returned and reads the next chunk.
  /// - Returns: false at the end.
  private mutating func fill() throws(SystemError) -> Bool {
    start += position
    buffer.removeFirst(position)
    position = 0
    let count = min(chunkSize, end - start - buffer.count)
    guard count > 0 else { return false }
    var chunk = [UInt8](repeating: 0, count: count)
    let read = try file.read(into: &chunk, from: 0, at: start + buffer.count)
    buffer += chunk[..<read]
    return read > 0
  }
}
