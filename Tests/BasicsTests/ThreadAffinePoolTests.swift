import Basics
import BoundedConcurrency
import Testing
import TestSupport

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
    onThreads(1) {
      pool.giveBack(mine)
      onThreads(1) { pool.giveBack(other) }
      #expect(pool.take() === mine)
      // Another one is better than a new one.
      #expect(pool.take() === other)
    }
  }

  @Test func theOthersGoInTheOrderInWhichTheyCameBack() {
    let pool = ThreadAffinePool { Tool() }
    let (first, second) = (pool.take(), pool.take())
    onThreads(1) {
      pool.giveBack(first)
      onThreads(1) {
        pool.giveBack(second)
        // Within the life of the others, whose names it might get after it.
        onThreads(1) { #expect(pool.take() === first) }
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
