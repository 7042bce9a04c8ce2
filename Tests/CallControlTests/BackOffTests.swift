import Basics
import CallControl
import Testing
import TestSupport

@Suite struct BackOffTests {
  @Test func doublesFromHalfASecondToAMinute() {
    var random = SplitMix64(seed: 1)
    let bounds: [(Int, Double, Double)] = [
      (1, 0.5, 1), (2, 1, 2), (3, 2, 4), (4, 4, 8), (5, 8, 16), (6, 16, 32), (7, 30, 60), (8, 30, 60), (10_000, 30, 60),
    ]
    for (failures, low, high) in bounds {
      for _ in 0..<200 {
        let delay = BackOff.ofCalls.delay(after: failures, using: &random)
        #expect(delay >= .seconds(low) && delay <= .seconds(high), "\(failures): \(delay)")
      }
    }
  }

  @Test(arguments: [1, 3, 9]) func isSpreadEvenly(failures: Int) {
    var random = SplitMix64(seed: 2)
    let delays = (0..<2000).map { _ in BackOff.ofCalls.delay(after: failures, using: &random) }.sorted()
    let span = delays.last! - delays.first!
    #expect(span > delays.last! * 0.49)
    // The median of an even spread stands in its middle.
    #expect(delays[1000] > delays.first! + span * 0.45 && delays[1000] < delays.first! + span * 0.55)
  }
}
