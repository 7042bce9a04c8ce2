/// An HTML element, identified by the position of its name in the element table.
struct HTMLElement: Equatable {
  let index: UInt8

  /// An element that is not in the table: a custom element, one of another namespace, or text that looks like a tag.
  static let unknown = HTMLElement(index: 0)
  static let count = 192

  var traits: ElementTraits { ElementTable.shared.traits[Int(index)] }

  struct ElementTraits: OptionSet {
    let rawValue: UInt16

    /// Has no content and no end tag.
    static let void = ElementTraits(rawValue: 1)
    /// Is separated by a blank line before and after.
    static let block = ElementTraits(rawValue: 2)
    /// Begins a new line.
    static let line = ElementTraits(rawValue: 4)
    /// Is not shown, and is removed with its content.
    static let dropped = ElementTraits(rawValue: 8)
    /// Contains no markup: only its own end tag ends it. Its content is removed.
    static let raw = ElementTraits(rawValue: 16)
    /// Is a boundary that most end tags inside it do not reach across.
    static let scope = ElementTraits(rawValue: 32)
    /// Makes a text HTML if a pair of its tags is closed outside code.
    static let evidence = ElementTraits(rawValue: 64)
  }
}

/// The names of elements and their traits.
struct ElementTable: Sendable {
  static let shared = ElementTable()

  /// A hash table keyed by the packed name.
  private var keys = [UInt64](repeating: 0, count: slots)
  private var values = [UInt8](repeating: 0, count: slots)
  fileprivate(set) var traits = [HTMLElement.ElementTraits](repeating: [], count: HTMLElement.count)

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

  private static let lists: [(StaticString, HTMLElement.ElementTraits)] = [
    // The order of the first names is that of the constants below.
    ("p", [.block, .evidence]),
    ("li", [.line, .evidence]),
    ("ul ol menu dir dl", [.block, .evidence]),
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
    ("figcaption", [.block, .evidence]),

    (
      "address aside blockquote center details div fieldset figure footer h1 h2 h3 h4 h5 h6 header hgroup",
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

  static func element(named name: Bytes) -> HTMLElement {
    guard name.count <= longestName else { return .unknown }
    let key = key(of: name)
    return HTMLElement(index: shared.values[shared.slot(of: key)])
  }

  /// Packs up to eight bytes of the name unchanged and mixes in the rest. The keys of all listed names differ.
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

extension HTMLElement {
  static let p = HTMLElement(index: 1)
  static let li = HTMLElement(index: 2)
  static let lists = 3...7 as ClosedRange<UInt8>
  static let dt = HTMLElement(index: 8)
  static let dd = HTMLElement(index: 9)
  static let table = HTMLElement(index: 10)
  static let tr = HTMLElement(index: 11)
  static let td = HTMLElement(index: 12)
  static let th = HTMLElement(index: 13)
  static let pre = HTMLElement(index: 14)
  static let br = HTMLElement(index: 15)
  static let form = HTMLElement(index: 16)
  static let head = HTMLElement(index: 17)
  static let body = HTMLElement(index: 18)
  static let html = HTMLElement(index: 19)
  static let article = HTMLElement(index: 20)
  static let main = HTMLElement(index: 21)
  static let q = HTMLElement(index: 22)
  static let img = HTMLElement(index: 23)
  static let dialog = HTMLElement(index: 24)
  static let figcaption = HTMLElement(index: 25)
}
