import TestSupport

extension ServerModel {
  /// What the servers of a set differ in from those of another set.
  struct Parameters {
    var length = (mean: 2.0, sigma: 0.8)
    var cap = 12
    var rate = 10.0
    var burst = 10.0
    var quota = 300.0
    var window = 30.0
    var slots = 4
    var batching = (half: 32.0, slots: 48)
    var knee = (at: 10, base: 1.1)
    var moving = (high: 24, low: 6, from: 60.0, to: 200.0)
    var processors = 8
    var stall = (share: 0.01, seconds: 100.0)
    var step = (slots: 16, at: 120.0, speed: 1.0 / 3)
    var outage = 60.0..<90.0
    var trickle = 3.0
    var burstOfArticles = (count: 100, pause: 40.0)
    var broadSigma = 1.2
    var sporadic = 100.0
    var noise = 0.6
    var maximum = 64
  }

  /// The servers that rules are judged by: nothing was tuned on them.
  package static let judged = models(Parameters())

  /// Seeds that nothing was tuned on; tuning has those up to 100.
  package static let judgedSeeds: [UInt64] = Array(7001...7020)

  /// The servers that the constants were tuned on.
  package static let tuning = models(
    Parameters(
      length: (3, 0.7), cap: 17, rate: 6, burst: 6, quota: 160, window: 20, slots: 3, batching: (20, 40),
      knee: (14, 1.15), moving: (30, 9, 90, 260), processors: 6, stall: (0.015, 60), step: (11, 150, 0.5),
      outage: 80..<100, trickle: 2, burstOfArticles: (70, 50), broadSigma: 1.1, sporadic: 70, noise: 0.5))

  private static func models(_ p: Parameters) -> [ServerModel] {
    let length: @Sendable (inout SplitMix64) -> Double = { [l = p.length] in
      $0.logNormal(mean: l.mean, sigma: l.sigma)
    }
    func model(
      _ name: String, best: Int, ideal: @escaping @Sendable (Double) -> Double, _ change: (inout ServerModel) -> Void
    ) -> ServerModel {
      ServerModel(name, best: best, ideal: ideal) {
        $0.length = length
        change(&$0)
      }
    }
    func constant(_ rate: Double) -> @Sendable (Double) -> Double { { _ in rate } }
    let cap = p.cap
    let refusing = refusing { _ in cap }
    let knee = p.knee
    let kneeSpeed: @Sendable (Double, Int) -> Double = { _, n in n <= knee.at ? 1 : pow(knee.base, -Double(n - knee.at))
    }
    let batching = p.batching
    let batchingBest = min(p.maximum, batching.slots)
    let moving = p.moving
    let movingLimit: @Sendable (Double) -> Int = { $0 < moving.from || $0 > moving.to ? moving.high : moving.low }
    let processors = p.processors
    let step = p.step
    let byRate = Int((p.rate * p.length.mean).rounded())
    let byWindow = Int((p.quota / p.window * p.length.mean).rounded())
    let burst = p.burstOfArticles
    return [
      model("no limit", best: p.maximum, ideal: constant(Double(p.maximum))) { _ in },
      model("\(cap) at once, else 429", best: cap, ideal: constant(Double(cap))) { $0.makeRefusal = refusing },
      model("\(cap) at once, 1 s named", best: cap, ideal: constant(Double(cap))) {
        $0.makeRefusal = ServerModel.refusing(above: { _ in cap }, naming: 1)
      },
      model("\(Int(p.rate)) calls/s, time named", best: byRate, ideal: constant(p.rate)) {
        $0.makeRefusal = bucket(rate: p.rate, burst: p.burst, namesTime: true)
        $0.countsCalls = true
      },
      model("\(Int(p.rate)) calls/s, no time", best: byRate, ideal: constant(p.rate)) {
        $0.makeRefusal = bucket(rate: p.rate, burst: p.burst, namesTime: false)
        $0.countsCalls = true
      },
      model("\(Int(p.quota)) in \(Int(p.window)) s", best: byWindow, ideal: constant(p.quota / p.window)) {
        $0.makeRefusal = window(of: p.window, quota: p.quota)
        $0.countsCalls = true
      },
      model("one slot, queues", best: 1, ideal: constant(1)) {
        $0.slots = { _ in 1 }
        $0.largestMeanLevel = 3
      },
      model("\(p.slots) slots, queue", best: p.slots, ideal: constant(Double(p.slots))) { [slots = p.slots] in
        $0.slots = { _ in slots }
        $0.largestMeanLevel = 2 * Double(slots)
      },
      model(
        "batching, \(batching.slots) slots", best: batchingBest,
        ideal: constant(Double(batchingBest) / (1 + Double(batchingBest) / batching.half))
      ) {
        $0.speed = { _, n in 1 / (1 + Double(n) / batching.half) }
        $0.slots = { _ in batching.slots }
      },
      model("knee at \(knee.at), collapses", best: knee.at, ideal: constant(Double(knee.at))) { $0.speed = kneeSpeed },
      model(
        "\(moving.high), then \(moving.low), then \(moving.high)", best: moving.high, ideal: { Double(movingLimit($0)) }
      ) {
        $0.makeRefusal = ServerModel.refusing(above: movingLimit)
        $0.moves = true
      },
      model("\(processors) processors, 1 : 10", best: processors, ideal: constant(Double(processors))) {
        $0.speed = { _, n in min(1, Double(processors) / Double(n)) }
        $0.length = { $0.logNormal(mean: 1.05, sigma: 0.3) * ($0.uniform() < 0.1 ? 10 : 1) }
      },
      model("1 in \(Int(1 / p.stall.share)) takes \(Int(p.stall.seconds)) s", best: cap, ideal: constant(Double(cap))) {
        [stall = p.stall] in
        $0.makeRefusal = refusing
        $0.stall = { $0.uniform() < stall.share ? stall.seconds : nil }
      },
      model(
        "\(step.slots) slots that slow down", best: step.slots,
        ideal: { Double(step.slots) * ($0 < step.at ? 1 : step.speed) }
      ) {
        $0.slots = { _ in step.slots }
        $0.speed = { time, _ in time < step.at ? 1 : step.speed }
        $0.moves = true
      },
      model("\(cap) at once, an outage", best: cap, ideal: constant(Double(cap))) { [outage = p.outage] in
        $0.makeRefusal = refusing
        $0.outage = outage
      },
      model("\(cap) at once, trickle", best: cap, ideal: constant(p.trickle * p.length.mean)) {
        [trickle = p.trickle] in
        $0.makeRefusal = refusing
        $0.nextArrival = { last, _, random in last + random.exponential(mean: 1 / trickle) }
        $0.isPacedByInput = true
      },
      model("\(cap) at once, bursts", best: cap, ideal: constant(Double(cap))) {
        $0.makeRefusal = refusing
        $0.nextArrival = { last, article, _ in
          article > 0 && article.isMultiple(of: burst.count) ? last + burst.pause : last
        }
        $0.isPacedByInput = true
      },
      model("knee at \(knee.at), sigma \(p.broadSigma)", best: knee.at, ideal: constant(Double(knee.at))) {
        [mean = p.length.mean, sigma = p.broadSigma] in
        $0.speed = kneeSpeed
        $0.length = { $0.logNormal(mean: mean, sigma: sigma) }
      },
      model("\(cap) at once, work unknown", best: cap, ideal: constant(Double(cap))) {
        $0.makeRefusal = refusing
        $0.reported = { _, _ in nil }
      },
      model("\(p.slots) slots, work unknown", best: p.slots, ideal: constant(Double(p.slots))) { [slots = p.slots] in
        $0.slots = { _ in slots }
        $0.reported = { _, _ in nil }
        $0.largestMeanLevel = 2 * Double(slots)
      },
      model("\(p.slots) slots, 1 in \(Int(p.sporadic)) fails", best: p.slots, ideal: constant(Double(p.slots))) {
        [slots = p.slots] in
        $0.slots = { _ in slots }
        $0.makeRefusal = oneIn(p.sporadic)
        $0.largestMeanLevel = 2 * Double(slots)
      },
      model("knee at \(knee.at), work unsure", best: knee.at, ideal: constant(Double(knee.at))) { [noise = p.noise] in
        $0.speed = kneeSpeed
        $0.reported = { $0 * $1.logNormal(mean: 1, sigma: noise) }
      },
    ]
  }
}
