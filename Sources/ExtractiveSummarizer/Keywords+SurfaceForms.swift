// How the text writes a phrase that was chosen by its stems.
extension Keywords {
  /// Where in the body the first words of the chosen phrases stand.
  func places(of chosen: [Int]) -> [Int] {
    var isWanted = [Bool](repeating: false, count: analysis.counts.count)
    for index in chosen { isWanted[Int(candidates[index].stems.0)] = true }
    var places: [Int] = []
    places.reserveCapacity(64)
    isWanted.withUnsafeBufferPointer { isWanted in
      for index in analysis.tokens.indices where isWanted[Int(analysis.tokens[index].stem)] { places.append(index) }
    }
    return places
  }

  /// The form that the text writes most often, the first one of equals.
  func surface(of candidate: Candidate, _ places: [Int]) -> String {
    var forms: [(text: Bytes, count: Int)] = []
    let length = Int(candidate.length)
    func scan(_ tokens: Analysis.Tokens, _ places: some Collection<Int>, _ bytes: Bytes) {
      for start in places where start + length <= tokens.count && tokens[start].stem == candidate.stems.0 {
        if length > 1 {
          if tokens[start + 1].stem != candidate.stems.1 { continue }
          if tokens[start + 1].flags.contains(.afterPunctuation) { continue }
        }
        if length > 2 {
          if tokens[start + 2].stem != candidate.stems.2 { continue }
          if tokens[start + 2].flags.contains(.afterPunctuation) { continue }
        }
        let last = tokens[start + length - 1]
        var end = Int(last.end)
        // The last full stop of "U.S." belongs to it.
        if end < bytes.count, bytes[end] == 0x2E, hasStop(last, bytes) { end += 1 }
        let text = Bytes(rebasing: bytes[Int(tokens[start].start)..<end])
        if let known = forms.firstIndex(where: { $0.text.elementsEqual(text) }) {
          forms[known].count += 1
        } else {
          forms.append((text, 1))
        }
      }
    }
    scan(analysis.tokens, places, content)
    if forms.isEmpty { scan(analysis.titleTokens, analysis.titleTokens.indices, title) }
    guard var best = forms.first else { return "" }
    for form in forms where form.count > best.count { best = form }
    var builder = TextBuilder()
    builder.append(best.text, from: 0, to: best.text.count)
    return builder.text()
  }
}
