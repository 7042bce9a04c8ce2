/// What a rule reached against a server, over several seeds.
package struct Judgement: Sendable {
  package var share = 0.0
  package var shareOfSecondHalf = 0.0
  package var worstShareOfSecondHalf = Double.infinity
  package var refusedShare = 0.0
  package var meanInFlight = 0.0
  package var changes = 0.0

  package init() {}

  /// - Parameter rule: makes one for each run.
  package static func of<Rule: LevelRule>(
    _ model: ServerModel, seeds: some Collection<UInt64>, articles: Int = 2000, rule: () -> Rule
  ) -> Judgement {
    var judgement = Judgement()
    let runs = Double(seeds.count)
    for seed in seeds {
      var simulation = Simulation(model, rule: rule(), seed: seed, articles: articles)
      let outcome = simulation.run()
      var (share, second) = (outcome.share, outcome.shareOfSecondHalf)
      if model.isPacedByInput {
        // Where articles are waited for, the time in which there was anything to do is compared with that of the best.
        var best = Simulation(model, rule: FixedLevel(model.bestLevel), seed: seed, articles: articles)
        let ideal = best.run()
        share = ideal.busySeconds / outcome.busySeconds
        second = ideal.busySecondsOfSecondHalf / outcome.busySecondsOfSecondHalf
      }
      judgement.share += share / runs
      judgement.shareOfSecondHalf += second / runs
      judgement.worstShareOfSecondHalf = min(judgement.worstShareOfSecondHalf, second)
      judgement.refusedShare += outcome.refusedShare / runs
      judgement.meanInFlight += outcome.meanInFlight / runs
      judgement.changes += Double(outcome.changes) / runs
    }
    return judgement
  }
}
