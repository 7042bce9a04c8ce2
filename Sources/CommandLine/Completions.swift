/// A shell for which `--completions` writes a script, made from the table of options.
package enum CompletionShell: String, Sendable {
  case bash, zsh, fish

  /// The script, which the shell reads at its start or finds in its folder of completions.
  package var script: String {
    switch self {
    case .bash: BashCompletions.script
    case .zsh: ZshCompletions.script
    case .fish: FishCompletions.script
    }
  }
}

/// The values of `--model`; those that end in a colon go on with a name.
private let models = ["extractive", "simulated", "openai:", "anthropic:", "ollama:", "exec:", "coprocess:"]

extension OptionDefinition {
  /// All spellings, with hyphens.
  fileprivate var spellings: [String] { (short.map { ["-\($0)"] } ?? []) + ["--\(long)"] }
}

private enum BashCompletions {
  static var script: String {
    let cases = OptionDefinition.table.filter { $0.argument != nil }.map { option in
      "    \(option.spellings.joined(separator: "|"))) \(action(option.values)) ;;\n"
    }
    let options = OptionDefinition.table.map { "--\($0.long)" }.joined(separator: " ")
    return """
      # bash completion for summarize
      _summarize() {
        local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} word i
        COMPREPLY=()
        # bash cuts words at "=" and ":".
        if [[ $current == "=" ]]; then current=; elif [[ $previous == "=" ]]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi
        [[ $previous == ":" || $current == ":" ]] && return
        for ((i = 1; i < COMP_CWORD; i++)); do
          [[ ${COMP_WORDS[i]} == -- ]] && return
        done
        case $previous in
      \(cases.joined())  esac
        if [[ $current == -* ]]; then
          COMPREPLY=($(compgen -W "\(options)" -- "$current"))
        fi
      }
      complete -o default -F _summarize summarize

      """
  }

  /// Returns shell code that completes a value and returns, so that no option is offered in its place.
  private static func action(_ values: ValueCompletion) -> String {
    switch values {
    case .free: "compopt +o default; return"
    case .file: "return"
    case .model:
      "COMPREPLY=($(compgen -W \"\(models.joined(separator: " "))\" -- \"$current\")); "
        + "[[ ${COMPREPLY[0]} == *: ]] && compopt -o nospace; compopt +o default; return"
    case .choice(let words):
      "COMPREPLY=($(compgen -W \"\(words.joined(separator: " "))\" -- \"$current\")); compopt +o default; return"
    case .list(let words):
      "word=; [[ $current == *,* ]] && word=${current%,*},; "
        + "COMPREPLY=($(compgen -P \"$word\" -W \"\(words.joined(separator: " "))\" -- \"${current##*,}\")); "
        + "compopt -o nospace; compopt +o default; return"
    }
  }
}

private enum ZshCompletions {
  static var script: String {
    let specifications = OptionDefinition.table.map { "    \(specification($0)) \\\n" }
    let plain = models.filter { !$0.hasSuffix(":") }.joined(separator: " ")
    let open = models.filter { $0.hasSuffix(":") }.joined(separator: " ")
    return """
      #compdef summarize
      # zsh completion for summarize
      _summarize_models() {
        compadd -- \(plain)
        compadd -S '' -- \(open)
      }
      _summarize() {
        _arguments -s -S \\
      \(specifications.joined())    '*:file:_files'
      }
      if [ "$funcstack[1]" = _summarize ]; then _summarize "$@"; else compdef _summarize summarize; fi

      """
  }

  private static func specification(_ option: OptionDefinition) -> String {
    let takesValue = option.argument != nil
    let value = option.argument.map { ":\($0):\(action(option.values))" } ?? ""
    let text = "[\(quoted(option.summary))]\(value)"
    let long = "--\(option.long)" + (takesValue ? "=" : "")
    let star = option.isRepeatable ? "*" : ""
    guard let short = option.short else { return "'\(star)\(long)\(text)'" }
    return "'(-\(short) --\(option.long))'{-\(short)\(takesValue ? "+" : ""),\(long)}'\(text)'"
  }

  private static func action(_ values: ValueCompletion) -> String {
    switch values {
    case .free: " "
    case .file: "_files"
    case .model: "_summarize_models"
    case .choice(let words): "(\(words.joined(separator: " ")))"
    case .list(let words): "_values -s , task \(words.joined(separator: " "))"
    }
  }

  /// Returns a text escaped for brackets within single quotes.
  private static func quoted(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "[", "]", ":", "\\": result += "\\\(character)"
      case "'": result += "'\\''"
      default: result.append(character)
      }
    }
    return result
  }
}

private enum FishCompletions {
  static var script: String {
    let lines = OptionDefinition.table.map { option in
      var line = "complete -c summarize"
      if let short = option.short { line += " -s \(short)" }
      line += " -l \(option.long)"
      if option.argument != nil { line += action(option.values) }
      return line + " -d '\(quoted(option.summary))'\n"
    }
    return "# fish completion for summarize\n" + lines.joined()
  }

  private static func action(_ values: ValueCompletion) -> String {
    switch values {
    case .free: " -x"
    case .file: " -r -F"
    case .model: " -x -a '\(models.joined(separator: " "))'"
    case .choice(let words): " -x -a '\(words.joined(separator: " "))'"
    case .list(let words): " -x -a '(__fish_append , \(words.joined(separator: " ")))'"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = ""
    for character in text {
      if character == "'" || character == "\\" { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
