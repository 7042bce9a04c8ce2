import JSONLines
import Summarization

extension ReplySchema {
  /// What is wrong with a reply, as the end of a sentence that begins with "the reply".
  struct Mismatch: Error, Equatable {
    let what: String
  }

  /// Makes a summary of the text of a reply, if it fits. Fields that were not asked for are passed over.
  func check(_ text: String) throws(Mismatch) -> Summary {
    let reply = try object(in: text)
    var summary = Summary()
    if request.tasks.contains(.summary) {
      let text = try trimmedString(of: "summary", in: reply)
      if text.isEmpty { throw Mismatch(what: "has an empty summary") }
      summary.summary = text
    }
    if request.tasks.contains(.sentiment) {
      let text = try trimmedString(of: "sentiment", in: reply)
      guard let sentiment = Sentiment(rawValue: text.lowercased()) else {
        throw Mismatch(what: "has the sentiment '\(text)'")
      }
      summary.sentiment = sentiment
    }
    if request.tasks.contains(.keywords) { summary.keywords = try keywords(in: reply) }
    return summary
  }

  /// At most as many as were asked for; empty ones do not count.
  private func keywords(in reply: JSONValue) throws(Mismatch) -> [String] {
    guard let value = reply["keywords"] else { throw Mismatch(what: "has no keywords") }
    guard let elements = value.elements else { throw Mismatch(what: "has keywords that are no array") }
    var keywords: [String] = []
    for element in elements {
      guard let keyword = element.string?.trimmed() else { throw Mismatch(what: "has a keyword that is no string") }
      if !keyword.isEmpty, keywords.count < request.keywords { keywords.append(keyword) }
    }
    return keywords
  }

  private func trimmedString(of name: String, in reply: JSONValue) throws(Mismatch) -> String {
    guard let value = reply[name] else { throw Mismatch(what: "has no \(name)") }
    guard let text = value.string else { throw Mismatch(what: "has a \(name) that is no string") }
    return text.trimmed()
  }

  /// The one object of a reply. Around it may stand white space, the thoughts of a model that shows them first, a code
  /// fence, or words without braces: then there is no doubt which object is meant.
  private func object(in text: String) throws(Mismatch) -> JSONValue {
    var utf8 = Array(text.trimmed().utf8)
    if utf8.starts(with: "<think>".utf8), let end = utf8.firstRange(of: Array("</think>".utf8)) {
      utf8.removeSubrange(..<end.upperBound)
    }
    guard utf8.contains(where: { !$0.isSpace }) else { throw Mismatch(what: "is empty") }
    guard let start = utf8.firstIndex(of: UInt8(ascii: "{")), let end = utf8.lastIndex(of: UInt8(ascii: "}")),
      start < end, let value = try? JSONValue(scanning: Array(utf8[start...end])),
      // An array around it is no prose: whether it has one element or several is not seen from here.
      !utf8[..<start].contains(UInt8(ascii: "["))
    else { throw Mismatch(what: "is not the JSON object that was asked for") }
    return value
  }
}
