import BoundedConcurrency

/// operator LIMIT WINDOW ORDER COUNT: prints the nanoseconds an element of `concurrentMap` that does no work and whose
/// results a consumer counts.
@concurrent
func operatorBenchmark(_ arguments: [String]) async throws {
  guard arguments.count == 4, let limit = Int(arguments[0]), let window = Int(arguments[1]),
    let count = Int(arguments[3])
  else { fatalError("usage: Benchmarks operator LIMIT WINDOW input|completion COUNT") }
  let order: ConcurrentMapOrder = arguments[2] == "completion" ? .completion : .input
  let clock = ContinuousClock()
  let start = clock.now
  var sum = 0
  for await result in Count(to: count).concurrentMap(limit: limit, window: .fixed(window), order: order, { $0 &+ 1 }) {
    sum &+= result
  }
  let elapsed = clock.now - start
  precondition(sum == count * (count + 1) / 2, "results were lost")
  print(elapsed / .nanoseconds(count))
}

/// 0, 1, … as an asynchronous sequence that never suspends.
struct Count: AsyncSequence, Sendable {
  let end: Int

  init(to end: Int) { self.end = end }

  func makeAsyncIterator() -> Iterator { Iterator(end: end) }

  struct Iterator: AsyncIteratorProtocol {
    var next = 0
    let end: Int

    init(end: Int) { self.end = end }

    mutating func next(isolation: isolated (any Actor)? = #isolation) async -> Int? {
      guard next < end else { return nil }
      defer { next += 1 }
      return next
    }

    mutating func next() async -> Int? { await next(isolation: nil) }
  }
}
