/// The arguments as they were typed, parsed by the rules of getopt_long but not yet interpreted. Parsing has two steps;
/// this is the first.
package struct TypedArguments: Equatable {
  struct TypedOption: Equatable {
    let name: OptionName
    /// The spelling of the option, for messages: `-j` or `--jobs`.
    let spelling: String
    let value: String?
  }

  private(set) var options: [TypedOption] = []
  private(set) var operands: [String] = []

  package var asksForHelp: Bool { options.contains { $0.name == .help } }
  package var asksForVersion: Bool { options.contains { $0.name == .version } }

  /// Parses arguments. Short options combine (`-kj5`), values may be joined (`-j5`, `--jobs=5`) or follow (`-j 5`,
  /// `--jobs 5`), options may follow operands, `--` ends the options and `-` is an operand. Parsing ends at `--help`,
  /// which takes precedence over whatever follows.
  package init(parsing arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        operands += rest
        return
      } else if argument.hasPrefix("--") {
        try takeLong(argument.dropFirst(2), &rest)
      } else if argument.hasPrefix("-"), argument != "-" {
        try takeShort(argument.dropFirst(), &rest)
      } else {
        operands.append(argument)
      }
      if options.last?.name == .help { return }
    }
  }

  private mutating func takeLong(_ text: Substring, _ rest: inout ArraySlice<String>) throws(UsageError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let spelling = "--\(parts[0])"
    guard let option = OptionDefinition.named(parts[0]) else {
      if NameSuggestion.namesOfKeys.contains(String(parts[0])) { throw .keyAsArgument(spelling) }
      throw .unknownOption(spelling, near: NameSuggestion.option(for: String(parts[0])))
    }
    let joined = parts.count == 2 ? String(parts[1]) : nil
    if option.argument == nil, joined != nil { throw .needlessValue(spelling) }
    try take(option, spelling, joined: joined, &rest)
  }

  private mutating func takeShort(_ text: Substring, _ rest: inout ArraySlice<String>) throws(UsageError) {
    var letters = text
    var last: Character?
    while let letter = letters.popFirst() {
      // `-k=5`: the option before the equals sign takes no value; otherwise it would have taken this one.
      if letter == "=", let last { throw .needlessValue("-\(last)") }
      guard let option = OptionDefinition.named(letter) else {
        throw .unknownOption("-\(letter)", near: NameSuggestion.namesElsewhere[String(letter)])
      }
      last = letter
      var joined: String?
      if option.argument != nil, !letters.isEmpty {
        joined = String(letters)
        letters = ""
      }
      try take(option, "-\(letter)", joined: joined, &rest)
      if option.name == .help { return }
    }
  }

  private mutating func take(
    _ option: OptionDefinition, _ spelling: String, joined: String?, _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    var value = joined
    if option.argument != nil, value == nil {
      guard let next = rest.popFirst() else { throw .missingValue(spelling, argument: option.argument!) }
      value = next
    }
    options.append(TypedOption(name: option.name, spelling: spelling, value: value))
  }
}
