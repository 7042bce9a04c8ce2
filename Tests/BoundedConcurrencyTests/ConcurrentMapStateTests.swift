import Testing

@testable import BoundedConcurrency

@Suite("the state machine, every state and event") struct ConcurrentMapStateTests {
  typealias State = ConcurrentMapState<Int, WorkError>

  @Test("every schedule of a run that succeeds", arguments: [ConcurrentMapOrder.input, .completion], 1...3)
  func everySchedule(order: ConcurrentMapOrder, limit: Int) {
    for window in [nil, limit, limit + 1, limit * 2 + 1] {
      for elements in 0...4 {
        let explorer = ScheduleExplorer(limit: limit, window: window, order: order, elements: elements)
        #expect(explorer.explore() > elements)
      }
    }
  }

  @Test("every schedule with failures and cancellation", arguments: [ConcurrentMapOrder.input, .completion])
  func everyEnding(order: ConcurrentMapOrder) {
    for limit in 1...2 {
      for elements in 0...3 {
        let explorer = ScheduleExplorer(
          limit: limit, window: limit + 1, order: order, elements: elements, workMayFail: true, sourceMayFail: true,
          mayBeCancelled: true)
        #expect(explorer.explore() > elements)
      }
    }
  }

  @Test("every schedule of a run whose results nobody wants", arguments: 1...3)
  func everyRunWithoutResults(limit: Int) {
    for elements in 0...4 {
      let explorer = ScheduleExplorer(limit: limit, order: .completion, keepsResults: false, elements: elements)
      #expect(explorer.explore() > elements)
    }
    for elements in 0...3 where limit < 3 {
      let explorer = ScheduleExplorer(
        limit: limit, order: .completion, keepsResults: false, elements: elements, workMayFail: true,
        sourceMayFail: true, mayBeCancelled: true, newLimits: [3, 1])
      #expect(explorer.explore() > elements)
    }
  }

  @Test("every schedule with a limit that changes", arguments: [[3], [1, 2], [1, 3]])
  func everyChange(newLimits: [Int]) {
    for window in [nil, 4] {
      let explorer = ScheduleExplorer(
        limit: 2, window: window, elements: 3, mayBeCancelled: true, newLimits: newLimits)
      #expect(explorer.explore() > 100)
    }
  }

  @Test("nothing happens before the first request, which calls one worker")
  func start() {
    var state = State(limit: 3, window: .limit, order: .input)
    #expect(state.limitChanged(to: 5) == .nobody)
    #expect(isWait(state.request(registered: false), .nobody), "who cannot be woken yet changes nothing")
    #expect(isWait(state.request(registered: true), .newWorker))
    #expect(state.seek() == .pull)
  }

  @Test("a worker is called for each pull that leaves room, up to the limit")
  func telescope() {
    var state = State(limit: 2, window: .limit, order: .input)
    _ = state.request(registered: true)
    #expect(state.seek() == .pull)
    #expect(state.pulled()! == (0, .newWorker))
    #expect(state.seek() == .pull)
    #expect(state.pulled()! == (1, .nobody))
  }

  @Test("a result goes straight to a consumer that waits for it, else it is kept")
  func delivery() {
    var state = State(limit: 2, window: 3, order: .input)
    _ = state.request(registered: true)
    for _ in 0..<2 {
      #expect(state.seek() == .pull)
      _ = state.pulled()
    }
    #expect(state.deposit(11, at: 1) == (nil, .pull), "the second waits for the first, and the slot is used again")
    #expect(state.deposit(10, at: 0) == (10, .rest), "somebody else pulls")
    #expect(isResult(state.request(registered: false), 11))
  }

  @Test("a lowered limit starts nothing until enough is done; a raised one calls a worker")
  func changingLimit() {
    var state = State(limit: 2, window: .limit, order: .completion)
    _ = state.request(registered: true)
    for _ in 0..<2 {
      #expect(state.seek() == .pull)
      _ = state.pulled()
    }
    #expect(state.limitChanged(to: 1) == .nobody)
    #expect(state.deposit(0, at: 0).step == .rest)
    let settled = state.settle()
    #expect(settled)
    #expect(state.limitChanged(to: 3) == .idleWorker)
    #expect(state.limitChanged(to: 4) == .nobody, "one is on its way, and calls the next")
  }

  @Test("after a failure everything is refused, and only the first one counts")
  func failure() {
    var state = State(limit: 2, window: .limit, order: .input)
    _ = state.request(registered: true)
    for _ in 0..<2 {
      #expect(state.seek() == .pull)
      _ = state.pulled()
    }
    #expect(state.failed(WorkError(index: 1), pulling: false) == true)
    #expect(state.failed(WorkError(index: 2), pulling: false) == nil)
    #expect(state.cancel() == nil)
    #expect(state.inFlight == 0 && state.isOver)
    for _ in 0..<3 {
      if case .end = state.request(registered: true) { continue }
      Issue.record("the end was expected")
    }
  }

  private func isWait(_ answer: State.ConsumerAnswer, _ call: State.WorkerCall) -> Bool {
    if case .wait(call) = answer { true } else { false }
  }

  private func isResult(_ answer: State.ConsumerAnswer, _ output: Int) -> Bool {
    if case .result(output, _) = answer { true } else { false }
  }
}
