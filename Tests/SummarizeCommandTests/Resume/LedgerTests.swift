import Basics
import Summarization
import Testing

@testable import SummarizeCommand

@Suite struct LedgerTests {
  private let id = Hash128.test(1)
  private let key = Hash128.test(2)

  private func meet(_ ledger: Ledger, id: Hash128?, key: Hash128) -> Ledger.Meeting {
    ledger.meet(id: id) { key }
  }

  @Test func anIdWithAResultIsDone() {
    let ledger = Ledger()
    ledger.foundResult(of: id, isKey: false, at: 0)
    #expect(!ledger.hasMet(id))
    #expect(meet(ledger, id: id, key: key).result == 0)
    #expect(ledger.hasMet(id))
    #expect(ledger.isResult(of: id, isKey: false, at: 0))
    #expect(!ledger.isResult(of: id, isKey: false, at: 9))
  }

  @Test func theFirstLineOfAnIdNeedsNoKeyAndLaterOnesDo() {
    let ledger = Ledger()
    let first = ledger.meet(id: id) {
      Issue.record("a key was asked for")
      return key
    }
    #expect(first.key == nil && first.result == nil)
    #expect(meet(ledger, id: id, key: key).key == key)
    #expect(meet(ledger, id: nil, key: .test(3)).key == .test(3))
  }

  @Test func ofEqualLinesAsManyAreDoneAsThereAreResults() {
    let ledger = Ledger()
    for offset in [0, 100, 250] { ledger.foundResult(of: key, isKey: true, at: offset) }
    let results = (1...5).map { _ in meet(ledger, id: nil, key: key).result }
    #expect(results == [0, 100, 250, nil, nil])
    for offset in [0, 100, 250] { #expect(ledger.isResult(of: key, isKey: true, at: offset)) }
    #expect(!ledger.isResult(of: key, isKey: true, at: 99))
  }

  @Test func anErrorIsNoResultAndIsRemembered() {
    let ledger = Ledger()
    ledger.foundError(.refused, of: id, isKey: false)
    ledger.foundError(.timeout, of: id, isKey: false)
    ledger.foundError(.timeout, of: key, isKey: true)
    #expect(!ledger.hasMet(id))
    let first = meet(ledger, id: id, key: key)
    #expect(first.result == nil && first.failedBefore == .timeout)
    // Equal lines fail alike, however many of them there were.
    for _ in 1...3 { #expect(meet(ledger, id: nil, key: key).failedBefore == .timeout) }
  }

  @Test func beingInterruptedIsNoOtherFailure() {
    let ledger = Ledger()
    for code in [ArticleError.Code.serverError, .interrupted] { ledger.foundError(code, of: id, isKey: false) }
    #expect(meet(ledger, id: id, key: key).failedBefore == .serverError)
  }

  @Test func everyCodeSurvives() {
    let ledger = Ledger()
    for (n, code) in ArticleError.Code.allCases.enumerated() {
      ledger.foundError(code, of: .test(n), isKey: false)
      ledger.foundResult(of: .test(n), isKey: false, at: Ledger.largestOffset - n)
    }
    for (n, code) in ArticleError.Code.allCases.enumerated() {
      let meeting = meet(ledger, id: .test(n), key: key)
      #expect(meeting.failedBefore == code && meeting.result == Ledger.largestOffset - n)
    }
  }

  @Test func aMeetingCanBeTakenBack() {
    let ledger = Ledger()
    for id in [id, nil] {
      let meeting = meet(ledger, id: id, key: key)
      ledger.takeBack(meeting)
      #expect(!ledger.hasMet(meeting.place))
      #expect(meet(ledger, id: id, key: key) == meeting)
    }
  }

  @Test func aSecondResultOfAnIdBelongsToNobody() {
    let ledger = Ledger()
    ledger.foundResult(of: id, isKey: false, at: 5)
    ledger.foundResult(of: id, isKey: false, at: 50)
    #expect(meet(ledger, id: id, key: key).result == 5)
    #expect(meet(ledger, id: id, key: key).result == nil)
    #expect(!ledger.isResult(of: id, isKey: false, at: 50))
  }

  /// A million equal lines do not take a million steps each.
  @Test func manyEqualLines() {
    let ledger = Ledger()
    for n in 0..<5_000 { ledger.foundResult(of: key, isKey: true, at: n) }
    for n in 0..<5_000 { #expect(meet(ledger, id: nil, key: key).result == n) }
    #expect(meet(ledger, id: nil, key: key).result == nil)
  }
}
