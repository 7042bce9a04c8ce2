import Basics
import Summarization
import SystemIO
import TestSupport
import Testing

@testable import SummarizeCommand

/// The final pass against a model that has everything in memory and thinks of nothing but the contract.
@Suite struct FinalPassTests {
  /// A record with what the model knows of it.
  private struct Entry {
    /// By what it is known; nil for a record that carries neither id nor key.
    var name: String?
    var isKey: Bool
    var line: Int
    var isError: Bool
    var text: String

    init(name: String?, isKey: Bool, line: Int, isError: Bool, filler: Int) {
      (self.name, self.isKey, self.line, self.isError) = (name, isKey, line, isError)
      let known = name.map { isKey ? #""key":"\#(Hash128.key($0))","# : #""id":"\#($0)","# } ?? ""
      let rest = String(repeating: "é", count: filler)
      text =
        isError
        ? #"{\#(known)"line":\#(line),"error":{"code":"refused","message":"\#(rest)"}}"#
        : #"{\#(known)"line":\#(line),"summary":"\#(rest)"}"#
    }

    var hash: Hash128? { name.map { isKey ? .key($0) : .id("\"\($0)\"") } }
  }

  /// A line of the input.
  private struct Article {
    var id: String?
    var key: String
  }

  @Test(arguments: 0..<400) func asTheContractHasIt(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    func random(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }
    let keepsOrder = seed % 2 == 0

    // What FILE had, and what this run reads.
    let names = (0..<(1 + random(12))).map { "n\($0)" }
    let old = (0..<random(25)).map { _ in
      Entry(
        name: random(12) == 0 ? nil : names[random(names.count)], isKey: random(3) == 0, line: 1 + random(30),
        isError: random(3) == 0, filler: random(10) == 0 ? 20_000 : random(40))
    }
    let articles = (0..<random(25)).map { _ in
      Article(id: random(3) == 0 ? nil : names[random(names.count)], key: names[random(names.count)])
    }

    // The log, as a run writes it: old records, then new ones in any order.
    let ledger = Ledger()
    var offsets: [Int] = []
    var log = ""
    for entry in old {
      offsets.append(log.utf8.count)
      if let hash = entry.hash {
        if entry.isError {
          ledger.foundError(.refused, of: hash, isKey: entry.isKey)
        } else {
          ledger.foundResult(of: hash, isKey: entry.isKey, at: log.utf8.count)
        }
      }
      log += entry.text + "\n"
      if random(15) == 0 { log += " \r\n" }
    }
    let start = log.utf8.count
    var order = OffsetList()
    var new: [(ordinal: Int, entry: Entry)] = []
    for (ordinal, article) in articles.enumerated() {
      let meeting = ledger.meet(id: article.id.map { .id("\"\($0)\"") }) { .key(article.key) }
      if let result = meeting.result {
        order[ordinal] = result
      } else {
        new.append(
          (
            ordinal,
            Entry(
              name: meeting.key == nil ? article.id! : article.key, isKey: meeting.key != nil, line: ordinal + 1,
              isError: random(4) == 0, filler: random(40))
          ))
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
    var pass = FinalPass(of: file.descriptor, old: 0..<start, end: file.size, order: keepsOrder ? order : nil)
    try pass.sort(by: ledger)
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
    _ old: [Entry], _ articles: [Article], _ new: [(ordinal: Int, entry: Entry)], keepsOrder: Bool
  ) -> [String] {
    var seenIDs: Set<String> = []
    var usedKeys: [String: Int] = [:]
    // What each article is known by, and for a key the how many-th of its kind it is.
    let known = articles.map { article -> (name: String, isKey: Bool, count: Int) in
      if let id = article.id, seenIDs.insert(id).inserted { return (id, false, 0) }
      defer { usedKeys[article.key, default: 0] += 1 }
      return (article.key, true, usedKeys[article.key, default: 0])
    }
    let stays = old.filter { entry in
      !entry.isError || !known.contains { $0.name == entry.name && $0.isKey == entry.isKey }
    }
    guard keepsOrder else { return stays.map(\.text) + new.map(\.entry.text) }

    var others: [(place: Int, entry: Entry)] = Array(stays.enumerated()).map { ($0.offset, $0.element) }
    var own: [String] = []
    for (ordinal, article) in known.enumerated() {
      let results = stays.enumerated().filter {
        !$0.element.isError && $0.element.name == article.name && $0.element.isKey == article.isKey
      }
      if results.count > article.count {
        let (place, entry) = results[article.count]
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
  fileprivate static func key(_ name: String) -> Hash128 { Identity.raw(Array(name.utf8)) }
}
