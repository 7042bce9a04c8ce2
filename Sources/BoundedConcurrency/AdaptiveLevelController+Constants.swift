extension AdaptiveLevelController {
  /// What was tuned, on the servers of `ServerModel.tuning`; that it holds elsewhere is judged on others.
  package struct LevelConstants: Sendable {
    /// A step up is kept where this share of the added slots became throughput. Batching servers still gain at a third;
    /// noise alone seldom reaches it.
    package var elasticityToGrow = 0.3
    /// A step down is kept where it lost less than this share of what was taken away.
    package var elasticityToShrink = 0.12
    /// Measured until the relative error is this part of the step: two levels then differ by three errors of a difference.
    package var certainty = 0.22
    /// Smaller steps are lost in noise; larger ones pass over a peak.
    package var smallestStep = 1.15
    package var largestStep = 1.5
    /// At most so many calls are measured for a level, and so many more for each in flight: a server that never becomes
    /// clear has to be decided about.
    package var mostSamples = 600.0
    package var samplesPerSlot = 8.0
    /// A single call is no mean: so many times what it took counts as the best, more where nothing tells its length.
    package var marginOfFirst = 1.5
    package var marginOfUnknownFirst = 2.0
    /// The first four wait for one another where they take so many times that; then there are enough.
    package var waitingInLine = 1.4
    /// In the slow start a level that seems not to pay is measured until it is as sure as this, or by so many calls: to
    /// stop is for long. One that pays is left as soon as its error is below `roughly`.
    package var roughly = 0.25
    package var surely = 0.1
    package var mostSamplesOfStart = 32
    /// A step down is tried where a unit of work takes so much longer than at best.
    package var slowerThanBest = 1.1
    /// By so much the best fades at each judgement, so that a server that became slower is forgiven.
    package var fading = 1.03
    /// A level is given up at so many refusals more than `refusedShare` of its calls.
    package var patience = 3.0
    /// A server that limits the rate refuses now and then at the level that suits it best; one with a limit of calls at
    /// once refuses none below it.
    package var refusedShare = 0.2
    /// By so much the level falls then, where most of it was in flight.
    package var decrease = 0.93
    /// Good calls before one more is tried above the ceiling: one refusal in so many is what the memory costs. The pause
    /// doubles once, no more, since a limit that moves up again has to be seen soon.
    package var pause = 12.0
    package var longestPause = 2.0
    /// Where a refusal holds all calls for a time, so many times the calls that are lost by it: it then costs a part of
    /// that size. At most so many pauses, since the limit may move there as well.
    package var pauseForLoss = 12.0
    package var longestPauseForLoss = 40.0
    /// Of the mean work, added to the work of each call: it takes time to read the prompt, too.
    package var overhead = 0.1
    /// A call that hangs counts no more than so many times what is expected of it and of a mean one.
    package var longestLatency = 6.0
    package init() {}
  }
}
