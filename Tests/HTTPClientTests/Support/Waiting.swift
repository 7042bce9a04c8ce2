import TestSupport

/// Holds up the thread of a server.
func pause(for time: Duration) {
  let (seconds, attoseconds) = time.components
  usleep(UInt32(seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
}

struct Impatience: Error {
  let what: String
}

/// Waits until the condition holds.
func eventually(_ what: String, _ condition: () -> Bool) async throws(Impatience) {
  if await !becomesTrue(condition) { throw Impatience(what: what) }
}
