/// Returns the value of an environment variable; nil where it is not set.
package func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}

/// Returns where PATH has a program, for tests that need one beyond the standard ones; nil where it is missing.
package func tool(_ name: String) -> String? {
  (environmentVariable("PATH") ?? "/usr/bin:/bin").split(separator: ":").map { "\($0)/\(name)" }
    .first { access($0, X_OK) == 0 }
}

/// Development data beside the package, which is no part of it and absent on most machines: the folder that
/// `SUMMARIZE_TEST_DATA` names, else `shared/data` beside the package.
package enum SharedData {
  package static let folder: String = {
    if let given = environmentVariable("SUMMARIZE_TEST_DATA") { return given }
    let package = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return package + "/../shared/data"
  }()

  /// Returns a file of the folder; nil where it is absent.
  package static func read(_ name: String) -> [UInt8]? { contents(of: "\(folder)/\(name)") }

  /// Returns the names of the files in a folder of the folder, sorted; none where it is absent.
  package static func list(_ name: String) -> [String] { fileNames(in: "\(folder)/\(name)").sorted() }
}
