import Testing

@testable import BoundedConcurrency

/// The whole path of the level against servers without chance, where each step of it can be explained. A change of the
/// rule that moves a path is seen here, and has to be explained as well.
@Suite("the path of the adaptive level") struct AdaptiveLevelPathTests {
  /// The levels in their order, each with the number of calls that ended under it and its reason.
  ///
  /// As many calls are in flight as may be. The one that began first ends first, as `answer` says from the level under
  /// which it began and the number of calls before it.
  private func path(
    _ controller: AdaptiveLevelController, calls: Int,
    _ answer: (_ level: Int, _ call: Int) -> AdaptiveLevelController.LevelOutcome
  ) -> String {
    var controller = controller
    var path: [String] = []
    var inFlight: [(epoch: Int, level: Int)] = []
    var (level, reason, count) = (controller.level, controller.reason, 0)
    for call in 0..<calls {
      while inFlight.count < controller.level { inFlight.append((controller.began(), controller.level)) }
      let first = inFlight.removeFirst()
      controller.ended(epoch: first.epoch, answer(first.level, call), limitReached: true)
      count += 1
      if controller.level != level || controller.reason != reason {
        path.append("\(count) at \(level) \(reason)")
        (level, reason, count) = (controller.level, controller.reason, 0)
      }
    }
    path.append("\(count) at \(level) \(reason), \(controller.bound)")
    return path.joined(separator: ", ")
  }

  /// An answer of a server with `slots`, before which further calls queue.
  private func queueing(_ level: Int, slots: Int, work: Double? = 10) -> AdaptiveLevelController.LevelOutcome {
    .succeeded(latency: max(1, Double(level) / Double(slots)), work: work)
  }

  @Test func `where everything is free it doubles up to the maximum`() {
    let found =
      path(AdaptiveLevelController(maximum: 50), calls: 300) { level, _ in .succeeded(latency: 1, work: 10) }
    #expect(
      found == """
        1 at 1 firstCall, 5 at 4 growing, 8 at 8 growing, 15 at 16 growing, 31 at 32 growing, 240 at 50 growing, \
        maximum
        """)
  }

  @Test func `ten slots: it doubles while that pays, goes back, and looks higher at ever longer intervals`() {
    let found =
      path(AdaptiveLevelController(maximum: 64), calls: 1200) { level, _ in queueing(level, slots: 10) }
    #expect(
      found == """
        1 at 1 firstCall, 5 at 4 growing, 8 at 8 growing, 15 at 16 growing, 23 at 32 growing, 47 at 16 \
        noMoreWork, 31 at 13 lookingLower, 60 at 11 lookingLower, 26 at 13 growing, 92 at 11 noMoreWork, 26 at \
        13 growing, 156 at 11 noMoreWork, 26 at 13 growing, 284 at 11 noMoreWork, 26 at 13 growing, 374 at 11 \
        noMoreWork, noMoreWork
        """)
  }

  @Test func `nothing is known of the work: calls count`() {
    let found =
      path(AdaptiveLevelController(maximum: 64), calls: 600) { level, _ in queueing(level, slots: 10, work: nil) }
    #expect(
      found == """
        1 at 1 firstCall, 5 at 4 growing, 8 at 8 growing, 15 at 16 growing, 23 at 32 growing, 47 at 16 \
        noMoreWork, 31 at 13 lookingLower, 60 at 11 lookingLower, 26 at 13 growing, 92 at 11 noMoreWork, 26 at \
        13 growing, 156 at 11 noMoreWork, 26 at 13 growing, 84 at 11 noMoreWork, noMoreWork
        """)
  }

  @Test func `with noise it measures longer and tries smaller steps`() {
    let found =
      path(AdaptiveLevelController(maximum: 64), calls: 2000) { level, call in
        let work = [10.0, 20, 40][call % 3]
        let noise = [0.7, 1.1, 1.3, 0.9, 1.0][call % 5]
        return .succeeded(latency: max(1, Double(level) / 12) * noise * work / 20, work: work)
      }
    #expect(
      found == """
        1 at 1 firstCall, 5 at 4 growing, 8 at 8 growing, 15 at 16 growing, 23 at 32 growing, 53 at 16 \
        noMoreWork, 77 at 13 lookingLower, 29 at 17 growing, 164 at 13 noMoreWork, 43 at 16 growing, 542 at 13 \
        noMoreWork, 70 at 15 growing, 970 at 13 noMoreWork, noMoreWork
        """)
  }

  @Test func `a server that loses slots and gets them back is followed, step by step`() {
    let found =
      path(AdaptiveLevelController(maximum: 64), calls: 3000) { level, call in
        queueing(level, slots: call < 600 ? 32 : call < 1600 ? 8 : 32)
      }
    #expect(
      found == """
        1 at 1 firstCall, 5 at 4 growing, 8 at 8 growing, 15 at 16 growing, 31 at 32 growing, 39 at 64 growing, \
        159 at 32 noMoreWork, 68 at 37 growing, 196 at 32 noMoreWork, 68 at 37 growing, 68 at 32 noMoreWork, 58 \
        at 27 lookingLower, 49 at 23 lookingLower, 42 at 20 lookingLower, 36 at 17 lookingLower, 32 at 14 \
        lookingLower, 29 at 12 lookingLower, 59 at 10 lookingLower, 25 at 12 growing, 283 at 10 noMoreWork, 25 \
        at 12 growing, 539 at 10 noMoreWork, 25 at 12 growing, 27 at 14 growing, 30 at 17 growing, 36 at 20 \
        growing, 42 at 23 growing, 49 at 27 growing, 58 at 32 growing, 68 at 37 growing, 132 at 32 noMoreWork, \
        68 at 37 growing, 196 at 32 noMoreWork, 68 at 37 growing, 324 at 32 noMoreWork, 42 at 37 growing, \
        noMoreWork
        """)
  }

  @Test func `a refusal while it grows: back to what was taken, then up by one call at a time`() {
    let found =
      path(AdaptiveLevelController(maximum: 64), calls: 500) { level, _ in
        level > 12 ? .refused : queueing(level, slots: 100)
      }
    #expect(
      found == """
        1 at 1 firstCall, 5 at 4 growing, 8 at 8 growing, 8 at 16 growing, 1 at 15 refused, 1 at 14 refused, 1 \
        at 13 refused, 1 at 12 refused, 1 at 11 refused, 1 at 10 refused, 1 at 9 refused, 20 at 8 refused, 33 at \
        9 lookingAgain, 35 at 10 lookingAgain, 37 at 11 lookingAgain, 39 at 12 lookingAgain, 12 at 13 \
        lookingAgain, 36 at 12 refused, 12 at 13 lookingAgain, 36 at 12 refused, 12 at 13 lookingAgain, 36 at 12 \
        refused, 12 at 13 lookingAgain, 36 at 12 refused, 12 at 13 lookingAgain, 36 at 12 refused, 12 at 13 \
        lookingAgain, 36 at 12 refused, 12 at 13 lookingAgain, 7 at 12 refused, refusals
        """)
  }

  @Test func `from the largest level it falls by parts, and doubles its steps where more is taken again`() {
    let found =
      path(AdaptiveLevelController(fallingFrom: 40), calls: 1400) { level, call in
        level > (call < 560 ? 12 : 30) ? .refused : queueing(level, slots: 100)
      }
    #expect(
      found == """
        3 at 40 firstCall, 42 at 37 refused, 39 at 34 refused, 36 at 31 refused, 33 at 28 refused, 30 at 26 \
        refused, 28 at 24 refused, 26 at 22 refused, 24 at 20 refused, 22 at 18 refused, 20 at 16 refused, 18 at \
        14 refused, 16 at 13 refused, 18 at 12 refused, 12 at 13 lookingAgain, 24 at 12 refused, 12 at 13 \
        lookingAgain, 24 at 12 refused, 12 at 13 lookingAgain, 24 at 12 refused, 12 at 13 lookingAgain, 24 at 12 \
        refused, 12 at 13 lookingAgain, 24 at 12 refused, 12 at 13 lookingAgain, 24 at 12 refused, 12 at 13 \
        lookingAgain, 14 at 15 lookingAgain, 18 at 19 lookingAgain, 26 at 27 lookingAgain, 27 at 40 \
        lookingAgain, 51 at 27 refused, 27 at 28 lookingAgain, 29 at 30 lookingAgain, 30 at 34 lookingAgain, 45 \
        at 30 refused, 30 at 31 lookingAgain, 54 at 30 refused, 30 at 31 lookingAgain, 54 at 30 refused, 30 at \
        31 lookingAgain, 54 at 30 refused, 30 at 31 lookingAgain, 54 at 30 refused, 30 at 31 lookingAgain, 54 at \
        30 refused, 30 at 31 lookingAgain, 54 at 30 refused, 30 at 31 lookingAgain, 16 at 30 refused, refusals
        """)
  }

  @Test func `refusals and queueing together`() {
    let found =
      path(AdaptiveLevelController(maximum: 64), calls: 1600) { level, call in
        level > (call < 700 ? 64 : call < 1100 ? 9 : 20) ? .refused : queueing(level, slots: 24)
      }
    #expect(
      found == """
        1 at 1 firstCall, 5 at 4 growing, 8 at 8 growing, 15 at 16 growing, 31 at 32 growing, 39 at 64 growing, \
        95 at 32 noMoreWork, 112 at 27 lookingLower, 58 at 32 growing, 166 at 27 noMoreWork, 58 at 32 growing, \
        115 at 27 noMoreWork, 29 at 25 refused, 27 at 23 refused, 25 at 21 refused, 23 at 19 refused, 21 at 17 \
        refused, 19 at 15 refused, 17 at 13 refused, 15 at 12 refused, 14 at 11 refused, 13 at 10 refused, 15 at \
        9 refused, 9 at 10 lookingAgain, 21 at 9 refused, 9 at 10 lookingAgain, 21 at 9 refused, 9 at 10 \
        lookingAgain, 21 at 9 refused, 9 at 10 lookingAgain, 21 at 9 refused, 9 at 10 lookingAgain, 21 at 9 \
        refused, 9 at 10 lookingAgain, 21 at 9 refused, 9 at 10 lookingAgain, 11 at 12 lookingAgain, 15 at 16 \
        lookingAgain, 16 at 24 lookingAgain, 35 at 16 refused, 16 at 17 lookingAgain, 18 at 19 lookingAgain, 19 \
        at 23 lookingAgain, 34 at 19 refused, 19 at 20 lookingAgain, 20 at 22 lookingAgain, 33 at 20 refused, 20 \
        at 21 lookingAgain, 44 at 20 refused, 20 at 21 lookingAgain, 44 at 20 refused, 20 at 21 lookingAgain, 44 \
        at 20 refused, 20 at 21 lookingAgain, 42 at 20 refused, refusals
        """)
  }

  @Test func `calls that hinder each other: it goes below the level where they begin to`() {
    let found =
      path(AdaptiveLevelController(maximum: 64), calls: 1200) { level, _ in
        .succeeded(latency: max(1, Double(level * level) / 100), work: 10)
      }
    #expect(
      found == """
        1 at 1 firstCall, 5 at 4 growing, 8 at 8 growing, 15 at 16 growing, 63 at 8 noMoreWork, 23 at 10 \
        growing, 25 at 12 growing, 59 at 10 noMoreWork, 25 at 12 growing, 91 at 10 noMoreWork, 25 at 12 growing, \
        155 at 10 noMoreWork, 25 at 12 growing, 283 at 10 noMoreWork, 25 at 12 growing, 372 at 10 noMoreWork, \
        noMoreWork
        """)
  }

  @Test func `failures say nothing about the load`() {
    let found =
      path(AdaptiveLevelController(maximum: 64), calls: 500) { level, call in
        call < 3 || call % 4 == 0 ? .failed : queueing(level, slots: 20)
      }
    #expect(
      found == """
        1 at 1 firstCall, 3 at 2 firstFailed, 7 at 4 growing, 9 at 8 growing, 18 at 16 growing, 36 at 32 \
        growing, 41 at 64 growing, 105 at 32 noMoreWork, 67 at 27 lookingLower, 117 at 23 lookingLower, 58 at 27 \
        growing, 38 at 23 noMoreWork, noMoreWork
        """)
  }

  @Test func `a small maximum is reached and left only where it does no more`() {
    let found =
      path(AdaptiveLevelController(maximum: 5), calls: 260) { level, _ in queueing(level, slots: 3) }
    #expect(
      found == """
        1 at 1 firstCall, 5 at 4 growing, 11 at 5 growing, 52 at 4 noMoreWork, 19 at 5 growing, 84 at 4 \
        noMoreWork, 19 at 5 growing, 69 at 4 noMoreWork, noMoreWork
        """)
  }
}
