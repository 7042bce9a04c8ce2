/// Removes the captions of figures, which are sentences but not part of the report.
enum CaptionRemover {
  /// Returns the text without its captions; the text itself if nothing else would be left.
  ///
  /// - Parameter captions: Where they are in the UTF-8 of the text, in its order.
  static func removed(_ captions: [Range<Int>], from text: String) -> String {
    guard !captions.isEmpty else { return text }
    let bytes = Array(text.utf8)
    var rest: [UInt8] = []
    rest.reserveCapacity(bytes.count)
    var index = 0
    for caption in captions where caption.lowerBound >= index && caption.upperBound <= bytes.count {
      rest += bytes[index..<caption.lowerBound]
      index = caption.upperBound
    }
    rest += bytes[index...]
    return rest.contains { $0 > 0x20 } ? String(decoding: rest, as: UTF8.self) : text
  }
}
