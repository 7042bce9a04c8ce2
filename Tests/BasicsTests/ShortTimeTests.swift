import Testing

@testable import Basics

@Suite struct ShortTimeTests {
  @Test(arguments: [
    (0.0, "0 s"), (0.004, "0 s"), (0.42, "0.42 s"), (0.5, "0.5 s"), (1, "1 s"), (2.34, "2.3 s"), (12.3, "12 s"),
    (90, "90 s"), (120, "2 min"), (300, "5 min"), (450, "7.5 min"), (7200, "2 h"), (9000, "2.5 h"), (-1, "0 s"),
  ]) func inWords(seconds: Double, words: String) {
    #expect(ShortTime(.seconds(seconds)).description == words)
  }
}
