import TestSupport

/// Counts at the speed of memchr: a loop in a debug build takes longer than what it measures.
func newlines(in bytes: UnsafeRawBufferPointer) -> Int {
  var count = 0
  var rest = bytes
  while let found = memchr(rest.baseAddress!, 0x0A, rest.count) {
    count += 1
    rest = UnsafeRawBufferPointer(rebasing: bytes[(UnsafeRawPointer(found) - bytes.baseAddress! + 1)...])
    if rest.isEmpty { break }
  }
  return count
}
