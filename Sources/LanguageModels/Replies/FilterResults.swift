import JSONLines

/// The verdicts of Azure's content filters. They stand beside an answer, beside the choices for the prompt, and within
/// an error, and count whatever finish reason or code is beside them: an asynchronous filter reports late.
enum FilterResults {
  private static let names = [
    "content_filter_results", "content_filter_result", "prompt_filter_results", "prompt_filter_result",
  ]
  /// The maximum number of verdicts that are read.
  private static let most = 64

  /// Returns a description of what was filtered, from the fields of a choice, a reply or an error; nil if nothing was.
  static func refusal(in value: JSONValue) -> String? { refusal(in: ObjectFields(value)) }

  static func refusal(in fields: ObjectFields) -> String? {
    var categories: [String] = []
    var isFiltered = false
    for name in names {
      guard let results = fields[name] else { continue }
      // The results for a prompt are a list, with the verdicts of each prompt one level further inside.
      for result in results.elements?.prefix(most) ?? [results] {
        for verdicts in [result] + names.compactMap({ result[$0] }) where read(verdicts, &categories) {
          isFiltered = true
        }
      }
    }
    guard isFiltered else { return nil }
    return categories.isEmpty
      ? "a content filter stopped it" : "a content filter found \(categories.joined(separator: ", "))"
  }

  /// Adds the categories that were filtered, from an object of verdicts by category.
  /// - Returns: whether there are any, named or not.
  private static func read(_ verdicts: JSONValue, _ categories: inout [String]) -> Bool {
    if isFiltered(verdicts) { return true }
    guard let record = try? JSONRecord(scanning: verdicts.bytes) else { return false }
    var found = false
    for field in record.fields.prefix(most) where field.kind == .object || field.kind == .array {
      let name = record.key(of: field)
      guard !names.contains(name), let verdict = verdicts[name], isFiltered(verdict) else { continue }
      found = true
      let words = name.replacing("_", with: " ")
      if !categories.contains(words) { categories.append(words) }
    }
    return found
  }

  /// Returns whether a verdict, or one in a list of verdicts, filters. A filter that only annotates has found something
  /// and filters nothing.
  private static func isFiltered(_ verdict: JSONValue) -> Bool {
    (verdict.elements?.prefix(most) ?? [verdict]).contains { $0["filtered"]?.kind == .true }
  }
}
