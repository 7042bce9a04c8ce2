import Basics
import Testing

@testable import SystemIO

@Suite struct WakeSpacingTests {
  private let origin = Instant.now

  private func at(_ microseconds: Int) -> Instant { origin + .microseconds(microseconds) }

  @Test func whatHappensNowAndThenIsNotHeldUp() {
    var spacing = WakeSpacing()
    #expect(spacing.rest(at: at(0)) == nil)
    for time in [0, 1000, 3000, 100_000] {
      spacing.wake(at: at(time))
      #expect(spacing.rest(at: at(time + 10)) == nil)
    }
  }

  @Test func whatHappensAllTheTimeIsSpaced() {
    var spacing = WakeSpacing()
    spacing.wake(at: at(0))
    spacing.wake(at: at(100))
    #expect(spacing.rest(at: at(150)) == .microseconds(450))
    #expect(spacing.rest(at: at(600)) == nil, "it has taken its time")
    // The rest itself does not end the rests.
    spacing.wake(at: at(610))
    #expect(spacing.rest(at: at(660)) == .microseconds(450))
    spacing.wake(at: at(1700))
    #expect(spacing.rest(at: at(1710)) == nil, "quiet again")
  }
}
