import ServerModels
import Testing

@testable import BoundedConcurrency

@Suite("the adaptive level, event by event") struct AdaptiveLevelControllerTests {
  /// A server that answers at once, whatever is sent to it: `calls` of them, always as many in flight as may be.
  private func serve(
    _ controller: inout AdaptiveLevelController, _ calls: Int, limitReached: Bool = true,
    secondsPerWork: (Int) -> Double = { _ in 1 }
  ) {
    for _ in 0..<calls {
      let call = controller.began()
      let latency = 10 * secondsPerWork(controller.level)
      controller.ended(epoch: call, .succeeded(latency: latency, work: 10), limitReached: limitReached)
    }
  }

  @Test("the first call goes alone; then it grows to the maximum where nothing speaks against it")
  func grows() {
    var controller = AdaptiveLevelController(maximum: 50)
    #expect(controller.level == 1 && controller.reason == .firstCall && controller.bound == .none)
    controller.ended(epoch: controller.began(), .refused)
    #expect(controller.level == 1, "there are no fewer than one")
    controller.ended(epoch: controller.began(), .failed)
    #expect(controller.level == 2, "two tell whether an article is at fault or the server")
    serve(&controller, 1)
    #expect(controller.level == 4)
    serve(&controller, 500)
    #expect(controller.level == 50 && controller.bound == .maximum)
  }

  @Test("it never grows while fewer than the level are in flight, and says that the input is what bounds it")
  func unreached() {
    var controller = AdaptiveLevelController(maximum: 50)
    serve(&controller, 1)
    serve(&controller, 5000, limitReached: false)
    #expect(controller.level == 4 && controller.bound == .input)
  }

  @Test("where calls only queue it stays small")
  func queues() {
    var controller = AdaptiveLevelController(maximum: 64)
    serve(&controller, 5000) { Double($0) }
    #expect(controller.settledLevel <= 2 && controller.bound == .noMoreWork)
  }

  @Test("a burst of refusals is one answer; calls of an earlier epoch count no more")
  func burst() {
    var controller = AdaptiveLevelController(fallingFrom: 40)
    let calls = (0..<40).map { _ in controller.began() }
    for call in calls { controller.ended(epoch: call, .refused) }
    #expect(controller.level == 37)
    #expect(controller.reason == .refused && controller.bound == .refusals)
  }

  @Test("while it grows, those that are in flight beside the refused are as many as the server takes")
  func firstBurst() {
    var controller = AdaptiveLevelController(maximum: 64)
    while controller.level < 16 { serve(&controller, 1) }
    let calls = (0..<16).map { _ in controller.began() }
    for call in calls.prefix(4) { controller.ended(epoch: call, .refused) }
    #expect(controller.level == 12 && controller.bound == .refusals)
    for call in calls.dropFirst(4) { controller.ended(epoch: call, .refused) }
    #expect(controller.level == 8, "no lower than where it came from")
  }

  @Test("where the first four wait for one another, no more are tried")
  func oneSlot() {
    var controller = AdaptiveLevelController(maximum: 64)
    var highest = 0
    for _ in 0..<500 {
      serve(&controller, 1) { Double($0) }
      highest = max(highest, controller.level)
    }
    #expect(highest == 4 && controller.settledLevel == 1)
  }

  @Test("where few were taken it falls to as many")
  func far() {
    var controller = AdaptiveLevelController(fallingFrom: 40)
    let taken = (0..<8).map { _ in controller.began() }
    for _ in 0..<3 { controller.ended(epoch: controller.began(), .refused) }
    #expect(controller.level == 20, "but at most by half at once")
    for _ in 0..<3 { controller.ended(epoch: controller.began(), .refused) }
    #expect(controller.level == 10)
    #expect(taken.count == 8)
  }

  @Test("what was refused is tried again one call higher, after pauses that grow; what is taken doubles the step")
  func remembers() {
    var controller = AdaptiveLevelController(fallingFrom: 20)
    for _ in 0..<3 { controller.ended(epoch: controller.began(), .refused, limitReached: true) }
    let ceiling = controller.level
    #expect(ceiling < 20)
    func callsUntilNextLook() -> Int {
      var calls = 0
      while controller.level == ceiling {
        serve(&controller, 1)
        calls += 1
      }
      return calls
    }
    let first = callsUntilNextLook()
    #expect(controller.level == ceiling + 1 && controller.reason == .lookingAgain)
    controller.ended(epoch: controller.began(), .refused, limitReached: true)
    #expect(controller.level == ceiling, "one refusal is enough there")
    let second = callsUntilNextLook()
    #expect(second > first)
    var levels: [Int] = []
    while controller.level < 20 {
      levels.append(controller.level)
      serve(&controller, 1)
    }
    #expect(Set(levels).isSuperset(of: [ceiling + 1, min(19, ceiling + 3)].filter { $0 < 20 }))
    serve(&controller, 200)
    #expect(controller.level == 20 && controller.bound == .maximum)
  }

  @Test("what a refusal costs is waited for before the next look: a hold of all calls is many calls lost")
  func holds() {
    func callsUntilNextLook(holding seconds: Double) -> Int {
      var controller = AdaptiveLevelController(fallingFrom: 20)
      serve(&controller, 20) { _ in 0.1 }
      controller.refusalHolds(for: seconds)
      for _ in 0..<3 { controller.ended(epoch: controller.began(), .refused, limitReached: true) }
      let level = controller.level
      var calls = 0
      while controller.level == level {
        serve(&controller, 1) { _ in 0.1 }
        calls += 1
      }
      return calls
    }
    #expect(callsUntilNextLook(holding: 0) == 12)
    // Ten at once, of a second each: a twelfth of the time is lost.
    #expect(callsUntilNextLook(holding: 1) == 120)
    #expect(callsUntilNextLook(holding: 1000) <= 480)
  }

  @Test("around a pause nothing is measured and refusals do not count")
  func pauses() {
    var controller = AdaptiveLevelController(fallingFrom: 20)
    let before = (0..<20).map { _ in controller.began() }
    controller.pause()
    for call in before { controller.ended(epoch: call, .refused) }
    #expect(controller.level == 20)
    controller.resume()
    serve(&controller, 100)
    #expect(controller.level == 20)
  }

  @Test("a level that is set is where it goes on")
  func set() {
    var controller = AdaptiveLevelController(maximum: 64)
    controller.set(9)
    #expect(controller.level == 9 && controller.reason == .set)
    serve(&controller, 2000)
    #expect(controller.level == 64)
  }
}

/// What it reaches against servers for which the best fixed number in flight is known. `Tests/Benchmarks/run adaptive`
/// prints the figures, beside other rules.
@Suite("the adaptive level against servers") struct AdaptiveLevelJudgementTests {
  // Minutes of computing in a debug build, which would hold up every other test.
  @Test(
    "nine tenths of what could be done, four fifths with the worst luck",
    .enabled(if: schedules(50) == 50, "a debug build; FULL_SCHEDULES=1 has it run"),
    arguments: ServerModel.judged)
  func reaches(model: ServerModel) {
    let seeds = ServerModel.judgedSeeds.prefix(fullSchedules ? 20 : 3)
    let ours = Judgement.of(model, seeds: seeds) { AdaptiveRule(AdaptiveLevelController(maximum: 64)) }
    let best = Judgement.of(model, seeds: seeds) { FixedLevel(model.bestLevel) }
    #expect(ours.shareOfSecondHalf >= 0.9, "\(model.name)")
    #expect(ours.worstShareOfSecondHalf >= 0.8, "\(model.name)")
    #expect(ours.share >= (model.moves ? 0.5 : 0.6), "\(model.name)")
    #expect(ours.refusedShare <= best.refusedShare + 0.05, "\(model.name)")
    #expect(ours.meanInFlight <= model.largestMeanLevel, "\(model.name)")
  }

  @Test func anEndWithoutABeginningEndsTheProcess() async {
    await #expect(processExitsWith: .failure) {
      var controller = AdaptiveLevelController(maximum: 8)
      controller.ended(epoch: 0, .failed)
    }
  }

  /// All seeds in release builds and in CI; some in debug builds.
  private var fullSchedules: Bool { schedules(50) == 50 }
}
