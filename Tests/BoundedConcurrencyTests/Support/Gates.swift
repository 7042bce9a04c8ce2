import BoundedConcurrency
import TestSupport

/// A gate for each element.
final class Gates: Sendable {
  private let gates = Lock<[Int: Gate]>([:])

  subscript(index: Int) -> Gate {
    gates.withLock { gates in
      if let gate = gates[index] { return gate }
      let gate = Gate()
      gates[index] = gate
      return gate
    }
  }
}
