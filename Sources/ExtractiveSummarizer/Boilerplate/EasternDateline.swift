/// Reads the dateline of a Chinese or Japanese report: the mark of a telegram, or its sender in brackets.
enum EasternDateline {
  /// Returns where the report begins after the mark of a telegram and its sender in brackets: "新华社北京4月26日电（记者王小明）",
  /// "（中央社台北26日電）", "【ロンドン時事】".
  static func end(in sentence: SentenceRange, _ bytes: Bytes) -> Int {
    let limit = min(sentence.end, sentence.start + DatelineParser.longest)
    var index = sentence.start
    var opener = scalar(bytes, at: index)
    if opener.kind == .opener, let close = bracketEnd(from: index, to: limit, bytes) {
      guard opener.value == 0x3010 || namesSender(index, close, bytes) else { return sentence.start }
      return close < sentence.end ? close : sentence.start
    }
    var previous: UInt32 = 0
    while index < limit {
      let next = scalar(bytes, at: index)
      guard next.isUnspaced || next.kind == .digit || next.kind == .space else { return sentence.start }
      index += next.length
      // The marks of a telegram: 日电, 日電, 日讯, 日訊.
      if previous == 0x65E5, [0x7535, 0x96FB, 0x8BAF, 0x8A0A].contains(next.value) { break }
      if next.kind != .space { previous = next.value }
    }
    guard index < limit else { return sentence.start }
    while index < limit, scalar(bytes, at: index).kind == .space { index += scalar(bytes, at: index).length }
    guard index < limit else { return sentence.start }
    opener = scalar(bytes, at: index)
    if opener.kind == .opener, let close = bracketEnd(from: index, to: limit, bytes) { index = close }
    while index < sentence.end, scalar(bytes, at: index).kind == .space { index += scalar(bytes, at: index).length }
    return index < sentence.end ? index : sentence.start
  }

  private static func bracketEnd(from start: Int, to limit: Int, _ bytes: Bytes) -> Int? {
    var index = start
    while index < limit {
      let next = scalar(bytes, at: index)
      index += next.length
      if next.value == 0x3011 || next.value == 0xFF09 || next.value == 0x29 { return index }
    }
    return nil
  }

  /// Whether brackets name a sender: 社 is an agency, 电, 電, 讯 or 訊 a telegram, 记 or 記 a reporter.
  private static func namesSender(_ start: Int, _ end: Int, _ bytes: Bytes) -> Bool {
    var index = start
    while index < end {
      let next = scalar(bytes, at: index)
      if [0x793E, 0x7535, 0x96FB, 0x8BAF, 0x8A0A, 0x8BB0, 0x8A18].contains(next.value) { return true }
      index += next.length
    }
    return false
  }
}
