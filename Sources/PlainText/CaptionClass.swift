/// The classes of elements that hold the caption or the credit of a picture, as themes of sites name them:
/// "wp-caption-text", "image__caption", "photoCredit".
///
/// Such an element is read like a `figcaption`. Its text must be short: a theme may give the name to the whole post of a
/// picture, and "credit" is also what a bank gives.
enum CaptionClass {
  /// The length in bytes of some sentences, and of a line of names.
  private static let longestCaption = 600
  private static let longestCredit = 160
  /// Words with which "caption" and "credit" mean something else.
  private static let afterCaption: [StaticString] = ["toggle", "button", "track"]
  private static let afterCredit: [StaticString] = ["card", "union", "score", "rating"]
  /// Words before which the caption is elsewhere.
  private static let denials: [StaticString] = [
    "no", "has", "with", "without", "hide", "show", "closed", "tax", "carbon",
  ]

  /// Returns the maximum length of the text that makes an element of these classes a caption; 0 if none of them names
  /// one.
  static func longestText(_ classes: Bytes) -> Int {
    var longest = 0
    var index = 0
    while index < classes.count {
      // Both words begin with the same letter.
      index = classes.first(from: index) { $0.lanes(of: 0x63) .| $0.lanes(of: 0x43) }
      if names("caption", in: classes, at: index, butNotBefore: afterCaption) { return longestCaption }
      if names("credit", in: classes, at: index, butNotBefore: afterCredit) {
        longest = longestCredit
      }
      index &+= 1
    }
    return longest
  }

  /// Whether the word is a part of a class, and no word before it says that the caption is elsewhere: "has-caption".
  private static func names(
    _ word: StaticString, in classes: Bytes, at start: Int, butNotBefore others: [StaticString]
  ) -> Bool {
    guard classes.holds(word, at: start) else { return false }
    var end = start &+ word.utf8CodeUnitCount
    if end < classes.count, classes[end] | 0x20 == 0x73 { end &+= 1 }
    // "captioned", "creditor". A capital begins the next word.
    if end < classes.count, classes[end].isLetter, !classes[end].isCapital { return false }
    let next = end < classes.count && isMark(classes[end]) ? end &+ 1 : end
    return !others.contains { classes.holds($0, at: next) } && !isDenied(classes, before: start)
  }

  /// Whether the word before an index within a class is one as in "no-caption", "closed-captions".
  private static func isDenied(_ classes: Bytes, before index: Int) -> Bool {
    let end = index > 0 && isMark(classes[index &- 1]) ? index &- 1 : index
    return denials.contains { word in
      let start = end &- word.utf8CodeUnitCount
      return classes.holds(word, at: start) && (start == 0 || !classes[start &- 1].isLetter)
    }
  }

  private static func isMark(_ byte: UInt8) -> Bool { byte == 0x2D || byte == 0x5F }
}
