import Articles
import Basics
import JSONLines
import Summarization
import SystemIO
import Testing

@testable import ResultLog

@Suite struct LogRecoveryTests {
  private let log = """
    {"id":1,"line":1,"fingerprint":"\(Hash128.test(1))","made_by":"m","summary":"é","sentiment":"neutral","keywords":["k"]}
    {"line":2,"fingerprint":"\(Hash128.test(2))","made_by":"m","summary":"b","sentiment":"neutral","keywords":[]}
    {"id":"x","line":3,"fingerprint":"\(Hash128.test(3))","error":{"code":"timeout","message":"m","attempts":6}}
    {"id":4,"line":4,"fingerprint":"\(Hash128.test(4))","made_by":"n","summary":"d","sentiment":"neutral","keywords":[]}

    """

  private func recover(
    _ text: some Sequence<UInt8>,
    _ rules: RecoveryRules = RecoveryRules(tasks: .all, madeBy: "m"),
    identity: ArticleIdentity = .fingerprint, chunkSize: Int = 1 << 20
  ) throws -> (LogRecovery, results: [Int?], failures: [ArticleError.Code?]) {
    let file = try ScratchFile(Array(text))
    let index = ResumeIndex()
    let recovery = try LogRecovery(
      reading: file.descriptor, size: file.size, by: rules, identity: identity, into: index, chunkSize: chunkSize)
    let articles: [Hash128] =
      if identity == .fingerprint {
        (1...4).map { Hash128.test($0) }
      } else {
        try ["1", nil, #""x""#, "4"].map { id in
          guard let id else { return .test(2) }
          let record = try JSONRecord(scanning: Array(#"{"id":\#(id)}"#.utf8))
          return try ArticleFingerprint.id(#require(record["id"]), of: record)
        }
      }
    let visits = articles.map { index.visit($0) }
    return (recovery, visits.map(\.result), visits.map(\.failedBefore))
  }

  private func refusal(_ text: String, _ rules: RecoveryRules = RecoveryRules(tasks: .all)) -> ResumeRefusal? {
    do {
      _ = try recover(text.utf8, rules)
      return nil
    } catch {
      return error as? ResumeRefusal
    }
  }

  @Test(arguments: [1, 7, 64, 1 << 20], [ArticleIdentity.fingerprint, .id])
  func aWholeLog(chunkSize: Int, identity: ArticleIdentity) throws {
    let (recovery, results, failures) = try recover(log.utf8, identity: identity, chunkSize: chunkSize)
    #expect(recovery.end == log.utf8.count && !recovery.lacksNewline)
    #expect(recovery.results == 3 && recovery.errors == 1)
    let lines = log.split(separator: "\n").map { $0.utf8.count + 1 }
    #expect(results == [0, lines[0], nil, lines[..<3].reduce(0, +)])
    #expect(failures == [nil, nil, .timeout, nil])
    #expect(recovery.foreignResults == 1 && recovery.foreignModels == [Array(#""n""#.utf8)])
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
    #"{"id":1,"line":1,"fingerprint":"short","summary":"s","sentiment":"","keywords":[]}"#,
    #"{"summary":"s","sentiment":"","keywords":[],"line":1,"fingerprint":"\#(Hash128.test(1))"}"#,
  ]) func aFileOfSomebodyElse(text: String) {
    #expect(refusal(text) == .notOurs(line: 1))
  }

  @Test(arguments: [
    #"{"id":1,"line":1,"summary":"s","sentiment":"neutral","keywords":[]}"#,
    #"{"line":1,"key":"0123456789abcdef0123456789abcdef","error":{"code":"refused","message":"m"}}"#,
  ])
  func aFileOfAnEarlierVersion(text: String) {
    for identity in [ArticleIdentity.fingerprint, .id] {
      #expect(throws: ResumeRefusal.earlierFormat) {
        _ = try recover((text + "\n").utf8, identity: identity)
      }
    }
    #expect(refusal(log + text + "\n") == .notOurs(line: 5))
    // Error records of a run without a file of results have no fingerprints.
    if text.contains("error") { #expect(refusal(text, RecoveryRules()) == nil) }
  }

  @Test func aRecordOfATornLineIsNoFailureOfAnArticle() throws {
    let error = #"{"code":"invalid_json","message":"m","torn":true}"#
    let torn = #"{"line":9,"fingerprint":"\#(Hash128.test(1))","error":\#(error)}"#
    let (recovery, _, failures) = try recover((torn + "\n").utf8)
    #expect(recovery.errors == 1 && failures[0] == nil)
  }

  /// What stands before `line` is the article's own.
  @Test func fieldsOfAnArticleAreNoneOfOurs() throws {
    let text =
      #"{"keywords":[],"error":{"code":"x"},"made_by":"n","id":1,"#
      + #""line":1,"fingerprint":"\#(Hash128.test(1))","summary":"s"}"#
    let record = try #require(LogRecord(scanning: Array(text.utf8)))
    #expect(record.content == .result([.summary]) && record.madeBy == nil && record.fingerprint == .test(1))
    #expect(refusal(text, RecoveryRules(tasks: [.summary])) == nil)
  }

  @Test func aLargeFileOfSomebodyElseIsNotRead() throws {
    let file = try ScratchFile(Array("\u{7F}ELF".utf8))
    try file.descriptor.truncate(to: 1 << 40)
    let index = ResumeIndex()
    #expect(throws: ResumeRefusal.notOurs(line: 1)) {
      _ = try LogRecovery(
        reading: file.descriptor, size: 1 << 40, by: RecoveryRules(tasks: .all), into: index)
    }
    #expect(throws: ResumeRefusal.tooLarge) {
      _ = try LogRecovery(
        reading: file.descriptor, size: 1 << 41, by: RecoveryRules(tasks: .all), into: index)
    }
  }

  @Test func whatIsNoRecordFurtherDownIsRefusedToo() {
    #expect(refusal(log + "oops\n") == .notOurs(line: 5))
    #expect(refusal(log + "12") == .notOurs(line: 5))
    #expect(refusal(log + log.prefix(20) + "\n" + log) == .notOurs(line: 5))
    #expect(refusal(log + "\n \n" + log) == nil)
  }

  @Test func resultsHaveTheTasksAskedFor() {
    #expect(refusal(log, RecoveryRules(tasks: [.summary])) == .holds(task: "sentiment", line: 1))
    #expect(refusal(log, RecoveryRules(tasks: [.summary], merges: true)) == nil)
    let short = #"{"id":1,"line":1,"fingerprint":"\#(Hash128.test(1))","summary":"s"}"# + "\n"
    #expect(refusal(short, RecoveryRules(tasks: [.summary])) == nil)
    #expect(refusal(short) == .lacks(task: "sentiment", line: 1))
    #expect(refusal(short, RecoveryRules(tasks: .all, merges: true)) == .lacks(task: "sentiment", line: 1))
    #expect(refusal(short, RecoveryRules(tasks: .all, optionalTasks: .all)) == nil)
    #expect(
      refusal(short, RecoveryRules(tasks: .keywords, optionalTasks: .all))
        == .holds(task: "summary", line: 1))
  }

  @Test func aFileOfErrorsHoldsErrorsAlone() {
    let error = #"{"id":1,"line":1,"error":{"code":"refused","message":"m"},"input":{"id":1}}"# + "\n"
    #expect(refusal(error, RecoveryRules()) == nil)
    #expect(refusal(error + log, RecoveryRules()) == .notOurs(line: 2))
  }

  @Test func anErrorOfAVersionToComeIsAnError() throws {
    let text = #"{"id":1,"line":1,"fingerprint":"\#(Hash128.test(1))","error":{"code":"overheated","message":"m"}}"#
    let (recovery, results, _) = try recover(text.utf8)
    #expect(recovery.errors == 1 && recovery.lacksNewline && results[0] == nil)
  }
}
