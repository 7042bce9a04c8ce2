/// A list that only grows, for the loops that run for every word: without the checks of `Array` for sharing and bounds.
struct FastList<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = max(capacity, 8)
    base = .allocate(capacity: self.capacity)
  }

  init(repeating element: Element, count: Int) {
    self.init(capacity: count)
    base.initialize(repeating: element, count: count)
    self.count = count
  }

  deinit { base.deallocate() }

  /// A copy of the elements that stays for ever.
  func leak() -> UnsafePointer<Element> {
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(count, 1))
    copy.initialize(from: base, count: count)
    return UnsafePointer(copy)
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { reserve(1) }
    (base + count).initialize(to: element)
    count &+= 1
  }

  mutating func append(_ elements: UnsafePointer<Element>, count more: Int) {
    reserve(more)
    (base + count).initialize(from: elements, count: more)
    count += more
  }

  /// Makes room for so many more.
  @inline(never)
  mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    larger.initialize(from: base, count: count)
    base.deallocate()
    base = larger
  }

  @inline(__always)
  subscript(index: Int) -> Element {
    get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    set {
      assert(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  /// A copy of the elements from `start` to `end`.
  func array(from start: Int, to end: Int) -> [Element] {
    Array(unsafeUninitializedCapacity: end - start) { buffer, count in
      count = end - start
      buffer.baseAddress?.initialize(from: base + start, count: count)
    }
  }

  func array() -> [Element] { array(from: 0, to: count) }
}
