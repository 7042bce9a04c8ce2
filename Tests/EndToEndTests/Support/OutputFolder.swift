import Testing
import TestSupport

/// A folder with an input and a file of results, and what tests ask of them.
final class OutputFolder {
  let folder: TemporaryFolder
  /// What answers the articles.
  var model: [String] = .instant
  /// The file of `--output`.
  var out: String { path("out") }

  init() throws { folder = try TemporaryFolder() }

  /// Articles that are answered in the reverse of their order, if as many may be in flight: each but the last waits for the
  /// record of the next one. `model` has to be `waiting`.
  func reversed(_ ids: ClosedRange<Int>, in name: String = "out") -> String {
    ids.dropLast().map { article($0, until: record(of: $0 + 1), in: path(name)) }.joined() + article(ids.upperBound)
  }

  func path(_ name: String) -> String { folder.path + "/" + name }

  /// Runs the program with results to `out`.
  func summarize(_ input: String, _ options: String..., within bound: Duration = Child.patience) throws -> Outcome {
    try launch(input, options).run(within: bound)
  }

  func launch(_ input: String, _ options: [String]) -> Launch {
    Launch(model + ["-o", out] + options, input: .text(input))
  }

  func text(_ name: String = "out") -> String? {
    contents(of: path(name)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Every record of a file; throws where it is not valid to the last byte.
  func records(_ name: String = "out") throws -> [JSON] {
    let bytes = contents(of: path(name)) ?? []
    guard bytes.isEmpty || bytes.last == 0x0A else { throw Torn(text: text(name) ?? "") }
    return try bytes.split(separator: 0x0A).map { try JSON(parsing: Array($0)) }
  }

  struct Torn: Error { let text: String }

  func write(_ name: String, _ text: String) throws { _ = try folder.file(name, text) }

  /// The names of all files, hidden ones too.
  var names: Set<String> { Set(fileNames(in: folder.path)) }

  /// What changes when a file is replaced.
  func inode(_ name: String = "out") -> UInt64 { UInt64(status(name)?.st_ino ?? 0) }
  func mode(_ name: String = "out") -> UInt32 { UInt32(status(name)?.st_mode ?? 0) & 0o777 }

  private func status(_ name: String) -> stat? {
    var status = stat()
    return lstat(path(name), &status) == 0 ? status : nil
  }
}

/// Many kinds of line: ids of all kinds, some repeated, some missing, some lines that are no articles.
func mixedInput(_ count: Int, ms: Int? = nil, failing: (Int) -> Bool = { _ in false }) -> String {
  (0..<count).map { number in
    let id =
      switch number % 10 {
      case 3: ""
      case 5: #""id":"\#(number)","#
      case 7: #""id":\#(number - 7),"#
      case 8: #""id":[\#(number)],"#
      default: #""id":\#(number),"#
      }
    if number % 50 == 31 { return "no article \(number % 100)\n" }
    let latency = ms.map { #","simulated":{"ms":\#(number * 7 % ($0 + 1))}"# } ?? ""
    let content = failing(number) ? "" : "Text \(number). More of it."
    return #"{\#(id)"content":"\#(content)"\#(latency)}"# + "\n"
  }.joined()
}

/// How many lines of the input are no articles.
func badLines(_ count: Int) -> Int { (0..<count).count { $0 % 50 == 31 } }
