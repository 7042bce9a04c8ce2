/// One line of input that is not blank.
public struct Line: Sendable, Equatable {
  /// Counted from 1 (or from what the splitter was told) over all FILEs, blank lines included.
  public let number: Int
  public let content: Content

  public enum Content: Sendable, Equatable {
    /// The bytes without line terminator and byte order mark.
    case complete([UInt8])
    /// A line over the maximum: its first bytes (at most `Line.prefixLength`) and how long it was, terminator not counted.
    case tooLong(prefix: [UInt8], length: Int)
  }

  /// How many bytes are kept of a line that is too long.
  public static let prefixLength = 4096

  public init(number: Int, content: Content) {
    self.number = number
    self.content = content
  }
}
