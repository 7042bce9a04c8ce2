import TestSupport

/// A client with a level against a server, event by event: every article holds its slot from its admission to its
/// answer, waits included.
///
/// The server shares itself equally among the calls in service, each at a speed that depends on how many there are. A call
/// beyond its slots queues; one that it refuses comes again after half a second or the time that it named, and then
/// goes before new ones. A refusal that names a time holds all calls besides.
package struct Simulation<Rule: LevelRule> {
  package struct Outcome: Sendable {
    /// Share of the ideal rate in all of the run, and in its second half; both up to nine tenths of the articles.
    package var share = 0.0
    package var shareOfSecondHalf = 0.0
    package var refusedShare = 0.0
    package var meanInFlight = 0.0
    /// Seconds until nine tenths are done, and of these with anything in flight, all and in the second half.
    package var seconds = 0.0
    package var busySeconds = 0.0
    package var busySecondsOfSecondHalf = 0.0
    /// How often the level changed in the second half.
    package var changes = 0
    package var lastLevel = 0
    package var levels: [(time: Double, level: Int)] = []
  }

  private enum Event { case refusal(Int, retryAfter: Double), eligible(Int), outageEnds, outageIsSeen }
  private struct Timed: Comparable {
    let time: Double
    let sequence: Int
    let event: Event
    static func == (left: Timed, right: Timed) -> Bool { left.sequence == right.sequence }
    static func < (left: Timed, right: Timed) -> Bool {
      left.time != right.time ? left.time < right.time : left.sequence < right.sequence
    }
  }
  private struct Served: Comparable {
    let end: Double
    let article: Int
    static func < (left: Served, right: Served) -> Bool {
      left.end != right.end ? left.end < right.end : left.article < right.article
    }
  }

  private let model: ServerModel
  private var rule: Rule
  private var random: SplitMix64
  private let demand: [Double]
  private let reported: [Double?]
  private let arrivals: [Double]

  private var now = 0.0
  /// How much a call that was served from the beginning would have got.
  private var served = 0.0
  private var inService = Heap<Served>()
  private var queued = Queue<Int>()
  private var events = Heap<Timed>()
  private var sequence = 0
  private var refusal: ServerModel.Refusal?
  private var comingAgain = Queue<Int>()
  private var heldUntil = 0.0
  private var isHeld = false
  private var isOut = false
  private var outageIsKnown = false
  private var admitted = 0
  private var arrived = 0
  private var occupied = 0
  private var calls = 0
  private var begun: [Double]
  private var tickets: [Int]
  private var completions: [(time: Double, article: Int, busy: Double)] = []
  private var tries = 0
  private var refusals = 0
  private var area = 0.0
  private var busy = 0.0

  package init(_ model: ServerModel, rule: Rule, seed: UInt64, articles: Int = 2000) {
    self.model = model
    self.rule = rule
    var random = SplitMix64(seed: seed)
    var demand: [Double] = []
    var reported: [Double?] = []
    var arrivals: [Double] = []
    var arrival = 0.0
    for article in 0..<articles {
      let work = model.length(&random)
      demand.append(model.stall(&random) ?? work)
      reported.append(model.reported(work, &random))
      arrival = model.nextArrival(arrival, article, &random)
      arrivals.append(arrival)
    }
    self.demand = demand
    self.reported = reported
    self.arrivals = arrivals
    self.random = random
    refusal = model.makeRefusal?()
    begun = Array(repeating: 0, count: articles)
    tickets = Array(repeating: 0, count: articles)
    if let outage = model.outage {
      schedule(.outageIsSeen, at: outage.lowerBound)
      schedule(.outageEnds, at: outage.upperBound)
    }
  }

  private mutating func schedule(_ event: Event, at time: Double) {
    sequence += 1
    events.push(Timed(time: time, sequence: sequence, event: event))
  }

  package mutating func run() -> Outcome {
    var outcome = Outcome()
    var level = rule.level
    outcome.levels.append((0, level))
    while completions.count < demand.count {
      beginWhatMay()
      advance()
      if rule.level != level {
        level = rule.level
        outcome.levels.append((now, level))
      }
    }
    summarize(&outcome)
    outcome.lastLevel = level
    return outcome
  }

  private mutating func beginWhatMay() {
    while arrived < arrivals.count, arrivals[arrived] <= now { arrived += 1 }
    guard now >= heldUntil, !outageIsKnown else { return }
    if isHeld {
      isHeld = false
      rule.released(at: now)
    }
    while calls < rule.level, let article = comingAgain.pop() { attempt(article) }
    while occupied < rule.level, calls < rule.level, admitted < arrived {
      occupied += 1
      admitted += 1
      attempt(admitted - 1)
    }
  }

  private mutating func attempt(_ article: Int) {
    tries += 1
    calls += 1
    begun[article] = now
    tickets[article] = rule.began(at: now)
    if let time = refusal?.decide(at: now, inside: inService.count + queued.count) {
      refusals += 1
      return schedule(.refusal(article, retryAfter: time), at: now + 0.05)
    }
    if inService.count >= model.slots(now) {
      queued.push(article)
    } else {
      inService.push(Served(end: served + demand[article], article: article))
    }
  }

  private mutating func advance() {
    let speed = isOut || inService.isEmpty ? 0 : model.speed(now, inService.count)
    let answer = speed > 0 ? now + (inService.first!.end - served) / speed : .infinity
    let event = events.first?.time ?? .infinity
    let release = heldUntil > now && (!comingAgain.isEmpty || admitted < arrived) ? heldUntil : .infinity
    let arrival = arrived < arrivals.count ? arrivals[arrived] : .infinity
    let next = min(answer, event, release, arrival)
    precondition(next < .infinity, "nothing will ever happen")
    served += speed * (next - now)
    area += Double(occupied) * (next - now)
    if occupied > 0, !outageIsKnown { busy += next - now }
    now = next
    if now == answer { finish(inService.pop()!.article) } else if now == event { happen(events.pop()!.event) }
  }

  private mutating func finish(_ article: Int) {
    if let next = queued.pop() { inService.push(Served(end: served + demand[next], article: next)) }
    let isFull = occupied >= rule.level
    calls -= 1
    occupied -= 1
    completions.append((now, article, busy))
    rule.succeeded(
      tickets[article], latency: now - begun[article], work: reported[article], limitReached: isFull, at: now)
  }

  private mutating func happen(_ event: Event) {
    switch event {
    case .refusal(let article, let retryAfter):
      let isFull = occupied >= rule.level
      calls -= 1
      rule.refusalHolds(for: retryAfter)
      rule.refused(tickets[article], limitReached: isFull, at: now)
      if retryAfter > 0 {
        heldUntil = max(heldUntil, now + retryAfter)
        if retryAfter > 3, !isHeld {
          isHeld = true
          rule.held(at: now)
        }
      }
      schedule(.eligible(article), at: now + max(retryAfter, 0.5) * (1 + 0.25 * random.uniform()))
    case .eligible(let article): comingAgain.push(article)
    case .outageIsSeen:
      // Everything on the wire is lost, and after the first failures nothing more is sent.
      isOut = true
      outageIsKnown = true
      rule.outageBegan(at: now)
      var lost: [Int] = []
      while let call = inService.pop() { lost.append(call.article) }
      while let article = queued.pop() { lost.append(article) }
      for article in lost.sorted() {
        calls -= 1
        rule.failed(tickets[article], at: now)
        comingAgain.push(article)
      }
    case .outageEnds:
      isOut = false
      outageIsKnown = false
      rule.outageEnded(at: now)
    }
  }

  private func summarize(_ outcome: inout Outcome) {
    let half = completions.count / 2
    let end = completions.count * 9 / 10
    func share(from first: Int, to last: Int) -> Double {
      let start = first == 0 ? 0 : completions[first].time
      let stop = completions[last].time
      let done = completions[first..<last].reduce(0) { $0 + (model.countsCalls ? 1 : demand[$1.article]) }
      let steps = 2000
      let ideal = (0..<steps).reduce(0) { sum, step in
        let time = start + (stop - start) * (Double(step) + 0.5) / Double(steps)
        return sum + (model.outage?.contains(time) == true ? 0 : model.ideal(time))
      }
      return done / (ideal / Double(steps) * (stop - start))
    }
    outcome.share = share(from: 0, to: end)
    outcome.shareOfSecondHalf = share(from: half, to: end)
    outcome.refusedShare = Double(refusals) / Double(tries)
    outcome.meanInFlight = area / now
    outcome.seconds = completions[end].time
    outcome.busySeconds = completions[end].busy
    outcome.busySecondsOfSecondHalf = completions[end].busy - completions[half].busy
    outcome.changes = outcome.levels.count { $0.time > completions[half].time && $0.time < completions[end].time }
  }
}
