import TestSupport

/// Where the program under test is: `SUMMARIZE_BINARY`, else what was built along with these tests.
enum Binary {
  static let path: String = {
    if let given = environmentVariable("SUMMARIZE_BINARY") {
      return given.hasPrefix("/") ? given : packageRoot + "/" + given
    }
    let beside = folder(of: CommandLine.arguments[0]) + "/summarize"
    let candidates = [beside, packageRoot + "/.build/debug/summarize"].map(absolute)
    guard let found = candidates.first(where: { access($0, X_OK) == 0 }) else {
      fatalError("no summarize in \(candidates); build it, or set SUMMARIZE_BINARY")
    }
    return found
  }()

  /// Tests/EndToEndTests/Support/Binary.swift is four levels below it.
  static let packageRoot = absolute((0..<4).reduce(#filePath) { path, _ in folder(of: path) })

  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return String(path[..<slash])
  }

  private static func absolute(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
