import Summarization

/// What is to be done after an event.
enum CoprocessStep: Sendable, Equatable {
  case nothing
  case answered([UInt8])
  case kill
}

/// What passes between this process and one copy of a command: a line in, a line out, in lock-step. Pure.
struct CoprocessState: Sendable {
  /// Why a copy is killed before it has ended by itself.
  enum CoprocessFault: Sendable, Equatable {
    /// A line that nobody has asked for, or more than one for an article.
    case unaskedLine
    /// It closed its input or its output, and cannot be asked any more.
    case closedPipe
    case answerTooLong
    /// It took longer than an answer may take.
    case tooLate
    /// Nobody waits for the answer any more.
    case givenUp
    /// It was found to answer another article than the one that it was asked for.
    case outOfStep
  }

  private enum CoprocessPhase: Equatable {
    case idle
    /// An article has been handed over, and its answer not yet come.
    case asked
    /// It is killed, and not yet gone.
    case condemned(CoprocessFault)
    /// Its input was closed; it may do as it likes until it ends.
    case closing
    case ended
  }

  /// Without its newline.
  let longestAnswer: Int
  private var phase = CoprocessPhase.idle
  /// What has come of the answer.
  private var answer: [UInt8] = []
  /// How many answers have been given.
  private(set) var answers = 0

  init(longestAnswer: Int) {
    self.longestAnswer = longestAnswer
  }

  var isIdle: Bool { phase == .idle }
  var isAsked: Bool { phase == .asked }
  var hasEnded: Bool { phase == .ended }
  /// Whether its output means anything.
  var isHeard: Bool { phase == .idle || phase == .asked }
  /// Why it was killed, where it was.
  var fault: CoprocessFault? { if case .condemned(let fault) = phase { fault } else { nil } }

  /// - Returns: false where it cannot be asked.
  mutating func ask() -> Bool {
    guard phase == .idle else { return false }
    phase = .asked
    return true
  }

  /// It wrote something.
  mutating func wrote(_ bytes: [UInt8]) -> CoprocessStep {
    switch phase {
    case .idle: return bytes.isEmpty ? .nothing : condemn(.unaskedLine)
    case .condemned, .closing, .ended: return .nothing
    case .asked: break
    }
    guard let newline = bytes.firstIndex(of: 0x0A) else {
      answer += bytes
      return answer.count > longestAnswer ? condemn(.answerTooLong) : .nothing
    }
    if newline < bytes.count - 1 { return condemn(.unaskedLine) }
    if answer.count + newline > longestAnswer { return condemn(.answerTooLong) }
    var line: [UInt8] = []
    swap(&line, &answer)
    line += bytes[..<newline]
    phase = .idle
    answers += 1
    return .answered(line)
  }

  /// It is to be killed, for a reason that shows from outside.
  mutating func condemn(_ fault: CoprocessFault) -> CoprocessStep {
    guard phase == .idle || phase == .asked else { return .nothing }
    phase = .condemned(fault)
    answer = []
    return .kill
  }

  /// Its input is closed: there are no more articles.
  /// - Returns: false where that is of no use any more.
  mutating func close() -> Bool {
    guard phase == .idle else { return false }
    phase = .closing
    return true
  }

  mutating func end() {
    phase = .ended
    answer = []
  }
}
