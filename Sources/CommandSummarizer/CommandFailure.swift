import Summarization
import SystemIO

/// What the failures of a command mean.
extension CommandSettings {
  /// The status of a command that fails for the time being (EX_TEMPFAIL of sysexits.h).
  private static let temporaryFailure: Int32 = 75
  /// The statuses with which a shell says that a command cannot be run, or is not there.
  private static let cannotRun: ClosedRange<Int32> = 126...127

  /// A command ended without a good result.
  /// - Parameters:
  ///   - isServer: whether it should not have ended at all.
  func failure(_ ending: ChildProcess.Ending, _ errors: StandardErrorTail, isServer: Bool = false) -> ArticleError {
    let place = isServer ? " before it had answered" : ""
    switch ending {
    case .exited(let status) where Self.cannotRun.contains(status):
      return ArticleError(
        .commandFailed, said(by: errors, "the command cannot be run (exit status \(status))"), evidence: .cannotStart)
    case .exited(let status):
      let isTemporary = isServer || status == Self.temporaryFailure
      return ArticleError(
        .commandFailed, said(by: errors, "the command exited with status \(status)\(place)"),
        evidence: isTemporary ? .temporary : .none)
    case .died(let signal):
      return ArticleError(
        .commandFailed, said(by: errors, "the command died by signal \(signal.rawValue) (\(signal.name))\(place)"),
        evidence: .temporary)
    }
  }

  /// It could not be started.
  func failure(starting error: SystemError) -> ArticleError {
    if error.isShortage {
      return ArticleError(
        .commandFailed, "cannot start another process: \(error); \(advise(.haveFewerInFlight))", evidence: .temporary)
    }
    return ArticleError(
      .commandFailed, "cannot start \(shown(command.name, 100)): \(error)", evidence: .cannotStart)
  }

  /// An answer is longer than it may be.
  var answerIsTooLong: ArticleError {
    ArticleError(
      .badReply, "the answer is longer than \(longestAnswer) bytes; \(advise(.allowLongerAnswers))")
  }

  /// An answer that is none.
  func failure(_ mismatch: CommandAnswer.Mismatch, _ answer: [UInt8]) -> ArticleError {
    if mismatch.isFailure { return ArticleError(.commandFailed, "the command says: \(shown(mismatch.what, 300))") }
    let beginning = shown(String(decoding: answer.prefix(1_000), as: UTF8.self), 100)
    return ArticleError(
      .badReply, "the answer \(mismatch.what)" + (beginning.isEmpty ? "" : "; it begins with '\(beginning)'"))
  }

  /// A failure, and the end of what the command says about it.
  func said(by errors: StandardErrorTail, _ failure: String) -> String {
    let text = shown(errors.lastLines, StandardErrorTail.shownLength)
    return text.isEmpty ? failure : "\(failure): \(text)"
  }
}

extension ArticleError {
  /// The run stopped, or the attempt was given up, before there was an answer.
  static let givenUp = ArticleError(.interrupted, "given up when the run stopped")
}
