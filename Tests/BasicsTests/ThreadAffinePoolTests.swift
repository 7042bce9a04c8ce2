import Basics
import BoundedConcurrency
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

@Suite struct ThreadAffinePoolTests {
  /// Counts how often it is used at the same time.
  private final class Tool: Sendable {
    let users = Lock(0)
    let mostUsers = Lock(0)

    func use() {
      let now = users.withLock { users -> Int in
        users += 1
        return users
      }
      mostUsers.withLock { $0 = max($0, now) }
      users.withLock { $0 -= 1 }
    }
  }

  @Test func aThreadGetsTheOneThatItHadLast() {
    let pool = ThreadAffinePool { Tool() }
    let (mine, other) = (pool.take(), pool.take())
    #expect(mine !== other)
    onOneThread {
      pool.giveBack(mine)
      onOneThread { pool.giveBack(other) }
      #expect(pool.take() === mine)
      // Another one is better than a new one.
      #expect(pool.take() === other)
    }
  }

  @Test func theOthersGoInTheOrderInWhichTheyCameBack() {
    let pool = ThreadAffinePool { Tool() }
    let (first, second) = (pool.take(), pool.take())
    onOneThread {
      pool.giveBack(first)
      onOneThread {
        pool.giveBack(second)
        // Within the life of the others, whose names it might get after it.
        onOneThread { #expect(pool.take() === first) }
      }
    }
  }

  @Test func nobodyIsLentWhatAnotherOneHas() {
    let made = Lock<[Tool]>([])
    let pool = ThreadAffinePool {
      let tool = Tool()
      made.withLock { $0.append(tool) }
      return tool
    }
    onThreads(4) {
      for _ in 0..<10_000 {
        let tool = pool.take()
        tool.use()
        pool.giveBack(tool)
      }
    }
    let tools = made.withLock { $0 }
    #expect((1...4).contains(tools.count))
    #expect(tools.allSatisfy { tool in tool.mostUsers.withLock { $0 } == 1 })
  }
}

private func onOneThread(_ body: @escaping @Sendable () -> Void) { onThreads(1, body) }

/// Runs the body on so many new threads at once, and returns when all have ended.
private func onThreads(_ count: Int, _ body: @escaping @Sendable () -> Void) {
  final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  let box = Unmanaged.passRetained(Box(body))
  defer { box.release() }
  let threads = (0..<count).map { _ in
    #if canImport(Darwin)
      var thread: pthread_t?
      pthread_create(
        &thread, nil,
        { argument in
          Unmanaged<Box>.fromOpaque(argument).takeUnretainedValue().body()
          return nil
        }, box.toOpaque())
      return thread!
    #else
      var thread = pthread_t()
      pthread_create(
        &thread, nil,
        { argument in
          Unmanaged<Box>.fromOpaque(argument!).takeUnretainedValue().body()
          return nil
        }, box.toOpaque())
      return thread
    #endif
  }
  for thread in threads { pthread_join(thread, nil) }
}
