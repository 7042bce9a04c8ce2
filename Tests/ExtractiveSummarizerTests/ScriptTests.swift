import Summarization
import Testing

@testable import ExtractiveSummarizer

@Suite struct ScriptTests {
  private func tag(_ letters: String, latin: Int) -> String? {
    var counts = ScriptCounts()
    for scalar in letters.unicodeScalars { counts.add(scalar.value) }
    counts.ascii = latin
    return counts.tag
  }

  /// Names and brands are written in Latin letters wherever they occur.
  @Test(arguments: [
    ("新的手机很好", 17, "zh"), ("新的手机很好", 18, nil), ("カメラは新しい", 20, "ja"), ("カメラは新しい", 21, nil),
    ("새로운휴대", 4, "ko"), ("새로운휴대", 5, nil), ("новый", 4, "ru"), ("новый", 5, nil), ("", 0, nil), ("", 9, nil),
  ])
  func theScriptOfMostOfTheTextTellsItsLanguage(_ letters: String, _ latin: Int, _ expected: String?) {
    #expect(tag(letters, latin: latin) == expected)
  }

  @Test func chineseBesideBrandsIsChinese() {
    #expect(digest("苹果公司今天发布了iPhone和MacBook的新产品，Google和Microsoft没有评论。").language == "zh")
  }
}
