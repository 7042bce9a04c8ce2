import Testing

@testable import BoundedConcurrency

/// Walks every schedule of a small run: from each reachable state, every event that any worker, the consumer, the
/// source or somebody outside could bring about next. What must hold is checked in every state.
struct ScheduleExplorer {
  var limit = 2
  var window: Int?
  var order = ConcurrentMapOrder.input
  var keepsResults = true
  var elements = 3
  var workMayFail = false
  var sourceMayFail = false
  var mayBeCancelled = false
  /// The limit may change to each of these, once each.
  var newLimits: [Int] = []

  enum Worker: Hashable, Comparable { case called, resting, pulling, working(Int, Int), idle, leaving, releasing }
  enum Consumer: Int { case busy, asking, waiting, ended, failed, cancelled }

  struct World {
    var machine: ConcurrentMapState<Int, WorkError>
    var workers: [Worker] = []
    var consumer = Consumer.busy
    var pulled = 0
    var delivered: [Int] = []
    var newLimits: ArraySlice<Int>

    /// Equal for worlds that have the same past deliveries and the same future.
    var key: [Int] {
      let phase =
        switch machine.phase {
        case .open: 0
        case .draining: 1
        case .failed: 2
        case .cancelled: 3
        case .finished: 4
        }
      var key = [
        phase, machine.isPulling ? 1 : 0, machine.inFlight, machine.seekers, machine.idle, machine.live,
        machine.consumerWaits ? 1 : 0, machine.nextPosition, machine.limit, consumer.rawValue, pulled,
        newLimits.count, machine.buffer.front, machine.buffer.slots.count, delivered.count,
      ]
      key += machine.buffer.slots.map { $0 ?? -1 }
      key += delivered
      for worker in workers.sorted() {
        switch worker {
        case .called: key.append(-1)
        case .resting: key.append(-2)
        case .pulling: key.append(-3)
        case .idle: key.append(-4)
        case .leaving: key.append(-5)
        case .releasing: key.append(-6)
        case .working(let element, let position): key += [element, position]
        }
      }
      return key
    }

    mutating func obey(_ call: ConcurrentMapState<Int, WorkError>.WorkerCall) {
      switch call {
      case .nobody: break
      case .idleWorker: workers[workers.firstIndex(of: .idle)!] = .called
      case .newWorker: workers.append(.called)
      }
    }

    mutating func follow(_ step: ConcurrentMapState<Int, WorkError>.WorkerStep, _ worker: Int) {
      workers[worker] =
        switch step {
        case .pull: .pulling
        case .rest: .resting
        case .leave: .leaving
        }
    }

    mutating func wakeAll() {
      machine.wakeAll()
      for worker in workers.indices where workers[worker] == .idle { workers[worker] = .called }
    }
  }

  /// How many different states there are. Records an issue for each that is wrong.
  func explore() -> Int {
    let machine = ConcurrentMapState<Int, WorkError>(
      limit: limit, window: window.map { .fixed($0) } ?? .limit, order: order)
    var seen: Set<[Int]> = []
    var pending = [World(machine: machine, newLimits: newLimits[...])]
    while let world = pending.popLast() {
      guard seen.insert(world.key).inserted else { continue }
      check(world)
      let next = successors(of: world)
      if next.isEmpty {
        hold([.ended, .failed, .cancelled].contains(world.consumer), "a consumer waits for ever: \(world)")
        hold(world.workers.isEmpty && world.machine.live == 0, "a worker is left behind: \(world)")
      }
      pending += next
    }
    return seen.count
  }

  private func successors(of world: World) -> [World] {
    var next: [World] = []
    func branch(_ change: (inout World) -> Void) {
      var copy = world
      change(&copy)
      next.append(copy)
    }
    switch world.consumer {
    case .busy: branch { ask(&$0, registered: false) }
    case .asking: branch { ask(&$0, registered: true) }
    default: break
    }
    for index in world.workers.indices where world.workers[..<index].firstIndex(of: world.workers[index]) == nil {
      switch world.workers[index] {
      case .called: branch { $0.follow($0.machine.seek(), index) }
      case .resting:
        branch { $0.workers[index] = $0.machine.settle() ? .idle : .called }
        branch { $0.follow($0.machine.seek(), index) }
      case .pulling:
        branch { pull(&$0, index) }
        if sourceMayFail { branch { fail(&$0, index, pulling: true) } }
      case .working(let element, _) where !keepsResults:
        branch { world in
          let (isEnd, step) = world.machine.done()
          world.follow(step, index)
          world.delivered.append(element)
          if isEnd {
            hold(world.consumer == .waiting, "the end is told to who waits: \(world)")
            world.consumer = .ended
          }
        }
        if workMayFail { branch { fail(&$0, index, pulling: false) } }
      case .working(let element, let position):
        branch { world in
          let (delivery, step) = world.machine.deposit(element, at: position)
          world.follow(step, index)
          if let delivery {
            hold(world.consumer == .waiting, "a delivery to nobody: \(world)")
            world.consumer = .busy
            world.delivered.append(delivery)
          }
        }
        if workMayFail { branch { fail(&$0, index, pulling: false) } }
      case .idle: break
      case .leaving:
        branch { world in
          if world.machine.leave() {
            hold(world.workers.count == 1, "the last worker is the last one: \(world)")
            world.workers[index] = .releasing
          } else {
            world.workers.remove(at: index)
          }
        }
      case .releasing:
        branch { world in
          world.workers.remove(at: index)
          world.machine.released()
        }
      }
    }
    if mayBeCancelled, !world.machine.isOver {
      branch { world in
        let consumerWaits = world.machine.cancel()
        world.wakeAll()
        hold(consumerWaits == (world.consumer == .waiting), "who waits hears of it: \(world)")
        if world.consumer == .waiting { world.consumer = .cancelled }
      }
    }
    if let limit = world.newLimits.first {
      branch { world in
        world.newLimits.removeFirst()
        world.obey(world.machine.limitChanged(to: limit))
      }
    }
    return next
  }

  private func ask(_ world: inout World, registered: Bool) {
    switch world.machine.request(registered: registered) {
    case .result(let output, let call):
      world.consumer = .busy
      world.delivered.append(output)
      world.obey(call)
    case .failure: world.consumer = .failed
    case .cancelled: world.consumer = .cancelled
    case .end: world.consumer = .ended
    case .wait(let call):
      world.consumer = registered ? .waiting : .asking
      world.obey(call)
    }
  }

  private func pull(_ world: inout World, _ index: Int) {
    if world.pulled < elements {
      guard let (position, call) = world.machine.pulled() else { return world.workers[index] = .leaving }
      world.workers[index] = .working(world.pulled, position)
      world.pulled += 1
      world.obey(call)
    } else {
      world.workers[index] = .leaving
      if world.machine.sourceEnded() {
        hold(world.consumer == .waiting, "the end is told to who waits: \(world)")
        world.consumer = .ended
      }
      world.wakeAll()
    }
  }

  private func fail(_ world: inout World, _ index: Int, pulling: Bool) {
    world.workers[index] = .leaving
    guard let consumerWaits = world.machine.failed(WorkError(), pulling: pulling) else { return }
    hold(consumerWaits == (world.consumer == .waiting), "who waits hears of it: \(world)")
    if consumerWaits { world.consumer = .failed }
    world.wakeAll()
  }

  /// What holds after every event.
  private func check(_ world: World) {
    let machine = world.machine
    func count(_ match: (Worker) -> Bool) -> Int { world.workers.count(where: match) }
    let pulling = count { $0 == .pulling }
    let working = count { if case .working = $0 { true } else { false } }
    let largest = max(limit, newLimits.max() ?? 0)

    hold(machine.inFlight == pulling + working, "the books are kept: \(world)")
    hold(machine.isPulling == (pulling == 1) && pulling <= 1, "the source is pulled by one: \(world)")
    hold(machine.seekers == count { $0 == .called || $0 == .resting }, "the books are kept: \(world)")
    hold(machine.idle == count { $0 == .idle } && machine.live == world.workers.count, "the books are kept: \(world)")
    hold(machine.inFlight <= largest && world.workers.count <= largest, "the limit holds: \(world)")
    hold(machine.inFlight + machine.buffer.count <= max(window ?? 0, largest), "the window holds: \(world)")
    if machine.canPull, machine.live > 0 {
      hold(machine.seekers > 0, "room is never forgotten: \(world)")
    }
    hold(!machine.isOver || machine.buffer.isEmpty, "nothing comes before the failure: \(world)")
    hold(machine.consumerWaits == (world.consumer == .waiting), "the books are kept: \(world)")
    if machine.consumerWaits {
      var buffer = machine.buffer
      hold(buffer.popFirst() == nil && !machine.isOver, "nothing is kept from who waits: \(world)")
      hold(machine.isOpen || machine.inFlight > 0, "nor the end: \(world)")
    }
    if order == .input {
      hold(world.delivered == Array(0..<world.delivered.count), "the books are kept: \(world)")
    } else {
      hold(Set(world.delivered).count == world.delivered.count, "the books are kept: \(world)")
    }
    if world.consumer == .ended { hold(world.delivered.count == elements, "a result was lost: \(world)") }
  }

  /// `#expect`, but cheap: a run asks this some million times.
  private func hold(_ condition: Bool, _ what: @autoclosure () -> String) {
    if !condition { Issue.record(Comment(rawValue: what())) }
  }
}
