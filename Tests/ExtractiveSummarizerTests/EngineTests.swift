import Summarization
import Testing

@testable import ExtractiveSummarizer

@Suite struct EngineTests {
  @Test func onlyWhatWasAskedForIsMade() {
    for tasks in [SummaryTasks.summary, .sentiment, .keywords, [.summary, .keywords], .all] {
      let made = ExtractiveSummarizer(SummaryRequest(tasks: tasks))
        .digest(title: "Rain helps farmers", content: "Good rain helped the farmers of the valley on Monday.")
      #expect((made.summary != nil) == tasks.contains(.summary))
      #expect((made.sentiment != nil) == tasks.contains(.sentiment))
      #expect((made.keywords != nil) == tasks.contains(.keywords))
    }
  }
}
