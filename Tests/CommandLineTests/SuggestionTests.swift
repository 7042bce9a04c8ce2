import Testing

@testable import CommandLine

@Suite struct SuggestionTests {
  private let names = Option.table.map(\.long)

  @Test(arguments: [
    ("job", "jobs"), ("keeporder", "keep-order"), ("kep-order", "keep-order"), ("sentnces", "sentences"),
    ("mtea", "meta"), ("verbos", "verbose"), ("max-lines", "max-line"),
  ]) func findsWhatWasMeant(typed: String, meant: String) {
    #expect(Suggestion.near(typed, in: names) == meant)
  }

  @Test(arguments: ["", "xyzzy", "output-directory"]) func doesNotGuessWildly(typed: String) {
    #expect(Suggestion.near(typed, in: names) == nil)
  }

  @Test func distances() {
    #expect(Suggestion.editDistance("", "abc") == 3)
    #expect(Suggestion.editDistance("abc", "abc") == 0)
    #expect(Suggestion.editDistance("abc", "acb") == 1)
    #expect(Suggestion.editDistance("kitten", "sitting") == 3)
  }
}
