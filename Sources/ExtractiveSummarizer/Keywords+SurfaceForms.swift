// How the text writes a phrase that was chosen by its stems.
extension Keywords {
  mutating func surfaces(of chosen: [Int]) -> [String] {
    findPlaces(of: chosen)
    var surfaces: [String] = []
    surfaces.reserveCapacity(chosen.count)
    var text = TextBuilder()
    for index in chosen {
      let surface = surface(of: candidates.base + index, &text)
      if !surface.isEmpty && !surfaces.contains(surface) { surfaces.append(surface) }
    }
    return surfaces
  }

  /// Finds where in the body the first words of the chosen phrases stand.
  private mutating func findPlaces(of chosen: [Int]) {
    let isWanted = FastList<Bool>(repeating: false, count: analysis.words.count)
    for index in chosen { isWanted.base[Int(candidates.base[index].stems.0)] = true }
    places.removeAll()
    for index in 0..<analysis.tokens.count where isWanted[Int(analysis.tokens[index].stem)] {
      places.append(Int32(truncatingIfNeeded: index))
    }
  }

  /// The form that the text writes most often, the first one of equals.
  private mutating func surface(of candidate: UnsafePointer<Candidate>, _ builder: inout TextBuilder) -> String {
    forms.removeAll()
    let length = Int(candidate.pointee.length)
    let stems = candidate.pointee.stems
    for index in 0..<places.count where analysis.tokens[Int(places[index])].stem == stems.0 {
      count(formAt: Int(places[index]), of: analysis.tokens, content, length, stems)
    }
    if forms.count == 0 {
      for place in analysis.titleTokens.indices where analysis.titleTokens[place].stem == stems.0 {
        count(formAt: place, of: analysis.titleTokens, title, length, stems)
      }
    }
    guard forms.count > 0 else { return "" }
    var best = forms[0]
    for form in forms.elements where form.count > best.count { best = form }
    builder.append(best.text, from: 0, to: best.text.count)
    return builder.take()
  }

  private mutating func count(
    formAt place: Int, of tokens: Analysis.Tokens, _ bytes: Bytes, _ length: Int, _ stems: (Int32, Int32, Int32)
  ) {
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
    for known in 0..<forms.count where Self.areEqual(forms[known].text, text) {
      forms.base[known].count += 1
      return
    }
    forms.append(Form(text: text, count: 1))
  }

  private static func areEqual(_ a: Bytes, _ b: Bytes) -> Bool {
    guard a.count == b.count else { return false }
    for index in 0..<a.count where a[index] != b[index] { return false }
    return true
  }
}
