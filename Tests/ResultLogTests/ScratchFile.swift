import Basics
import SystemIO
import TestSupport

@testable import ResultLog

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file that goes away with its last user.
final class ScratchFile {
  let path: String
  let descriptor: Descriptor
  let size: Int

  init(_ bytes: [UInt8]) throws {
    var template = Array("/tmp/summarize-test-XXXXXX".utf8CString)
    descriptor = Descriptor(rawValue: mkstemp(&template))
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    size = bytes.count
    try descriptor.write(bytes)
  }

  deinit {
    unlink(path)
    try? descriptor.close()
  }
}

extension Hash128 {
  /// The hash of a number.
  static func test(_ number: Int) -> Hash128 {
    var generator = SplitMix64(seed: UInt64(number))
    return Hash128(high: generator.next(), low: generator.next())
  }
}
