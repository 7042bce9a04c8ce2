package import BoundedConcurrency

/// The rule of the library.
package struct AdaptiveRule: LevelRule {
  private var controller: AdaptiveLevelController

  package init(_ controller: AdaptiveLevelController) { self.controller = controller }

  package var level: Int { controller.level }

  package mutating func began(at time: Double) -> Int { controller.began() }

  package mutating func succeeded(
    _ ticket: Int, latency: Double, work: Double?, limitReached: Bool, at time: Double
  ) {
    controller.ended(epoch: ticket, .succeeded(latency: latency, work: work), limitReached: limitReached)
  }

  package mutating func refused(_ ticket: Int, limitReached: Bool, at time: Double) {
    controller.ended(epoch: ticket, .refused, limitReached: limitReached)
  }

  package mutating func refusalHolds(for seconds: Double) { controller.refusalHolds(for: seconds) }
  package mutating func failed(_ ticket: Int, at time: Double) { controller.ended(epoch: ticket, .failed) }
  package mutating func held(at time: Double) { controller.pause() }
  package mutating func released(at time: Double) { controller.resume() }
  package mutating func outageBegan(at time: Double) { controller.pause() }
  package mutating func outageEnded(at time: Double) { controller.resume() }
}
