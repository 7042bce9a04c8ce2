/// Where records go; standard output where there is no file.
package struct OutputFileSettings: Equatable, Sendable {
  package var output: String?
  package var errors: String?
  package var trace: String?
  package var resumes = false
  package var overwrites = false

  package init() {}
}
