import Basics
import TestSupport
import Testing

@testable import Reporting

@Suite struct TraceLanesTests {
  /// Against a naive model: nobody shares a lane, and there are no more than were ever needed at once.
  @Test func everyArticleInFlightHasALaneOfItsOwn() {
    let now = Instant.now
    var random = SplitMix64(seed: 1)
    var lanes = TraceLanes()
    var model: [Int: Int] = [:]
    var (peak, newLanes) = (0, 0)
    for line in 1...2000 {
      if Bool.random(using: &random) || model.isEmpty {
        let (lane, isNew) = lanes.enter(line)
        #expect(!model.values.contains(lane))
        if isNew { newLanes += 1 }
        model[line] = lane
        peak = max(peak, model.count)
      } else {
        let line = model.keys.randomElement(using: &random)!
        #expect(lanes[line] == model[line])
        #expect(lanes.leave(line, from: now, to: now)?.lane == model[line])
        model[line] = nil
      }
    }
    #expect(newLanes == peak)
    #expect(lanes.leave(-1, from: now, to: now) == nil)
  }

  /// The second article is admitted while the first is in flight, and gets its lane when that is free.
  @Test func barsOfALaneDoNotOverlap() {
    let start = Instant.now
    var lanes = TraceLanes()
    _ = lanes.enter(1)
    #expect(lanes.leave(1, from: start, to: start + .seconds(2))?.start == start)
    #expect(lanes.enter(2) == (1, false))
    #expect(lanes.leave(2, from: start + .seconds(1), to: start + .seconds(3))?.start == start + .seconds(2))
  }

  @Test func aLabelIsLineAndIdInAtMost64Characters() {
    #expect(TraceLanes.label(line: 7, id: nil) == "line 7")
    #expect(TraceLanes.label(line: 7, id: Array("\"a\"".utf8)[...]) == "line 7 \"a\"")
    #expect(TraceLanes.label(line: 7, id: Array(repeating: 0x39, count: 1000)[...]).count == 64)
    #expect(TraceLanes.label(line: 7, id: Array("\u{1B}[31m".utf8)[...]) == "line 7 \\x1b[31m")
  }
}
