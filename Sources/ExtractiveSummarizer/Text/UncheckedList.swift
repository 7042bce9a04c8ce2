/// A growable list without the sharing and bounds checks of `Array`, for loops that run for every word. Removing
/// elements keeps its capacity.
struct UncheckedList<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private(set) var capacity: Int

  init(capacity: Int = 8) {
    self.capacity = max(capacity, 8)
    base = .allocate(capacity: self.capacity)
  }

  init(repeating element: Element, count: Int) {
    self.init(capacity: count)
    base.initialize(repeating: element, count: count)
    self.count = count
  }

  deinit { base.deallocate() }

  /// Returns a copy of the elements that is never freed.
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

  /// Makes room for `more` further elements.
  @inline(never)
  mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    larger.initialize(from: base, count: count)
    base.deallocate()
    base = larger
  }

  mutating func removeAll() { count = 0 }

  mutating func removeLast(_ less: Int) { count -= less }

  /// Replaces all elements by `count` copies of `element`.
  mutating func fill(_ element: Element, count: Int) {
    self.count = 0
    if count > capacity { reserve(count) }
    base.initialize(repeating: element, count: count)
    self.count = count
  }

  /// The elements, valid until something is appended.
  @inline(__always)
  var elements: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }

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
}
