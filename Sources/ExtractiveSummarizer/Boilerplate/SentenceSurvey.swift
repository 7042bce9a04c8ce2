/// What one pass over the bytes of a sentence finds out. Most sentences prove to be plain and without the marks of
/// boilerplate, which saves computing their `Shape` and looking for each kind of boilerplate.
struct SentenceSurvey {
  /// Whether the sentence is certainly made of words: mostly letters, some of them after spaces, and no script without
  /// spaces.
  private(set) var isPlain = false
  /// Whether there may be a bracket or a comma, as before a side of a picture.
  private(set) var mayHaveSide = true
  /// Whether there may be a bracket, a slash or a colon, as in every credit.
  private(set) var mayHaveCredit = true
  /// Whether there may be "ki", as in "cookie".
  private(set) var mayHaveCookie = true

  init(_ sentence: SentenceRange, _ bytes: Bytes) {
    let (start, end) = (sentence.start, sentence.end)
    let length = end - start
    guard let base = bytes.baseAddress, length >= 24, length < 255 * ByteVector.width else { return }
    var marks = SurveyedMarks()
    marks.add(ByteVector(base + end - ByteVector.width), after: ByteVector(base + end - ByteVector.width - 1))
    var letters = LaneCount()
    var words = LaneCount()
    var index = start
    while index &+ ByteVector.width <= end {
      let block = ByteVector(base + index)
      // Nothing precedes the text. Then the block itself adds neither a word nor a mark.
      let before = ByteVector(base + (index > 0 ? index &- 1 : 0))
      let found = block.letters
      letters.add(found)
      words.add(found .& before.lanes(of: 0x20))
      marks.add(block, after: before)
      index &+= ByteVector.width
    }
    var count = letters.total
    if index &+ 8 <= end {
      count &+= ByteOctet.count(ByteOctet(base, at: index, limit: bytes.count).letters)
    }
    isPlain = !ByteVector.isAny(marks.unspaced) && count >= 12 && count * 2 >= length && words.total >= 4
    mayHaveSide = ByteVector.isAny(marks.brackets .| marks.commas)
    mayHaveCredit = ByteVector.isAny(marks.brackets .| marks.joints)
    mayHaveCookie = start == 0 || ByteVector.isAny(marks.cookies)
  }

  /// The lanes of all blocks together that hold a mark.
  private struct SurveyedMarks {
    var unspaced = ByteVector.Lanes(repeating: false)
    var brackets = ByteVector.Lanes(repeating: false)
    var commas = ByteVector.Lanes(repeating: false)
    var joints = ByteVector.Lanes(repeating: false)
    var cookies = ByteVector.Lanes(repeating: false)

    /// - Parameter before: The block that begins one byte earlier.
    @inline(__always)
    mutating func add(_ block: ByteVector, after before: ByteVector) {
      unspaced = unspaced .| block.mayBeUnspaced
      brackets = brackets .| block.lanes(of: 0x28)
      commas = commas .| block.lanes(of: 0x2C)
      joints = joints .| block.lanes(of: 0x2F) .| block.lanes(of: 0x3A)
      cookies = cookies .| before.lowercased.lanes(of: 0x6B) .& block.lowercased.lanes(of: 0x69)
    }
  }
}
