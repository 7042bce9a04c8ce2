// How the text writes a phrase that was chosen by its stems.
extension Keywords {
  func surfaces(of chosen: [Int]) -> [String] {
    let places = places(of: chosen)
    var surfaces: [String] = []
    surfaces.reserveCapacity(chosen.count)
    var text = TextBuilder()
    for index in chosen {
      let surface = surface(of: candidates.base + index, places, &text)
      if !surface.isEmpty && !surfaces.contains(surface) { surfaces.append(surface) }
    }
    return surfaces
  }

  /// Where in the body the first words of the chosen phrases stand.
  private func places(of chosen: [Int]) -> [Int32] {
    let isWanted = FastList<Bool>(repeating: false, count: analysis.words.count)
    for index in chosen { isWanted.base[Int(candidates.base[index].stems.0)] = true }
    var places: [Int32] = []
    places.reserveCapacity(64)
    for index in 0..<analysis.tokens.count where isWanted[Int(analysis.tokens[index].stem)] {
      places.append(Int32(truncatingIfNeeded: index))
    }
    return places
  }

  /// The form that the text writes most often, the first one of equals.
  private func surface(of candidate: UnsafePointer<Candidate>, _ places: [Int32], _ builder: inout TextBuilder)
    -> String
  {
    var forms: [(text: Bytes, count: Int)] = []
    let length = Int(candidate.pointee.length)
    let stems = candidate.pointee.stems
    func scan(_ tokens: Analysis.Tokens, _ place: Int, _ bytes: Bytes) {
      guard place + length <= tokens.count else { return }
      if length > 1 {
        let second = tokens[place + 1]
        if second.stem != stems.1 || second.flags.contains(.afterPunctuation) { return }
      }
      if length > 2 {
        let third = tokens[place + 2]
        if third.stem != stems.2 || third.flags.contains(.afterPunctuation) { return }
      }
      let last = tokens[place + length - 1]
      var end = Int(last.end)
      // The last full stop of "U.S." belongs to it.
      if end < bytes.count, bytes[end] == 0x2E, hasStop(last, bytes) { end += 1 }
      let text = Bytes(rebasing: bytes[Int(tokens[place].start)..<end])
      if let known = forms.firstIndex(where: { Self.areEqual($0.text, text) }) {
        forms[known].count += 1
      } else {
        forms.append((text, 1))
      }
    }
    for place in places where analysis.tokens[Int(place)].stem == stems.0 { scan(analysis.tokens, Int(place), content) }
    if forms.isEmpty {
      for place in analysis.titleTokens.indices where analysis.titleTokens[place].stem == stems.0 {
        scan(analysis.titleTokens, place, title)
      }
    }
    guard var best = forms.first else { return "" }
    for form in forms where form.count > best.count { best = form }
    builder.append(best.text, from: 0, to: best.text.count)
    return builder.take()
  }

  private static func areEqual(_ a: Bytes, _ b: Bytes) -> Bool {
    guard a.count == b.count else { return false }
    for index in 0..<a.count where a[index] != b[index] { return false }
    return true
  }
}
