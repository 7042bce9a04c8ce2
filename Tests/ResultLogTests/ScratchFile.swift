import Basics
import SystemIO
import TestSupport

@testable import ResultLog

/// A file that is open, and goes away with its last user.
final class ScratchFile {
  let descriptor: FileDescriptor
  let size: Int
  private let folder: TemporaryFolder

  init(_ bytes: [UInt8]) throws {
    folder = try TemporaryFolder()
    descriptor = FileDescriptor(rawValue: open(try folder.file("log", bytes), O_RDWR | O_APPEND | O_CLOEXEC))
    size = bytes.count
  }

  deinit { try? descriptor.close() }
}

extension Hash128 {
  /// The hash of a number.
  static func test(_ number: Int) -> Hash128 {
    var generator = SplitMix64(seed: UInt64(number))
    return Hash128(high: generator.next(), low: generator.next())
  }
}
