extension JSONScanner {
  /// Where the object or array that begins here ends, inside `depth` open ones. Which kinds are open is kept in a bit
  /// each: no recursion, so no input can overflow the stack.
  func endOfContainer(depth: Int) throws(JSONFault) -> Int {
    var scanner = self
    try scanner.container(depth: depth)
    return scanner.index
  }

  @inline(__always)
  private mutating func container(depth: Int) throws(JSONFault) {
    var open = OpenContainers(depth: depth)
    repeat {
      // At the bracket that opens one.
      try open.push(isObject: byte == 0x7B, self)
      index &+= 1
      skipSpace()
      if byte == (open.isObject ? 0x7D : 0x5D) {
        index &+= 1
        open.pop()
        if try !separator(&open, depth) { return }
      }
      // At an element, of an object its key.
      while try !element(in: open) {
        if try !separator(&open, depth) { return }
      }
    } while true
  }

  /// Passes over an element that is no container; false is answered after it, true at the bracket of a container.
  @inline(__always)
  private mutating func element(in open: OpenContainers) throws(JSONFault) -> Bool {
    if open.isObject { try key() }
    let next = byte
    if next == 0x7B || next == 0x5B { return true }
    if next == .quote {
      index &+= 1
      _ = try string()
    } else {
      _ = try plain()
    }
    return false
  }

  /// Passes over a key and its colon, up to the value.
  @inline(__always)
  private mutating func key() throws(JSONFault) {
    guard byte == .quote else { throw fault("expected a key") }
    index &+= 1
    _ = try string()
    try colon()
  }

  @inline(__always)
  mutating func colon() throws(JSONFault) {
    skipSpace()
    guard byte == 0x3A else { throw fault("expected ':' after the key") }
    index &+= 1
    skipSpace()
  }

  /// Passes over what follows an element: closing brackets, then a comma. False when all that were opened are closed.
  @inline(__always)
  private mutating func separator(_ open: inout OpenContainers, _ depth: Int) throws(JSONFault) -> Bool {
    while open.depth > depth {
      skipSpace()
      if byte == 0x2C {
        index &+= 1
        skipSpace()
        return true
      }
      guard byte == (open.isObject ? 0x7D : 0x5D) else {
        throw open.isObject ? fault("expected ',' or '}'") : fault("expected ',' or ']'")
      }
      index &+= 1
      open.pop()
    }
    return false
  }
}

/// The kinds of the containers that are open, the innermost in the lowest bit.
struct OpenContainers {
  private(set) var depth: Int
  private var innermost: UInt64 = 0
  /// Words that were pushed out of `innermost`, and how many levels are in it.
  private var outer = SIMD8<UInt64>()
  private var levels = 0

  init(depth: Int) { self.depth = depth }

  var isObject: Bool { innermost & 1 == 1 }

  @inline(__always)
  mutating func push(isObject: Bool, _ scanner: JSONScanner) throws(JSONFault) {
    guard depth < JSON.maximumDepth else { throw scanner.fault("nested deeper than 512") }
    if levels & 63 == 0 && levels > 0 { outer[levels &>> 6 &- 1] = innermost }
    innermost = innermost &<< 1 | (isObject ? 1 : 0)
    levels &+= 1
    depth &+= 1
  }

  @inline(__always)
  mutating func pop() {
    innermost = innermost &>> 1
    levels &-= 1
    depth &-= 1
    if levels & 63 == 0 && levels > 0 { innermost = outer[levels &>> 6 &- 1] }
  }
}
