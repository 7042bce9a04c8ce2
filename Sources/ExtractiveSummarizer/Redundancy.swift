/// How much two sentences say the same.
extension Ranking {
  /// The cosine of the counts of content words.
  static func similarity(_ a: Int, _ b: Int, _ analysis: Analysis, _ scratch: inout FastList<Int32>) -> Double {
    var (dot, squareA, squareB) = (0, 0, 0)
    for token in analysis.tokens(of: a).prefix(512) where analysis.isContent[Int(token.word)] {
      let stem = analysis.stem(token)
      squareA += 2 * Int(scratch[stem]) + 1
      scratch[stem] += 1
    }
    // The counts of b are kept in the upper half of each cell, which the prefix keeps from running over.
    for token in analysis.tokens(of: b).prefix(512) where analysis.isContent[Int(token.word)] {
      let stem = analysis.stem(token)
      let own = scratch[stem] >> 16
      dot += Int(scratch[stem] & 0xFFFF)
      squareB += 2 * Int(own) + 1
      scratch[stem] += 1 << 16
    }
    for token in analysis.tokens(of: a) { scratch[analysis.stem(token)] = 0 }
    for token in analysis.tokens(of: b) { scratch[analysis.stem(token)] = 0 }
    guard squareA > 0, squareB > 0 else { return 0 }
    return Double(dot) / (Double(squareA) * Double(squareB)).squareRoot()
  }
}
