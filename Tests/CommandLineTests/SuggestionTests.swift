import Testing

@testable import CommandLine

@Suite struct SuggestionTests {
  private let names = OptionDefinition.table.map(\.long)

  @Test(arguments: [
    ("job", "jobs"), ("keeporder", "keep-order"), ("kep-order", "keep-order"), ("sentnces", "sentences"),
    ("mtea", "meta"), ("verbos", "verbose"), ("max-lines", "max-line"),
  ]) func findsWhatWasMeant(typed: String, meant: String) {
    #expect(NameSuggestion.near(typed, in: names) == meant)
  }

  @Test(arguments: ["", "xyzzy", "output-directory"]) func doesNotGuessWildly(typed: String) {
    #expect(NameSuggestion.near(typed, in: names) == nil)
  }

  @Test func distances() {
    #expect(NameSuggestion.editDistance("", "abc") == 3)
    #expect(NameSuggestion.editDistance("abc", "abc") == 0)
    #expect(NameSuggestion.editDistance("abc", "acb") == 1)
    #expect(NameSuggestion.editDistance("kitten", "sitting") == 3)
  }
}
