extension Int {
  /// Subtracts one from a counter that is never negative. A count below zero shows an inconsistent state, in which a run
  /// could hang or lose results. The process ends here instead, where the cause can still be seen.
  @inlinable
  mutating func countDown() {
    precondition(self > 0, "internal inconsistency: a counter falls below zero")
    self &-= 1
  }
}
