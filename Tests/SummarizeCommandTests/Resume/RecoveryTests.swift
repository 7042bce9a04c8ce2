import Basics
import Summarization
import SystemIO
import Testing

@testable import SummarizeCommand

@Suite struct RecoveryTests {
  private let log = """
    {"id":1,"line":1,"summary":"é","sentiment":"neutral","keywords":["k"]}
    {"line":2,"key":"0123456789abcdef0123456789abcdef","summary":"b","sentiment":"neutral","keywords":[]}
    {"id":"x","line":3,"error":{"code":"timeout","message":"m","attempts":6}}
    {"id":4,"line":4,"summary":"d","sentiment":"neutral","keywords":[]}

    """

  private func recover(
    _ text: some Sequence<UInt8>, _ rules: Recovery.Rules = Recovery.Rules(tasks: .all), chunkSize: Int = 1 << 20
  ) throws -> (Recovery, results: [Int?], failures: [ArticleError.Code?]) {
    let file = try ScratchFile(Array(text))
    let ledger = Ledger()
    let recovery = try Recovery(
      reading: file.descriptor, size: file.size, by: rules, into: ledger, chunkSize: chunkSize)
    let meetings =
      ["1", #""x""#, "4"].map { id in ledger.meet(id: .id(id)) { fatalError() } }
      + [ledger.meet(id: nil) { Hash128(hexadecimal: "0123456789abcdef0123456789abcdef".utf8)! }]
    return (recovery, meetings.map(\.result), meetings.map(\.failedBefore))
  }

  private func refusal(_ text: String, _ rules: Recovery.Rules = Recovery.Rules(tasks: .all)) -> Recovery.Refusal? {
    do {
      _ = try recover(text.utf8, rules)
      return nil
    } catch {
      return error as? Recovery.Refusal
    }
  }

  @Test(arguments: [1, 7, 64, 1 << 20]) func aWholeLog(chunkSize: Int) throws {
    let (recovery, results, failures) = try recover(log.utf8, chunkSize: chunkSize)
    #expect(recovery.end == log.utf8.count && !recovery.lacksNewline)
    #expect(recovery.results == 3 && recovery.errors == 1)
    let lines = log.split(separator: "\n").map { $0.utf8.count + 1 }
    #expect(results == [0, nil, lines[..<3].reduce(0, +), lines[0]])
    #expect(failures == [nil, .timeout, nil, nil])
  }

  /// Killed at every byte: what is whole counts, what is torn is cut off, and nothing is refused.
  @Test func everyPrefix() throws {
    let bytes = Array(log.utf8)
    for count in 0...bytes.count {
      let prefix = bytes[..<count]
      let lastEnd = (prefix.lastIndex(of: 0x0A) ?? -1) + 1
      let isWhole = count < bytes.count && bytes[count] == 0x0A && count > lastEnd
      let (recovery, results, _) = try recover(prefix)
      #expect(recovery.end == (isWhole ? count : lastEnd), "\(count)")
      #expect(recovery.lacksNewline == isWhole, "\(count)")
      let records = prefix.count { $0 == 0x0A } + (isWhole ? 1 : 0)
      #expect(recovery.results + recovery.errors == records, "\(count)")
      #expect(results.compactMap { $0 }.count == recovery.results, "\(count)")
    }
  }

  @Test func aTornLineMayBeAnythingThatDoesNotParse() throws {
    let whole = log.utf8.count
    for torn in [[0, 0, 0], [0xFF], Array("}".utf8), Array(#"{"id":7,"line":7,"summary":""#.utf8) + [0xC3]] {
      #expect(try recover(Array(log.utf8) + torn).0.end == whole)
    }
  }

  @Test(arguments: [
    "\n", "x\n", "x", "12\n", "12", "[]", "{}", "{}\n", #"{"id":1,"summary":"s"}"# + "\n", #"{"line":1}"#, " ",
    #"{"line":1,"error":"e"}"#, #"{"line":1.5,"summary":"s","sentiment":"","keywords":[]}"#, #"{"a":"# + "\n",
    #"{"id":1,"line":1,"key":"short","summary":"s","sentiment":"","keywords":[]}"#,
  ]) func aFileOfSomebodyElse(text: String) {
    #expect(refusal(text) == .notOurs(line: 1))
  }

  @Test func aLargeFileOfSomebodyElseIsNotRead() throws {
    let file = try ScratchFile(Array("\u{7F}ELF".utf8))
    try file.descriptor.truncate(to: 1 << 40)
    let ledger = Ledger()
    #expect(throws: Recovery.Refusal.notOurs(line: 1)) {
      _ = try Recovery(reading: file.descriptor, size: 1 << 40, by: Recovery.Rules(tasks: .all), into: ledger)
    }
    #expect(throws: Recovery.Refusal.tooLarge) {
      _ = try Recovery(reading: file.descriptor, size: 1 << 41, by: Recovery.Rules(tasks: .all), into: ledger)
    }
  }

  @Test func whatIsNoRecordFurtherDownIsRefusedToo() {
    #expect(refusal(log + "oops\n") == .notOurs(line: 5))
    #expect(refusal(log + "12") == .notOurs(line: 5))
    #expect(refusal(log + log.prefix(20) + "\n" + log) == .notOurs(line: 5))
    #expect(refusal(log + "\n \n" + log) == nil)
  }

  @Test func resultsHaveTheTasksAskedFor() {
    #expect(refusal(log, Recovery.Rules(tasks: [.summary])) == .holds(task: "sentiment", line: 1))
    #expect(refusal(log, Recovery.Rules(tasks: [.summary], merges: true)) == nil)
    let short = #"{"id":1,"line":1,"summary":"s"}"# + "\n"
    #expect(refusal(short, Recovery.Rules(tasks: [.summary])) == nil)
    #expect(refusal(short) == .lacks(task: "sentiment", line: 1))
    #expect(refusal(short, Recovery.Rules(tasks: .all, merges: true)) == .lacks(task: "sentiment", line: 1))
    #expect(refusal(short, Recovery.Rules(tasks: .all, needsAllTasks: false)) == nil)
    #expect(refusal(short, Recovery.Rules(tasks: .keywords, needsAllTasks: false)) == .holds(task: "summary", line: 1))
  }

  @Test func aFileOfErrorsHoldsErrorsAlone() {
    let error = #"{"id":1,"line":1,"error":{"code":"refused","message":"m"},"input":{"id":1}}"# + "\n"
    #expect(refusal(error, Recovery.Rules()) == nil)
    #expect(refusal(error + log, Recovery.Rules()) == .notOurs(line: 2))
  }

  @Test func anErrorOfAVersionToComeIsAnError() throws {
    let text = #"{"id":1,"line":1,"error":{"code":"overheated","message":"m"}}"#
    let (recovery, results, _) = try recover(text.utf8)
    #expect(recovery.errors == 1 && recovery.lacksNewline && results[0] == nil)
  }
}
