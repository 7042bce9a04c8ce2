/// The texts of `--help`, `--version` and a bare `summarize` at a terminal, made from the table of options.
package enum HelpText {
  package static let version = "summarize 0.1.0\n"

  static let usage = "usage: summarize [options] [FILE ...]\n"

  /// The usage for a terminal on standard input without operands: the purpose of the filter, in a few lines.
  package static let shortUsage =
    usage + """
        cat articles.ndjson | summarize -j 5 > out.ndjson
      Reads one JSON article a line and writes one JSON result a line.
      'summarize --help' tells more; 'summarize -' reads the terminal.

      """

  package static var full: String {
    var text =
      usage + """

        Reads one JSON article a line, writes one JSON result a line: a summary, a
        sentiment and keywords, with at most N articles in flight. No FILE, or -, is
        standard input.  tail -f feed.ndjson | summarize -j 5 | jq -r .summary

        """
    for group in OptionGroup.allCases {
      text += "\(group.rawValue):\n"
      for option in OptionDefinition.table where option.group == group {
        let short = option.short.map { "-\($0), " } ?? "    "
        let long = "--\(option.long)" + (option.argument.map { " \($0)" } ?? "")
        let padding = String(repeating: " ", count: max(1, textColumn - 6 - long.utf8.count))
        text += "  \(short)\(long)\(padding)\(option.summary)\n"
      }
    }
    return text + """

      in:   {"id":7,"title":"...","content":"..."}
      out:  {"id":7,"summary":"...","sentiment":"positive","keywords":["..."]}
      or:   {"id":9,"line":12,"error":{"code":"empty_content","message":"..."}}
      Exit status: 0 every article has a result, 1 some failed, 2 usage or the run
      could not go on. More: man summarize

      """
  }

  /// The column at which the summaries of options begin.
  private static let textColumn = 28
}
