/// Plural and simple verb endings off: "policies" and "policy", "launched" and "launches" are counted together.
struct Stem {
  /// How many bytes of the word stay.
  private(set) var count: Int
  /// Whether the last of them becomes a "y".
  private(set) var endsInY = false

  /// nil where the word is its own stem.
  init?(_ word: UnsafePointer<UInt8>, count length: Int) {
    count = length
    let (e, s, y) = (UInt8(ascii: "e"), UInt8(ascii: "s"), UInt8(ascii: "y"))
    /// The byte so far from the end, 1 for the last.
    @inline(__always)
    func byte(_ offset: Int, _ count: Int) -> UInt8 {
      if offset == 1 && endsInY { return y }
      return offset <= count ? word[count &- offset] : 0
    }
    if byte(1, count) == s {
      let (second, third) = (byte(2, count), byte(3, count))
      if second == e && third == UInt8(ascii: "i") && count > 4 {
        count &-= 2
        endsInY = true
      } else if second == e && third == s && byte(4, count) == s {
        count &-= 2
      } else if second != s, second != UInt8(ascii: "u"), second != UInt8(ascii: "i") || count == 4, count > 3 {
        // Of four letters it is an "API" and its "APIs"; longer, a "crisis".
        count &-= 1
      }
    }
    let (second, third) = (byte(2, count), byte(3, count))
    switch byte(1, count) {
    case UInt8(ascii: "g") where second == UInt8(ascii: "n") && third == UInt8(ascii: "i") && count >= 6: count &-= 3
    case UInt8(ascii: "d") where second == e && third != e && count >= 5: count &-= 2
    case y where second == UInt8(ascii: "l") && count >= 5:
      count &-= 2
      endsInY = false
    // So that "use", "uses", "used" and "using" meet.
    case e where count >= 5: count &-= 1
    default: break
    }
    if count == length { return nil }
  }
}
