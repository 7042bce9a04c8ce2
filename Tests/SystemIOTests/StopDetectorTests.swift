import Basics
import Testing

@testable import SystemIO

@Suite struct StopDetectorTests {
  private let origin = Instant.now

  private func at(_ milliseconds: Int) -> Instant { origin + .milliseconds(milliseconds) }

  @Test func looksOnTimeFindNothing() {
    var stops = StopDetector()
    stops.begin(at: at(0))
    for time in [1000, 1003, 2004, 3254] { #expect(stops.look(at: at(time)) == nil) }
  }

  @Test func aGapIsAStopOfThatLength() {
    var stops = StopDetector()
    stops.begin(at: at(0))
    #expect(stops.nextLook == at(1000))
    #expect(stops.look(at: at(1251)) == .milliseconds(1251))
    #expect(stops.look(at: at(2000)) == nil)
    #expect(stops.look(at: at(62_000)) == .seconds(60))
    #expect(stops.look(at: at(62_000)) == nil)
  }

  @Test func timeInWhichNobodyHadToLookIsNoStop() {
    var stops = StopDetector()
    stops.begin(at: at(0))
    stops.begin(at: at(60_000))
    #expect(stops.look(at: at(60_500)) == nil)
  }
}
