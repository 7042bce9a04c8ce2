import CLibrary

/// Zeroed memory straight from the system, for tables that are given back piece by piece while they grow: freed pieces
/// of a heap would stay behind as holes of just the wrong size.
package struct Pages: ~Copyable, @unchecked Sendable {
  package let base: UnsafeMutableRawPointer
  private let size: Int

  /// - Precondition: the system has the memory.
  package init(byteCount: Int) {
    size = byteCount
    guard let mapped = system_map_pages(size) else { fatalError("out of memory") }
    base = mapped
  }

  deinit {
    system_unmap_pages(base, size)
  }
}
