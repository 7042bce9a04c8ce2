import Articles

extension ArticleFault {
  /// A description of the fault in a line, with advice.
  var message: String {
    switch self {
    case .tooLong(let length, let limit):
      "line of \(length) bytes is longer than \(limit); raise --max-line to take it"
    case .blank: "the text is empty; there is nothing to summarize"
    case .wrongKind(let field, let found): found.message(in: field)
    case .noText(let lookedFor, let has): Self.noText(lookedFor, has)
    }
  }

  private static func noText(_ lookedFor: [String], _ has: [FoundField]) -> String {
    let names = has.isEmpty ? "none" : has.map(\.name).joined(separator: ", ")
    let only = lookedFor.count == 1 ? lookedFor[0] : nil
    if let only, only.contains(".") {
      let path = only.hasPrefix(".") ? only : ".\(only)"
      return "only fields of the line itself are looked at (it has: \(names)); jq -c '.content=\(path)'"
    }
    let wanted = only.map { "no field '\($0)'" } ?? "no field " + lookedFor.map { "'\($0)'" }.joined(separator: ", ")
    let longest = has.max { $0.textLength < $1.textLength }
    let advice =
      if let longest, longest.textLength > 0 { "--content-field \(longest.name) takes the longest text" } else {
        "name the one that holds the text with --content-field"
      }
    return "\(wanted) (it has: \(names)); \(advice)"
  }
}

extension FoundValue {
  fileprivate func message(in field: String) -> String {
    let path = ".\(field)"
    return switch self {
    case .number: "'\(field)' is a number, not a string; jq -c '\(path)|=tostring'"
    case .truth: "'\(field)' is true or false, not a string"
    case .object(let key?): "'\(field)' is an object, not a string; jq -c '\(path)=\(path).\(key)'"
    case .object(nil): "'\(field)' is an object, not a string; jq -c '\(path)|=([..|strings]|join(\"\\n\"))'"
    case .array(let key?): "'\(field)' is an array of objects, not of strings; jq -c '\(path)|=map(.\(key)?//.)'"
    case .array(nil): "'\(field)' is an array of other things than strings; jq -c '\(path)|=map(tostring)'"
    }
  }
}
