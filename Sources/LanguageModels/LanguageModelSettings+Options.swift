import JSONLines

extension LanguageModelSettings {
  public struct OptionError: Error, Equatable {
    /// As the end of a sentence that begins with the option.
    public let message: String
  }

  /// Reads `KEY=JSON`, a field of the request.
  public static func option(parsing text: String) throws(OptionError) -> (name: String, json: [UInt8]) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { throw OptionError(message: "is not of the form KEY=JSON") }
    let name = String(parts[0])
    if name == "stream" || name == "messages" {
      throw OptionError(message: "cannot be set: replies are read whole, and messages hold the article")
    }
    do throws(RecordError) {
      return (name, try JSONValue(scanning: Array(parts[1].utf8)).bytes)
    } catch {
      throw OptionError(
        message: "has a value that is no JSON (\(error.reason)); write a string with its quotes, as in "
          + #"'\#(name)="\#(parts[1].prefix(20))"'"#)
    }
  }
}
