import JSONLines
import Testing

@testable import SummarizeCommand

@Suite struct ShapeHintTests {
  @Test(arguments: ["[", " [{\"id\":1}]", "{", "\t{ ", "{\r"]) func documents(text: String) {
    #expect(ShapeHint.applies(to: Line(number: 1, content: .complete(Array(text.utf8)))))
  }

  @Test(arguments: ["{}", "{\"id\":1}", "x", "5", "{\"content\":", "\"[\""]) func linesAndOtherThings(text: String) {
    #expect(!ShapeHint.applies(to: Line(number: 1, content: .complete(Array(text.utf8)))))
  }
}
