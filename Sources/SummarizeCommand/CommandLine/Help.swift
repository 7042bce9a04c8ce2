/// What `--help`, `--version` and a bare `summarize` at a terminal print, made from the table of options.
enum Help {
  static let version = "summarize 0.1.0\n"

  static let usage = "usage: summarize [options] [FILE ...]\n"

  /// For a terminal on standard input without operands: what the filter is for, in three lines.
  static let shortUsage =
    usage + """
        cat articles.ndjson | summarize -j 5 > out.ndjson
      Reads one JSON article a line and writes one JSON result a line; 'summarize --help' tells more, and
      'summarize -' reads the terminal.

      """

  static var full: String {
    var text =
      usage + """

        Reads newline-delimited JSON articles as they arrive, makes a summary, a sentiment and keywords of each with
        at most N in flight, and writes one JSON result a line. FILE - or no FILE is standard input.

        Examples:
          cat articles.ndjson | summarize -j 5 > out.ndjson
          tail -f feed.ndjson | summarize | jq --unbuffered -r .summary
          summarize -k --merge --tasks sentiment archive-*.ndjson | jq -r 'select(.sentiment == "negative").title'

        """
    for group in Option.Group.allCases {
      text += "\n\(group.rawValue):\n"
      for option in Option.table where option.group == group {
        let short = option.short.map { "-\($0), " } ?? "    "
        let long = "--\(option.long)" + (option.argument.map { " \($0)" } ?? "")
        let padding = String(repeating: " ", count: max(1, 22 - long.count))
        text += "  \(short)\(long)\(padding)\(option.summary)\n"
      }
    }
    return text + """

      Each line of input is a JSON object such as {"id":7,"title":"...","content":"..."}; each gives one line of output:
        {"id":7,"summary":"...","sentiment":"positive","keywords":["...","..."]}
        {"id":9,"line":12,"error":{"code":"empty_content","message":"..."}}

      Exit status: 0 every article has a result; 1 the run finished, some failed; 2 usage, or the run could not start
      or go on. A signal ends the run by that signal.

      See also: man summarize

      """
  }
}
