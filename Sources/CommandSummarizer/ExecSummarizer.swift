public import Summarization
public import SystemIO

/// A command that is started for each article: the article's line on its standard input, the result on its standard output.
public struct ExecSummarizer: Summarizer {
  private let settings: CommandSettings
  private let program: Program
  private let poller: Poller

  /// - Parameters:
  ///   - program: made of the command's words.
  ///   - poller: one whose wakes are not spaced, as many commands take less time than that.
  public init(_ settings: CommandSettings, program: Program, poller: Poller) {
    self.settings = settings
    self.program = program
    self.poller = poller
  }

  public func summarize(_ article: Article, attempt: Int) async throws(ArticleError) -> Summary {
    let result: CommandResult
    do throws(SystemError) {
      let call = try ExecCall(
        program, input: article.raw + [0x0A], longestOutput: settings.longestAnswer, poller: poller)
      result = await withTaskCancellationHandler {
        await call.result()
      } onCancel: {
        call.giveUp()
      }
    } catch {
      throw settings.failure(starting: error)
    }
    if result.isTooLong { throw settings.answerIsTooLong }
    guard result.ending == .exited(0) else {
      throw result.wasGivenUp ? .givenUp : settings.failure(result.ending, result.errors)
    }
    do throws(CommandAnswer.Mismatch) {
      return try CommandAnswer(request: settings.request, idField: settings.idField).summary(
        in: result.output, for: article)
    } catch {
      throw settings.failure(error, result.output)
    }
  }
}

/// What is left of a command that has ended.
struct CommandResult: Sendable {
  var ending: ChildProcess.Ending
  var output: [UInt8] = []
  var errors = StandardErrorTail()
  /// It was killed because its output was longer than allowed.
  var isTooLong = false
  /// It was killed because nobody waited for it any more.
  var wasGivenUp = false
}
