public import Basics
import BoundedConcurrency
public import Summarization
public import SystemIO

/// Copies of a command that stay: each gets one article's line at a time on its standard input, and answers with one line.
/// A copy is started when an article finds none that is free, so that there are never more than articles in flight.
public final class CoprocessSummarizer: Summarizer {
  private struct CoprocessPool {
    /// Those that nobody asks; the one that was used last is asked first.
    var idle: [CoprocessInstance] = []
    /// All that are not gone.
    var living: [ObjectIdentifier: CoprocessInstance] = [:]
    var isFinishing = false
    /// How many ended by themselves before any had answered.
    var earlyDeaths = 0
    var hasAnswered = false
  }

  /// So many copies that end before any of them has answered mean that none ever will.
  private static let mostEarlyDeaths = 3

  private let settings: CommandSettings
  private let program: ChildProgram
  private let poller: EventPoller
  private let state = Lock(CoprocessPool())

  /// - Parameters:
  ///   - program: made of the command's words.
  ///   - poller: one whose wakes are not spaced, as many commands answer in less time than that.
  public init(_ settings: CommandSettings, program: ChildProgram, poller: EventPoller) {
    self.settings = settings
    self.program = program
    self.poller = poller
  }

  /// The first answer of a copy may take longer than the others.
  public var limitsItsAttempts: Bool { true }

  public func summarize(_ article: Article, attempt: Int) async throws(ArticleError) -> Summary {
    var copy = try takeCopy()
    var hasAnswered = copy.hasAnswered
    var limit = limit(hasAnswered)
    let line = article.raw + [0x0A]
    var outcome = await copy.ask(line, within: limit)
    while case .notAsked = outcome {
      let death = await copy.ended()
      // Where it ended or spoke between two articles, that is no failure of this one.
      guard hasAnswered else { throw failure(death, limit, hadAnswered: false) }
      copy = try takeCopy()
      hasAnswered = copy.hasAnswered
      limit = self.limit(hasAnswered)
      outcome = await copy.ask(line, within: limit)
    }
    switch outcome {
    case .notAsked: throw .givenUp
    case .answer(let answer):
      state.withLock { if !$0.hasAnswered { $0.hasAnswered = true } }
      do throws(CommandAnswer.AnswerMismatch) {
        let summary = try CommandAnswer(request: settings.request, idField: settings.idField).summary(
          in: answer, for: article)
        giveBack(copy)
        return summary
      } catch {
        if error.isOutOfStep {
          copy.condemn(.outOfStep)
          // Its place is free when it is gone.
          _ = await copy.ended()
        } else {
          giveBack(copy)
        }
        throw settings.failure(error, answer)
      }
    case .death(let death):
      throw failure(death, limit, hadAnswered: hasAnswered)
    }
  }

  private func limit(_ hasAnswered: Bool) -> Duration {
    hasAnswered ? settings.timeout : max(settings.timeout, settings.startTimeout)
  }

  // MARK: Copies

  private func takeCopy() throws(ArticleError) -> CoprocessInstance {
    while let copy = state.withLock({ $0.idle.popLast() }) {
      // One that has ended meanwhile is passed over.
      if copy.isIdle { return copy }
    }
    do throws(SystemError) {
      let copy = try CoprocessInstance(program, longestAnswer: settings.longestAnswer, poller: poller) { [self] copy in
        state.withLock { state in
          state.living[ObjectIdentifier(copy)] = nil
          state.idle.removeAll { $0 === copy }
        }
      }
      // One that is gone already has been taken out.
      state.withLock { if !copy.hasEnded { $0.living[ObjectIdentifier(copy)] = copy } }
      return copy
    } catch {
      throw settings.failure(starting: error)
    }
  }

  private func giveBack(_ copy: CoprocessInstance) {
    let isFinishing = state.withLock { state in
      if !state.isFinishing { state.idle.append(copy) }
      return state.isFinishing
    }
    if isFinishing { copy.close() }
  }

  private func failure(_ death: CoprocessDeath, _ limit: Duration, hadAnswered: Bool) -> ArticleError {
    switch death.fault {
    case .tooLate:
      let advice = settings.advise(hadAnswered ? .allowMoreTime : .allowMoreTimeToStart)
      return ArticleError(
        .timeout, settings.said(by: death.errors, "no answer within \(ShortTime(limit)); \(advice)"))
    case .givenUp: return .givenUp
    case .answerTooLong: return settings.answerIsTooLong
    case .unaskedLine:
      return ArticleError(
        .badReply, settings.said(by: death.errors, "the command writes lines that it was not asked for"))
    case .outOfStep: return ArticleError(.badReply, "the command answers another article")
    case .closedPipe where death.ending == .died(.kill):
      return early(
        ArticleError(
          .commandFailed, settings.said(by: death.errors, "the command closed its input or output"),
          evidence: .temporary))
    case .closedPipe, nil: return early(settings.failure(death.ending, death.errors, isServer: true))
    }
  }

  /// A copy has ended by itself: after some that did so before any has answered, there is no hope.
  private func early(_ error: ArticleError) -> ArticleError {
    let deaths = state.withLock { state in
      if !state.hasAnswered { state.earlyDeaths += 1 }
      return state.hasAnswered ? 0 : state.earlyDeaths
    }
    guard deaths >= Self.mostEarlyDeaths, error.evidence == .temporary else { return error }
    var error = error
    error.evidence = .cannotStart
    error.message = "\(deaths) copies of the command have ended before any answer; the last one: \(error.message)"
    return error
  }

  // MARK: The end

  /// Closes the input of every copy, and waits for their ends; those that are left at the deadline are killed.
  public func finish(by deadline: Instant) async {
    let copies = state.withLock { state in
      state.isFinishing = true
      state.idle = []
      return Array(state.living.values)
    }
    if copies.isEmpty { return }
    for copy in copies { copy.close() }
    let timer = poller.schedule(at: deadline) { for copy in copies { copy.kill() } }
    for copy in copies { _ = await copy.ended() }
    poller.cancel(timer)
  }
}
