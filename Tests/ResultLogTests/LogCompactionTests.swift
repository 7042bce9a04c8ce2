import Articles
import Basics
import Summarization
import SystemIO
import TestSupport
import Testing

@testable import ResultLog

/// The final pass against a model that has everything in memory and thinks of nothing but the contract.
@Suite struct LogCompactionTests {
  /// A record with what the model knows of it.
  private struct Entry {
    /// What stands for the article.
    var name: String
    var line: Int
    var isError: Bool
    var isTorn: Bool
    var text: String

    init(name: String, line: Int, isError: Bool, isTorn: Bool = false, filler: Int) {
      (self.name, self.line, self.isError, self.isTorn) = (name, line, isError, isError && isTorn)
      let rest = String(repeating: "é", count: filler)
      let torn = isTorn ? #","torn":true"# : ""
      text =
        #"{"line":\#(line),"fingerprint":"\#(Hash128.name(name))","#
        + (isError ? #""error":{"code":"refused","message":"\#(rest)"\#(torn)}}"# : #""summary":"\#(rest)"}"#)
    }
  }

  @Test(arguments: 0..<400) func asTheContractHasIt(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    func random(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }
    let keepsOrder = seed % 2 == 0

    // What FILE had, and what this run reads.
    let names = (0..<(1 + random(12))).map { "n\($0)" }
    let old = (0..<random(25)).map { _ in
      Entry(
        name: names[random(names.count)], line: 1 + random(30), isError: random(3) == 0, isTorn: random(6) == 0,
        filler: random(10) == 0 ? 20_000 : random(40))
    }
    let articles = (0..<random(25)).map { _ in names[random(names.count)] }

    // The log, as a run writes it: old records, then new ones in any order.
    let index = ResumeIndex()
    var log = ""
    for entry in old {
      if !entry.isError {
        index.foundResult(of: .name(entry.name), at: log.utf8.count)
      } else if !entry.isTorn {
        index.foundError(.refused, of: .name(entry.name))
      }
      log += entry.text + "\n"
      if random(15) == 0 { log += " \r\n" }
    }
    let start = log.utf8.count
    var order = OffsetList()
    var new: [(ordinal: Int, entry: Entry)] = []
    for (ordinal, article) in articles.enumerated() {
      if let result = index.visit(.name(article)).result {
        order[ordinal] = result
      } else {
        new.append(
          (ordinal, Entry(name: article, line: ordinal + 1, isError: random(4) == 0, filler: random(40))))
      }
    }
    new.shuffle(using: &generator)
    // Some error records may have gone to another file.
    if random(2) == 0 { new.removeAll { $0.entry.isError } }
    for (ordinal, entry) in new {
      order[ordinal] = log.utf8.count
      log += entry.text + "\n"
    }

    let expected = model(old, articles, new, keepsOrder: keepsOrder)

    let file = try ScratchFile(Array(log.utf8))
    var pass = LogCompaction(of: file.descriptor, old: 0..<start, end: file.size, order: keepsOrder ? order : nil)
    try pass.sort(by: index, .fingerprint)
    let isNeeded = try pass.isNeeded()
    let texts = old.map(\.text) + new.map(\.entry.text)
    #expect(isNeeded == (expected != texts))
    var written: [UInt8] = []
    #expect(try pass.write { written += $0 })
    #expect(String(decoding: written, as: UTF8.self) == expected.map { $0 + "\n" }.joined())
    #expect(pass.size == written.count)
  }

  /// Which of the records stay, and in which order.
  private func model(
    _ old: [Entry], _ articles: [String], _ new: [(ordinal: Int, entry: Entry)], keepsOrder: Bool
  ) -> [String] {
    let stays = old.filter { entry in !entry.isError || !entry.isTorn && !articles.contains(entry.name) }
    guard keepsOrder else { return stays.map(\.text) + new.map(\.entry.text) }

    var others: [(place: Int, entry: Entry)] = Array(stays.enumerated()).map { ($0.offset, $0.element) }
    var own: [String] = []
    for (ordinal, article) in articles.enumerated() {
      // The how many-th of its kind it is.
      let count = articles[..<ordinal].count { $0 == article }
      let results = stays.enumerated().filter { !$0.element.isError && $0.element.name == article }
      if results.count > count {
        let (place, entry) = results[count]
        own.append(entry.text)
        others.removeAll { $0.place == place }
      } else if let made = new.first(where: { $0.ordinal == ordinal }) {
        own.append(made.entry.text)
      }
    }
    others.sort { ($0.entry.line, $0.place) < ($1.entry.line, $1.place) }
    return others.map(\.entry.text) + own
  }
}

extension Hash128 {
  fileprivate static func name(_ name: String) -> Hash128 { ArticleFingerprint.line(Array(name.utf8)) }
}
