/// Where records go; standard output where there is no file.
package struct OutputFileSettings: Equatable, Sendable {
  package var output: String?
  package var errors: String?
  package var trace: String?
  package var resumes = false
  /// Whether a present id is all that an article is known by.
  package var resumesByID = false
  package var overwrites = false
  /// How long to wait for another run that has one of the files.
  package var waitForLock = Duration.zero

  package init() {}
}
