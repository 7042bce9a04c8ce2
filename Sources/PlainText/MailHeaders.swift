import Basics

/// Finds the headers of mails and posts, which are no sentences: blocks of lines "Field: value" with names that only mails
/// have, or with an address. A talk has such lines too, but its names come again; so has a timetable from here to there.
package enum MailHeaders {
  private static let longestName = 32
  /// The minimum number of fields that are known from mails, and of any fields beside an address.
  private static let fewestFields = 2
  private static let fewestBesideAddress = 3

  /// Returns the text without the headers.
  ///
  /// - Returns: nil if there is none, or nothing else.
  package static func removed(from bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    var copied = 0
    var start = bytes.afterBlankLines(from: 0)
    while start < bytes.count {
      if let end = end(ofHeaderAt: start, bytes) {
        result += bytes[copied..<start]
        copied = end
        start = bytes.afterBlankLines(from: end)
      } else {
        start = nextBlock(from: start, bytes)
      }
    }
    guard copied > 0 else { return nil }
    result += bytes[copied...]
    return result.contains { $0 > 0x20 } ? result : nil
  }

  private static func nextBlock(from start: Int, _ bytes: Bytes) -> Int {
    var index = start
    while true {
      index = bytes.first(.newline, from: index) &+ 1
      guard index < bytes.count else { return bytes.count }
      let next = bytes.afterBlankLines(from: index)
      if next > index { return next }
    }
  }

  /// Returns the index after the header that begins at an index; nil if none does.
  private static func end(ofHeaderAt start: Int, _ bytes: Bytes) -> Int? {
    var index = start
    var (fields, ofMail, hasAddress) = (0, 0, false)
    var (hasCertain, isTold, isTalk) = (false, false, false)
    var first = start..<start
    var previous = start..<start
    while index < bytes.count {
      let end = bytes.first(.newline, from: index)
      if bytes.afterSpaces(from: index, to: end) == end { break }
      let isContinued = fields > 0 && bytes[index].isSpace
      if !isContinued, index > start || !isAboveHeader(index, end, bytes) {
        guard let end = nameEnd(index, end, bytes) else { return nil }
        let name = index..<end
        fields += 1
        if isOfMail(Bytes(rebasing: bytes[name])) { ofMail += 1 }
        if isOfMailAlone(Bytes(rebasing: bytes[name])) { hasCertain = true }
        if fields == 1 { first = name }
        isTalk =
          isTalk
          || fields > 1 && (bytes[name].elementsEqual(bytes[first]) || bytes[name].elementsEqual(bytes[previous]))
        previous = name
      } else if !isContinued {
        isTold = true
      }
      hasAddress = hasAddress || self.hasAddress(index, end, bytes)
      index = end &+ 1
    }
    let isOfMail = ofMail >= fewestFields && (hasCertain || hasAddress || isTold)
    guard isOfMail || hasAddress && fields >= fewestBesideAddress && !isTalk else { return nil }
    return min(index, bytes.count)
  }

  /// Whether a line announces a header: "---- Forwarded message ----", or the one above each mail of an archive, "From
  /// jane@roe.example Mon Mar 4".
  private static func isAboveHeader(_ start: Int, _ end: Int, _ bytes: Bytes) -> Bool {
    bytes.holds("--", at: start) || bytes.holds("from ", at: start) && hasAddress(start, end, bytes)
  }

  /// Returns the end of the name of a field, which a colon follows; nil if the line is no field.
  private static func nameEnd(_ start: Int, _ end: Int, _ bytes: Bytes) -> Int? {
    var index = start
    while index < end, bytes[index].isAlphanumeric || bytes[index] == 0x2D || bytes[index] >= 0x80 { index &+= 1 }
    guard index > start, index &- start <= longestName, !bytes[start].isDigit, bytes[start] != 0x2D else { return nil }
    var colon = index
    // In French a space precedes the colon.
    while colon < end, bytes[colon] == .space { colon &+= 1 }
    guard colon < end, bytes[colon] == 0x3A, colon &- index <= 1 else { return nil }
    return colon &+ 1 == end || bytes[colon &+ 1].isSpace ? index : nil
  }

  private static func hasAddress(_ start: Int, _ end: Int, _ bytes: Bytes) -> Bool {
    guard let at = bytes[start..<end].firstIndex(of: 0x40), at > start, at &+ 1 < end else { return false }
    return bytes[at &- 1].isAlphanumeric && bytes[at &+ 1].isAlphanumeric
  }

  private static func isOfMail(_ name: Bytes) -> Bool {
    names.contains { $0.utf8CodeUnitCount == name.count && name.holds($0, at: 0) }
      || name.holds("x-", at: 0) || name.holds("content-", at: 0) || name.holds("resent-", at: 0)
  }

  private static func isOfMailAlone(_ name: Bytes) -> Bool {
    certain.contains { $0.utf8CodeUnitCount == name.count && name.holds($0, at: 0) }
  }

  private static let certain: [StaticString] = [
    "subject", "subj", "cc", "received", "reply-to", "message-id", "in-reply-to", "return-path", "delivered-to",
    "mime-version", "newsgroups", "xref", "nntp-posting-host", "followup-to", "archive-name",
  ]

  private static let names: [StaticString] =
    certain + [
      "from", "to", "date", "sent", "sender", "references", "organization", "path", "lines", "distribution",
      "keywords", "approved",
    ]
}

extension Bytes {
  /// Returns the index of the first line at or after `start` that is not blank; `count` if there is none.
  fileprivate func afterBlankLines(from start: Int) -> Int {
    var line = start
    while line < count {
      let end = first(.newline, from: line)
      if afterSpaces(from: line, to: end) < end { return line }
      line = end &+ 1
    }
    return count
  }
}
