/// A line with an article; with `ms`, the simulated model answers it after so many milliseconds.
func article(_ id: Int, ms: Int? = nil, content: String = "The first sentence. The second one.") -> String {
  let latency = ms.map { #","simulated":{"ms":\#($0)}"# } ?? ""
  return #"{"id":\#(id),"content":"\#(content)"\#(latency)}"# + "\n"
}

/// A line with an article for which the simulated model does as it is told, such as `"status":503,"times":2`.
func article(_ id: Int, simulated settings: String) -> String {
  #"{"id":\#(id),"content":"The first sentence.","simulated":{\#(settings)}}"# + "\n"
}

func articles(_ ids: some Sequence<Int>, simulated settings: String) -> String {
  ids.map { article($0, simulated: settings) }.joined()
}

func articles(_ ids: some Sequence<Int>, ms: Int? = nil) -> String {
  ids.map { article($0, ms: ms) }.joined()
}

/// Longer than any test waits: an article that is in flight as long as the test wants it to be.
let stuck = 300_000

extension [String] {
  /// A model whose answers come at once, but for articles that say otherwise.
  static let instant = ["-m", "simulated:latency=0"]
}
