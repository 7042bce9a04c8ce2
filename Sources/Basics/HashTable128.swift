import CLibrary

/// A hash of 128 bits.
package struct Hash128: Hashable, Sendable {
  package var high: UInt64
  package var low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Returns the hash of the nth occurrence of a value with this hash, counted from 1; the first keeps this hash.
  ///
  /// The steps are odd, so that each n gives another hash. The hashes need no mixing: they are evenly distributed.
  package func occurrence(_ n: Int) -> Hash128 {
    let steps = UInt64(n - 1)
    return Hash128(high: high &+ steps &* 0x9E37_79B9_7F4A_7C15, low: low &+ steps &* 0xC2B2_AE3D_27D4_EB4F)
  }
}

extension Hash128: CustomStringConvertible {
  /// 32 hexadecimal digits, in lower case.
  package var description: String {
    Hexadecimal.digits(of: high, count: 16) + Hexadecimal.digits(of: low, count: 16)
  }

  /// Parses 32 hexadecimal digits; nil for anything else.
  package init?(hexadecimal digits: some Collection<UInt8>) {
    guard digits.count == 32 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for digit in digits {
      guard let value = Hexadecimal.value(ofDigit: digit) else { return nil }
      high = high << 4 | low >> 60
      low = low << 4 | UInt64(value)
    }
    self.init(high: high, low: low)
  }
}

/// A table from 128-bit hashes to 48 bits each: at most 26 bytes an entry and 0.4 MB, even while it grows. Pure.
///
/// The table has 256 parts, selected by the first byte of the hash. A part grows by a fifteenth when it is 15/16 full,
/// and only that part exists twice meanwhile. Entries of a part are in the order of their hashes, each at or after the
/// place at which its hash is due (ordered linear probing, after Amble and Knuth, 1974). A search ends at the first
/// greater entry, so that a part can be nearly full, and growing copies from front to back.
package final class HashTable128 {
  private static let partCount = 256
  private let parts = (0..<partCount).map { _ in TablePart() }
  package private(set) var count = 0

  package init() {}

  /// The payload of a hash; 0 if there is none. Expected constant time.
  package subscript(hash: Hash128) -> UInt64 {
    get { parts[Int(hash.high >> 56)].find(hash) }
    set {
      precondition(newValue > 0 && newValue >> 48 == 0, "a payload of more than 48 bits, or none")
      if parts[Int(hash.high >> 56)].store(newValue, for: hash) { count += 1 }
    }
  }

  /// The number of bytes in use.
  package var byteCount: Int { parts.reduce(0) { $0 + $1.byteCount } }
}

/// One 256th of the table.
private final class TablePart {
  private static let stride = 22
  /// Places after the last one, for entries displaced beyond it.
  private static let tail = 64

  private var pages: ZeroedPages?
  private var base = UnsafeMutableRawPointer(bitPattern: 1)!
  private var capacity = 0
  private var count = 0

  var byteCount: Int { capacity == 0 ? 0 : (capacity + Self.tail) * Self.stride }

  func find(_ hash: Hash128) -> UInt64 {
    guard capacity > 0 else { return 0 }
    let place = position(of: hash)
    return isFound(hash, at: place) ? payload(at: place) : 0
  }

  /// - Returns: whether the entry is new.
  func store(_ payload: UInt64, for hash: Hash128) -> Bool {
    if capacity > 0 {
      let place = position(of: hash)
      if isFound(hash, at: place) {
        setPayload(payload, at: place)
        return false
      }
    }
    if count + 1 > capacity / 16 * 15 { grow() }
    while !insert(hash, payload) { grow() }
    count += 1
    return true
  }

  // MARK: Places

  private func due(_ hash: Hash128) -> Int { Int(hash.low.multipliedFullWidth(by: UInt64(capacity)).high) }

  /// Returns the place of the hash, or the place to insert it: the first one, from its due place on, that is free or
  /// has a hash that is not less.
  private func position(of hash: Hash128) -> Int {
    var place = due(hash)
    while place < capacity + Self.tail, payload(at: place) != 0, isLess(place, hash) { place += 1 }
    return place
  }

  private func isFound(_ hash: Hash128, at place: Int) -> Bool {
    place < capacity + Self.tail && payload(at: place) != 0 && low(at: place) == hash.low
      && high(at: place) == hash.high
  }

  private func isLess(_ place: Int, _ hash: Hash128) -> Bool {
    let low = low(at: place)
    return low < hash.low || low == hash.low && high(at: place) < hash.high
  }

  /// - Returns: false if the tail is full.
  private func insert(_ hash: Hash128, _ payload: UInt64) -> Bool {
    let place = position(of: hash)
    var free = place
    while free < capacity + Self.tail, self.payload(at: free) != 0 { free += 1 }
    guard free < capacity + Self.tail else { return false }
    let entry = address(place)
    (entry + Self.stride).copyMemory(from: entry, byteCount: (free - place) * Self.stride)
    entry.storeBytes(of: hash.low, as: UInt64.self)
    entry.storeBytes(of: hash.high, toByteOffset: 8, as: UInt64.self)
    setPayload(payload, at: place)
    return true
  }

  private func grow() {
    let old = pages.take()
    let (oldBase, oldPlaces) = (base, capacity == 0 ? 0 : capacity + Self.tail)
    capacity = max(16, capacity + capacity / 15 / 16 * 16 + 16)
    let new = ZeroedPages(byteCount: byteCount)
    base = new.base
    pages = consume new
    var next = 0
    for place in 0..<oldPlaces {
      let entry = oldBase + place * Self.stride
      guard Self.payload(entry) != 0 else { continue }
      next = max(next, Int(Self.low(entry).multipliedFullWidth(by: UInt64(capacity)).high))
      // The tail overflows only if entries that are due before the end are displaced more than 64 places beyond it.
      precondition(next < capacity + Self.tail, "hashes are not spread evenly")
      address(next).copyMemory(from: entry, byteCount: Self.stride)
      next += 1
    }
    _ = consume old
  }

  // MARK: Entries: 8 bytes low, 8 bytes high, 6 bytes payload, 0 in a free place

  private func address(_ place: Int) -> UnsafeMutableRawPointer { base + place * Self.stride }
  private func low(at place: Int) -> UInt64 { Self.low(address(place)) }
  private func high(at place: Int) -> UInt64 { address(place).loadUnaligned(fromByteOffset: 8, as: UInt64.self) }
  private func payload(at place: Int) -> UInt64 { Self.payload(address(place)) }

  private static func low(_ entry: UnsafeMutableRawPointer) -> UInt64 { entry.loadUnaligned(as: UInt64.self) }

  private static func payload(_ entry: UnsafeMutableRawPointer) -> UInt64 {
    UInt64(entry.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
      | UInt64(entry.loadUnaligned(fromByteOffset: 20, as: UInt16.self)) << 32
  }

  private func setPayload(_ payload: UInt64, at place: Int) {
    let entry = address(place)
    entry.storeBytes(of: UInt32(truncatingIfNeeded: payload), toByteOffset: 16, as: UInt32.self)
    entry.storeBytes(of: UInt16(truncatingIfNeeded: payload >> 32), toByteOffset: 20, as: UInt16.self)
  }
}

/// Zeroed memory straight from the operating system, for tables that release their memory piece by piece as they grow.
/// Pieces freed to the heap would leave holes of just the wrong size.
package struct ZeroedPages: ~Copyable, @unchecked Sendable {
  package let base: UnsafeMutableRawPointer
  private let size: Int

  /// - Precondition: the operating system has the memory.
  package init(byteCount: Int) {
    size = byteCount
    guard let mapped = system_map_pages(size) else { fatalError("out of memory") }
    base = mapped
  }

  deinit {
    system_unmap_pages(base, size)
  }
}
