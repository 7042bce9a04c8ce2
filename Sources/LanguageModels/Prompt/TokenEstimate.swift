/// About how many tokens a text has.
///
/// Tokenizers of today's models make one token of about four letters of English and somewhat fewer of other languages in
/// Latin script; a Chinese or Japanese character, three bytes, is about one token, and two bytes of Cyrillic, Greek or
/// Arabic are about two thirds. So: bytes of ASCII by four, all others by three. Linear in the length of the text.
enum TokenEstimate {
  static func tokens(_ text: String) -> Int {
    var ascii = 0
    var others = 0
    for byte in text.utf8 {
      if byte < 0x80 { ascii += 1 } else { others += 1 }
    }
    return (ascii + 3) / 4 + (others + 2) / 3
  }
}
