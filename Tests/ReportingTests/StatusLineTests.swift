import Testing

@testable import Reporting

@Suite struct StatusLineTests {
  /// What a terminal shows: whole lines, and the last one as it stands.
  private struct Terminal {
    var lines: [String] = []
    private var cells: [Character] = []
    private var column = 0

    var last: String { String(cells.reversed().drop { $0 == " " }.reversed()) }

    mutating func write(_ text: String) {
      // "\r" and a newline behind it would be one Character.
      var scalars = Array(text.unicodeScalars)[...]
      while let scalar = scalars.popFirst() {
        switch scalar {
        case "\r": column = 0
        case "\n":
          lines.append(last)
          (cells, column) = ([], 0)
        case "\u{1B}":
          #expect(scalars.prefix(2) == ["[", "K"])
          scalars = scalars.dropFirst(2)
          cells = Array(cells.prefix(column))
        default:
          while cells.count <= column { cells.append(" ") }
          cells[column] = Character(scalar)
          column += 1
        }
      }
    }
  }

  @Test(arguments: [true, false]) func itIsWrittenOverAndStaysBelowMessages(takesLinesBack: Bool) {
    var line = StatusLine(takesLinesBack: takesLinesBack)
    var terminal = Terminal()
    terminal.write(line.around("first message\n"))
    for text in ["12 articles", "3", "", "a long line of progress", "short", "other"] {
      terminal.write(line.show(text))
      #expect(terminal.last == text)
      terminal.write(line.around("message\n"))
      #expect(terminal.last == text)
      #expect(terminal.lines.last == "message")
    }
    terminal.write(line.show(""))
    #expect(terminal.last.isEmpty)
    #expect(terminal.lines == ["first message"] + Array(repeating: "message", count: 6))
  }

  @Test func escapesAreWrittenOnlyWhereTheyAreKnown() {
    var line = StatusLine(takesLinesBack: false)
    let text = line.show("a long line") + line.show("short") + line.around("message\n") + line.show("")
    #expect(!text.contains("\u{1B}"))
  }
}
