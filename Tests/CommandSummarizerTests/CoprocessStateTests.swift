import Testing

@testable import CommandSummarizer

@Suite struct CoprocessStateTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// An event changes the state, which `#expect` does not let it do.
  private func expect<Value: Equatable>(
    _ value: Value, _ expected: Value, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(value == expected, sourceLocation: sourceLocation)
  }

  private func asked(longestAnswer: Int = 100) -> CoprocessState {
    var state = CoprocessState(longestAnswer: longestAnswer)
    expect(state.ask(), true)
    return state
  }

  @Test func aLineInIsALineOut() {
    var state = asked()
    expect(state.wrote(bytes("an ")), .nothing)
    expect(state.wrote(bytes("")), .nothing)
    expect(state.wrote(bytes("answer\n")), .answered(bytes("an answer")))
    #expect(state.isIdle && state.answers == 1)
    expect(state.ask(), true)
    expect(state.wrote(bytes("\n")), .answered([]))
    #expect(state.answers == 2)
  }

  @Test func oneArticleAtATime() {
    var state = asked()
    expect(state.ask(), false)
  }

  @Test func whatNobodyHasAskedForEndsIt() {
    var state = CoprocessState(longestAnswer: 100)
    expect(state.wrote(bytes("h")), .kill)
    #expect(state.fault == .unaskedLine)
    expect(state.ask(), false)
    // Once is enough, and nothing that it says is heard.
    expect(state.wrote(bytes("ello\n")), .nothing)
    expect(state.condemn(.givenUp), .nothing)
    #expect(state.fault == .unaskedLine)
  }

  @Test(arguments: ["a\nb\n", "a\nb", "a\n\n"])
  func moreThanOneLineIsOutOfStep(text: String) {
    var state = asked()
    expect(state.wrote(bytes(text)), .kill)
    #expect(state.fault == .unaskedLine && state.answers == 0)
  }

  @Test func anAnswerMayHaveTheWholeLengthAndNoMore() {
    var state = asked(longestAnswer: 4)
    expect(state.wrote(bytes("ab")), .nothing)
    expect(state.wrote(bytes("cd\n")), .answered(bytes("abcd")))
    expect(state.ask(), true)
    expect(state.wrote(bytes("abcd")), .nothing)
    expect(state.wrote(bytes("e\n")), .kill)
    #expect(state.fault == .answerTooLong)
    var endless = asked(longestAnswer: 4)
    expect(endless.wrote(bytes("abcde")), .kill)
  }

  @Test func whoIsGivenUpIsKilledOnceAndNotHeard() {
    var state = asked()
    expect(state.condemn(.tooLate), .kill)
    expect(state.condemn(.givenUp), .nothing)
    expect(state.wrote(bytes("late\n")), .nothing)
    #expect(state.fault == .tooLate && state.answers == 0)
    state.end()
    #expect(state.hasEnded)
    expect(state.ask(), false)
    expect(state.wrote(bytes("x")), .nothing)
  }

  @Test func whatIsClosedMayTalkUntilItEnds() {
    var state = asked()
    expect(state.close(), false)
    expect(state.wrote(bytes("a\n")), .answered(bytes("a")))
    expect(state.close(), true)
    expect(state.ask(), false)
    expect(state.close(), false)
    expect(state.wrote(bytes("goodbye\n")), .nothing)
    expect(state.condemn(.closedPipe), .nothing)
  }
}
