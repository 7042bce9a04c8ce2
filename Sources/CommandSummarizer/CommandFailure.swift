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
  func failure(_ ending: ChildProcess.ProcessEnding, _ errors: StandardErrorTail, isServer: Bool = false)
    -> ArticleError
  {
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
  func failure(_ mismatch: CommandAnswer.AnswerMismatch, _ answer: [UInt8]) -> ArticleError {
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

/// The end of what a command says on its standard error, where it says last why it failed. Memory is bounded.
struct StandardErrorTail: Sendable {
  /// How much is shown at most, in characters.
  static let shownLength = 300
  /// How much is kept at least: what is shown, and what a mask needs before it to recognise a secret.
  static let keptLength = 8_192

  private(set) var bytes: [UInt8] = []
  private var isCut = false

  mutating func append(_ more: some Collection<UInt8>) {
    bytes.append(contentsOf: more)
    guard bytes.count > 2 * Self.keptLength else { return }
    bytes.removeFirst(bytes.count - Self.keptLength)
    isCut = true
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    isCut = false
  }

  /// The last lines that are not blank, as many as can be shown whole; of a last line that is too long its beginning.
  var lastLines: String {
    var lines = bytes.split { $0 == 0x0A || $0 == 0x0D }[...]
    // The first may be the end of a longer one.
    if isCut, lines.count > 1 { lines = lines.dropFirst() }
    var shown: [String] = []
    var length = 0
    for line in lines.reversed() {
      let text = String(decoding: line, as: UTF8.self)
      if text.allSatisfy(\.isWhitespace) { continue }
      length += text.unicodeScalars.count + 1
      if length > Self.shownLength, !shown.isEmpty { break }
      shown.append(text)
    }
    return shown.reversed().joined(separator: "\n")
  }
}
