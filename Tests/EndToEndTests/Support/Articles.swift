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

/// A line with an article that a model of the kind `waiting` answers when a pattern of `grep` is found in a file.
func article(_ id: Int, until pattern: String, in file: String) -> String {
  article(id, content: "wait: \(file) \(pattern)")
}

/// What a record of an article has, as a pattern of `grep`.
func record(of id: Int) -> String { "id.:\(id)," }

/// Longer than any test waits: an article that is in flight as long as the test wants it to be.
let stuck = 300_000

extension [String] {
  /// A model whose answers come at once, but for articles that say otherwise.
  static let instant = ["-m", "simulated:latency=0"]

  /// A model whose answers come soon, but for articles that wait for something in a file, or for the end of the program.
  static let waiting = [
    "-m",
    #"exec:read -r l; case $l in *'wait: '*) w=${l#*wait: }; w=${w%%\"*}; "#
      + "until grep -q ${w#* } ${w%% *} 2>/dev/null || ! kill -0 $PPID; do sleep 0.02; done;; esac; echo text",
  ]
}
