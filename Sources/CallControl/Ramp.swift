/// Lets calls come back by and by after all were held: one at first, and twice as many with each round of good answers,
/// until nothing is held back any more. So many at once is what the server could not take before.
struct Ramp: Sendable {
  /// Counts the starts. A call of an older generation was on the wire before: it knows nothing of how things are now.
  private(set) var generation = 0
  /// How many calls of this generation may be under way; nil: any number.
  private var window: Int?
  private var underWay = 0

  var hasRoom: Bool { window.map { underWay < $0 } ?? true }
  var isRestrained: Bool { window != nil }

  mutating func restart() {
    generation += 1
    window = 1
    underWay = 0
  }

  mutating func began() {
    underWay += 1
  }

  /// - Parameters:
  ///   - wasTaken: the server did what it was asked to do.
  ///   - demand: the most calls that want to be under way at once.
  mutating func ended(generation: Int, wasTaken: Bool, demand: Int) {
    guard generation == self.generation else { return }
    underWay -= 1
    guard wasTaken, let current = window else { return }
    // One more for each answer is twice as many for each round.
    window = current + 1 > demand ? nil : current + 1
  }
}
