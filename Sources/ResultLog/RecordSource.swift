import Basics
import JSONLines
import SystemIO

/// Copies records of a file by their offsets, in any order. It reads in blocks and caches a megabyte of them: offsets
/// near each other cost one read, and offsets far apart one small read each.
struct RecordSource {
  private static let blockSize = 1 << 14
  private static let blockCount = 64

  private let file: FileDescriptor
  private let end: Int
  private var blocks: [[UInt8]]
  /// The number of the block that each element of `blocks` holds.
  private var numbers: [Int]

  /// - Parameter end: nothing is read from this offset on.
  init(_ file: FileDescriptor, end: Int) {
    self.file = file
    self.end = end
    blocks = Array(repeating: [], count: Self.blockCount)
    numbers = Array(repeating: -1, count: Self.blockCount)
  }

  /// Appends the record that begins at `offset`, with its newline, to `output`.
  /// - Returns: false if the file ends before the record does.
  mutating func copy(from offset: Int, to output: inout [UInt8]) throws(SystemError) -> Bool {
    var position = offset
    while position < end {
      let place = try load(position / Self.blockSize)
      let start = position % Self.blockSize
      guard start < blocks[place].count else { return false }
      if let newline = blocks[place].firstIndex(of: 0x0A, from: start) {
        output += blocks[place][start...newline]
        return true
      }
      output += blocks[place][start...]
      position += blocks[place].count - start
    }
    return false
  }

  private mutating func load(_ number: Int) throws(SystemError) -> Int {
    let place = number % Self.blockCount
    if numbers[place] == number { return place }
    let start = number * Self.blockSize
    let wanted = min(Self.blockSize, end - start)
    if blocks[place].count != wanted { blocks[place] = [UInt8](repeating: 0, count: wanted) }
    numbers[place] = -1
    var filled = 0
    while filled < wanted {
      let count = try file.read(into: &blocks[place], from: filled, at: start + filled)
      guard count > 0 else {
        blocks[place].removeLast(wanted - filled)
        return place
      }
      filled += count
    }
    numbers[place] = number
    return place
  }
}
