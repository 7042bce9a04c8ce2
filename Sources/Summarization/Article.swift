/// One article as it came in: what a summarizer works on.
public struct Article: Sendable {
  /// The number of its line, counted from 1 over all inputs, blank lines included.
  public let line: Int
  /// The JSON text of its id, as it came; nil where there is none.
  public let id: [UInt8]?
  public let title: String?
  public let content: String
  /// The whole line without its line terminator: strict JSON, an object.
  public let raw: [UInt8]

  public init(line: Int, id: [UInt8]?, title: String?, content: String, raw: [UInt8]) {
    self.line = line
    self.id = id
    self.title = title
    self.content = content
    self.raw = raw
  }
}
