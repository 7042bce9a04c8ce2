import BoundedConcurrency
import ServerModels

/// adaptive: what the adaptive level reaches against simulated servers, beside the best fixed number in flight and the
/// rules of others, over 20 seeds that nothing was tuned on.
@concurrent
func adaptiveBenchmark() async throws {
  print(
    """
    Of the ideal rate: all of the run / its second half / the second half of the worst seed, in %; refused calls in %;
    mean in flight; changes of the level in the second half. 2,000 articles, at most 64 in flight, 20 seeds.

    """)
  let rules = ["best fixed", "adaptive", "AIMD", "Gradient2", "Vector"]
  print(pad("server", 29) + rules.map { pad($0, 27) }.joined())
  for model in ServerModel.judged {
    let judgements = await withTaskGroup(of: (Int, Judgement).self) { group in
      for index in rules.indices { group.addTask { (index, judge(model, by: index)) } }
      var judgements = Array(repeating: Judgement(), count: rules.count)
      for await (index, judgement) in group { judgements[index] = judgement }
      return judgements
    }
    let columns = judgements.enumerated().map { index, judgement in
      pad((index == 0 ? "N=\(model.bestLevel) " : "") + describe(judgement, changes: index > 0), 27)
    }
    print(pad(model.name, 29) + columns.joined())
  }
}

private func judge(_ model: ServerModel, by rule: Int) -> Judgement {
  let seeds = ServerModel.judgedSeeds
  let maximum = 64
  switch rule {
  case 0: return .of(model, seeds: seeds) { FixedLevel(model.bestLevel) }
  case 1: return .of(model, seeds: seeds) { AdaptiveRule(AdaptiveLevelController(maximum: maximum)) }
  case 2: return .of(model, seeds: seeds) { AdditiveIncreaseRule(maximum: maximum) }
  case 3: return .of(model, seeds: seeds) { GradientRule(maximum: maximum) }
  default: return .of(model, seeds: seeds) { VectorRule(maximum: maximum) }
  }
}

private func describe(_ judgement: Judgement, changes: Bool) -> String {
  func percent(_ share: Double) -> String { "\(Int((100 * share).rounded()))" }
  let shares = [judgement.share, judgement.shareOfSecondHalf, judgement.worstShareOfSecondHalf].map(percent)
  let rest = [percent(judgement.refusedShare), "\(Int(judgement.meanInFlight.rounded()))"]
  return (shares.joined(separator: "/") + "  " + rest.joined(separator: " "))
    + (changes ? " \(Int(judgement.changes.rounded()))" : "")
}

private func pad(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(1, width - text.count))
}
