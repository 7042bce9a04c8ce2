#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Zeroed memory straight from the system, for tables that are given back piece by piece while they grow: freed pieces
/// of a heap would stay behind as holes of just the wrong size.
package struct Pages: ~Copyable, @unchecked Sendable {
  package let base: UnsafeMutableRawPointer
  private let size: Int

  /// - Precondition: the system has the memory.
  package init(byteCount: Int) {
    size = byteCount
    guard let mapped = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0), mapped != MAP_FAILED
    else { fatalError("out of memory") }
    base = mapped
  }

  deinit {
    munmap(base, size)
  }
}
