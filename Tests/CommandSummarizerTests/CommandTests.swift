import Testing

@testable import CommandSummarizer

@Suite struct CommandTests {
  @Test(arguments: [
    ("cat", ["cat"]), ("  wc -c ", ["wc", "-c"]), ("python3 a.py --n=3 x\ty", ["python3", "a.py", "--n=3", "x", "y"]),
    ("tests/run 1,2 a:b c%d e@f g+h", ["tests/run", "1,2", "a:b", "c%d", "e@f", "g+h"]),
  ])
  func plainWordsAreStartedDirectly(text: String, words: [String]) {
    #expect(ExternalCommand(text)?.words == words)
  }

  @Test(arguments: [
    "a | b", "a > b", "a; b", "a && b", "a $b", "a *", "a 'b c'", "a \"b\"", "a `b`", "a\\ b", "a # b", "~/a", "a\nb",
    "A=1 b", "cd x", "exec a", "if a", "(a)", "{a", "a !", "a ^b", "a ?",
  ])
  func whatOnlyAShellUnderstandsGoesThroughOne(text: String) {
    #expect(ExternalCommand(text)?.words == ["/bin/sh", "-c", text])
  }

  @Test(arguments: ["", " ", "\t "]) func thereIsAWord(text: String) {
    #expect(ExternalCommand(text) == nil)
  }

  @Test(arguments: [
    ("cat -n", "cat"), ("TOKEN=hunter2 A=b ./run --key hunter2", "./run"), ("a|b", "a|b"), ("A=b", ""),
  ])
  func theNameHoldsNoSecret(text: String, name: String) {
    #expect(ExternalCommand(text)?.name == name)
  }

  @Test func secretsAreKnownByTheNamesOfVariablesAndOptions() {
    let command = ExternalCommand(
      "API_KEY='hunter2' A=1 ./run --auth-token t0ken --key=k3y --monkey ape --password p4ss x")
    let environment = ["OPENAI_API_KEY=sk-1", "HOME=/root", "DB_PASSWORD=a=b", "MONKEY=x", "EMPTY_KEY="]
    #expect(
      Set(command?.secrets(environment: environment) ?? []) == ["hunter2", "t0ken", "k3y", "p4ss", "sk-1", "a=b"])
  }
}
