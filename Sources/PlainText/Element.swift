/// An element of HTML, known by its place in the list of names.
struct Element: Equatable {
  let index: UInt8

  /// Anything that is in no list: custom elements, other namespaces, and what only looks like a tag.
  static let unknown = Element(index: 0)
  static let count = 192

  var traits: Traits { ElementTable.shared.traits[Int(index)] }

  struct Traits: OptionSet {
    let rawValue: UInt16

    /// Has no content and no end tag.
    static let void = Traits(rawValue: 1)
    /// Stands in lines of its own, with a blank line around it.
    static let block = Traits(rawValue: 2)
    /// Begins a line.
    static let line = Traits(rawValue: 4)
    /// Is not read: it goes with all that is in it.
    static let dropped = Traits(rawValue: 8)
    /// Holds no markup: it ends at its own end tag and nowhere else, and goes.
    static let raw = Traits(rawValue: 16)
    /// End tags of what is outside do not reach into it.
    static let scope = Traits(rawValue: 32)
    /// A closed pair of it, outside code, makes a text HTML.
    static let evidence = Traits(rawValue: 64)
    /// A list, whose items are its own.
    static let list = Traits(rawValue: 128)
  }
}

/// The names of elements and what each means for the text.
struct ElementTable: Sendable {
  static let shared = ElementTable()

  /// In one hash table, by the name as a number.
  private var keys = [UInt64](repeating: 0, count: slots)
  private var values = [UInt8](repeating: 0, count: slots)
  fileprivate(set) var traits = [Element.Traits](repeating: [], count: Element.count)

  private static let slots = 1024
  private static let longestName = 16

  private init() {
    var index: UInt8 = 1
    for (names, traits) in Self.lists {
      for name in Bytes(start: names.utf8Start, count: names.utf8CodeUnitCount).split(separator: .space) {
        let key = Self.key(of: Bytes(rebasing: name))
        let slot = slot(of: key)
        keys[slot] = key
        values[slot] = index
        self.traits[Int(index)] = traits
        index += 1
      }
    }
  }

  private static let lists: [(StaticString, Element.Traits)] = [
    // The first ones in the order of the constants below.
    ("p", [.block, .evidence]),
    ("li", [.line, .evidence]),
    ("ul ol menu dir dl", [.block, .evidence, .list]),
    ("dt dd", [.line, .evidence]),
    ("table", [.block, .evidence, .scope]),
    ("tr", [.line, .evidence]),
    ("td th", [.evidence, .scope]),
    ("pre", [.block, .evidence]),
    ("br", [.void]),
    ("form", [.block]),
    ("head", [.block, .dropped]),
    ("body html article main", [.block, .evidence]),
    ("q", []),
    ("img", [.void]),
    ("dialog", [.block]),

    (
      "address aside blockquote center details div fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup",
      [
        .block, .evidence,
      ]
    ),
    ("caption", [.block, .evidence, .scope]),
    ("listing section summary", [.block, .evidence]),
    ("thead tbody tfoot", [.line, .evidence]),
    ("frameset legend marquee optgroup search", [.block]),
    ("hr", [.void, .block]),
    ("nav", [.block, .dropped]),
    ("script style iframe noembed noframes textarea title xml xmp plaintext", [.dropped, .raw]),
    ("noscript", [.dropped]),
    ("template", [.dropped, .scope]),
    (
      "annotation applet audio button canvas datalist label meter object output progress rp rt rtc select svg video",
      [
        .dropped
      ]
    ),
    ("area base basefont bgsound col embed frame input keygen link meta nextid param source spacer track wbr", [.void]),
    ("a abbr acronym b bdi bdo big blink cite code colgroup data del dfn em font i ins kbd map mark math nobr", []),
    ("option picture rb ruby s samp slot small span strike strong sub sup time tt u var", []),
  ]

  static func element(named name: Bytes) -> Element {
    guard name.count <= longestName else { return .unknown }
    let key = key(of: name)
    return Element(index: shared.values[shared.slot(of: key)])
  }

  /// Eight bytes as they are, and what follows mixed in: the names of the lists are all different.
  private static func key(of name: Bytes) -> UInt64 {
    var key: UInt64 = 0
    for byte in name { key = (key &<< 8 | key &>> 56) ^ UInt64(byte.isCapital ? byte | 0x20 : byte) }
    return key
  }

  private func slot(of key: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 54)
    while keys[slot] != 0 && keys[slot] != key { slot = (slot &+ 1) & (Self.slots &- 1) }
    return slot
  }
}

extension Element {
  static let p = Element(index: 1)
  static let li = Element(index: 2)
  static let lists = 3...7 as ClosedRange<UInt8>
  static let dt = Element(index: 8)
  static let dd = Element(index: 9)
  static let table = Element(index: 10)
  static let tr = Element(index: 11)
  static let td = Element(index: 12)
  static let th = Element(index: 13)
  static let pre = Element(index: 14)
  static let br = Element(index: 15)
  static let form = Element(index: 16)
  static let head = Element(index: 17)
  static let body = Element(index: 18)
  static let html = Element(index: 19)
  static let article = Element(index: 20)
  static let main = Element(index: 21)
  static let q = Element(index: 22)
  static let img = Element(index: 23)
  static let dialog = Element(index: 24)
}
