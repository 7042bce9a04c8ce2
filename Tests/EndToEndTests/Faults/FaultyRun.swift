import Testing
import TestSupport

/// One command on files of its own, which is struck by a fault, perhaps several times, and then run to its end.
struct FaultyRun {
  /// Options with which FILE ends in different ways.
  enum Variant: CaseIterable {
    case log, ordered, orderedWithErrors

    func options(_ files: OutputFolder) -> [String] {
      switch self {
      case .log: []
      case .ordered: ["-k"]
      case .orderedWithErrors: ["-k", "--errors", files.path("errors")]
      }
    }
  }

  /// What the files come to without a fault: the lines of both, sorted where their order is that of completion.
  struct Result: Equatable {
    var out: [String]
    var errors: [String]
  }

  static let articles = 240
  /// Ids of all kinds, some repeated, some missing; lines that are no articles, and articles without a text.
  static let input = mixedInput(articles, ms: 7) { $0 % 24 == 6 }

  let files: OutputFolder
  let variant: Variant
  var random: SplitMix64

  init(seed: Int) throws {
    files = try OutputFolder()
    random = SplitMix64(seed: UInt64(truncatingIfNeeded: seed))
    variant = Variant.allCases.randomElement(using: &random)!
  }

  /// The same command every time.
  var launch: Launch { files.launch(Self.input, ["-j8", "--resume"] + variant.options(files)) }

  // MARK: The moment

  /// Waits until any moment between the first instruction and the last.
  mutating func waitForMoment(_ child: Child) throws {
    let variety = Int.random(in: 0..<10, using: &random)
    if variety < 2 {
      let end = ContinuousClock.now + .microseconds(Int.random(in: 0..<20_000, using: &random))
      while ContinuousClock.now < end { sched_yield() }
      return
    }
    let files = files
    let goal = Int.random(in: 0..<Self.usualSize, using: &random)
    try child.wait("a moment in the run") { child in
      if child.ending != nil { return true }
      return variety == 2 ? files.names.contains(".out.summarize-new") : size(of: files.out) >= goal
    }
    for _ in 0..<Int.random(in: 0..<300, using: &random) { sched_yield() }
  }

  private static let usualSize = 30_000

  // MARK: What is in the files

  func result(_ files: OutputFolder) -> Result {
    func lines(_ name: String, sorted: Bool) -> [String] {
      let lines = (files.text(name) ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let told = Self.withoutLinesOfEquals(lines)
      return sorted ? told.sorted() : told
    }
    return Result(out: lines("out", sorted: variant == .log), errors: lines("errors", sorted: true))
  }

  /// Equal articles stand for each other: which of their lines a record tells of depends on which of them were
  /// done when the run was struck.
  private static func withoutLinesOfEquals(_ lines: [String]) -> [String] {
    let parts = lines.map { line in
      line.firstRange(of: #""fingerprint":""#).map { String(line[$0.lowerBound...]) } ?? line
    }
    let counts = parts.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    return zip(lines, parts).map { line, part in counts[part]! > 1 ? part : line }
  }

  /// The same command where nothing happens to it.
  func undisturbed() throws -> Result {
    let files = try OutputFolder()
    try files.launch(Self.input, ["-j8"] + variant.options(files)).run().expect(.exited(1))
    return result(files)
  }

  /// The results that FILE has, each with its newline or at least whole.
  var results: Set<String> {
    let lines = (files.text() ?? "").split(separator: "\n").map(String.init)
    return Set(lines.filter { $0.contains(#""summary":"#) && (try? JSON(parsing: $0)) != nil })
  }

  var isTorn: Bool {
    guard let last = contents(of: files.out)?.last else { return false }
    return last != 0x0A
  }
}

/// 0 where there is no such file.
func size(of path: String) -> Int {
  var status = stat()
  return stat(path, &status) == 0 ? Int(status.st_size) : 0
}
