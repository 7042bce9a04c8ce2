/// Scores sentences by their position, by frequent words of the article and by words of the title.
///
/// The table gives the ROUGE-1, -2 and -L (F1 x 100) lost without each term, measured with its constants set to have no
/// effect. An asterisk marks a 95 % interval above 0. Posts are the 225 of `govnews-dev` with a reference. News are 400
/// texts of papers and agencies, 300 of them also as one line with "(CNN) --" and captions in it, with the abstracts
/// that PyPI's `blanc` has for its raters (written by models, judged by people). Titles are those of 376 agency reports
/// (Reuters-21578) and of 1,201 posts, withheld and taken for gold (ROUGE-1 alone).
///
///                                                     posts              news               titles
///     register (otherwise the lead counts as news)    +2.0* +2.0* +2.1*   0.0  -0.1   0.0    0.0  +0.2*
///     position, opening bonus included                +1.2  +1.1  +1.2   +1.4* +2.2* +0.7   +0.7* +1.0*
///     title                                           +1.5* +1.7* +1.6*  news has none here
///     centroid                                        +1.5* +1.1* +1.2*  +1.2* +1.1* +1.2*  +0.1  +0.7*
///     length                                          +0.6* +0.4  +0.6   +0.1   0.0  +0.2   +0.3* +0.2*
///     opening bonus alone                             +0.3  +0.5* +0.4*  +0.1   0.0   0.0    0.0  +0.1
///     chatter                                         +0.2  +0.3  +0.2   +0.1  +0.1  +0.1    0.0  -0.1
///     quotations                                      +0.1  +0.1*  0.0   +0.3* +0.3  +0.4*   0.0   0.0
///     coherence, items, calls, addresses              +0.2  +0.2  +0.1   -0.1   0.0   0.0    0.0  -0.1*  no orphans
///     redundancy                                      -0.1   0.0   0.0   +0.1  +0.1  +0.1    0.0   0.0   nothing twice
///     questions, lists, unfinished lines              -0.2  -0.3* -0.2    0.0   0.0   0.0    0.0  -0.1*  no headings
///     fragments in small letters                       0.0   0.0   0.0    0.0   0.0   0.0    0.0   0.0   no halves
///
/// Against lead-3 (three clean sentences) the gain is +5.0 +4.6 +4.7 on posts, +1.4 +1.0 +1.3 on the 300, +1.5 +1.1
/// +1.5 on the 300 in one line, +2.4 +2.4 +2.2 on the 100, all intervals above 0; +0.1 [0.0, +0.3] and +0.7 [0.5, 1.0]
/// on the titles.
///
/// The weights are round numbers near a flat optimum, chosen on half of the news and of the reports (and all posts). A
/// bonus for the lead of reports full of "said" was removed after a look at the other half: it cost 0.4* 0.3 0.5* on
/// news and gained nothing on the reports. These were tried in the same way and did not pay: cue words ("announced",
/// "new", "this guide"), the last paragraph, figures, first sentences of paragraphs, MMR, position by words, the lead
/// as a title where there is none, a higher count of title words in the centroid, and a penalty for "said".
struct SentenceScore {
  var value: Double
  /// The amount that `value` gains when the sentence that this one depends on is chosen: the one before, or the one that
  /// introduces a person.
  var heldBack = 0.0
  /// The sentences that depend on this one, as a linked list of indices that ends with -1.
  var firstDependent: Int32 = -1
  var nextDependent: Int32 = -1

  /// The weight of the lead in news; `postLeadWeight` is that in texts that address their reader.
  static let newsLeadWeight = 1.75
  static let postLeadWeight = 0.6
  /// The bonus of the first sentence on top of that. It orients the reader, and in news it is the summary in one
  /// sentence.
  static let openingBonus = 0.5
  static let titleWeight = 0.75
  static let centroidWeight = 1.0
  /// The number of sentences, beyond two, from which the centroid has its full weight. In shorter texts counts are
  /// chance, and the order of the text says more.
  static let countedSentences = 12.0
  /// Added to the number of words that share the weights, so that two heavy words alone do not make a sentence heavy.
  static let centroidOffset = 6
  /// The penalty for each "I", "my" and "me", two at most.
  static let chatterPenalty = 0.3
  /// The penalty of a sentence with a quotation in it; `openingQuotePenalty` is added if it begins with one.
  static let quotationPenalty = 0.1
  static let openingQuotePenalty = 0.3
  /// The penalty of a sentence that is only a quotation, even next to the sentence that names the speaker.
  static let loneQuotationPenalty = 1.0
  /// The penalty of a sentence that is chosen only if there is nothing else: part of a quotation, or a quotation
  /// without its speaker.
  static let unusable = 20.0
  /// The number of sentences in the lead of news.
  static let leadSentences = 3
  static let questionPenalty = 0.5
  /// The penalty of "Visit …" and "Contact …"; `addressPenalty` is that of an address in the sentence, `itemPenalty` of
  /// a list item, and `listPenalty` of a sentence that runs into a list.
  static let callPenalty = 0.4
  static let addressPenalty = 0.2
  static let itemPenalty = 0.2
  static let listPenalty = 0.5
  /// The penalty of a sentence that begins with a small letter: the page lost its beginning.
  static let fragmentPenalty = 1.5
  /// The penalty of a sentence that depends on the one before, while that one is not chosen.
  static let danglingPenalty = 0.5
  /// The share of its score that a line without a full stop keeps: most are headings and pieces of lists.
  static let unterminatedFactor = 0.45
  /// The range of lengths in words without a penalty. Shorter sentences say too little, longer ones too much at once.
  static let shortest = 6.0
  static let longest = 30.0

  /// The features of one sentence, derived from its tokens.
  private struct SentenceFeatures {
    var centroid = 0.0
    var titleShare = 0.0
    var words = 0
    var chatter = 0
    var hasAddress = false
    var leans = false
    /// The sentence that introduces a person whom this one names by the surname; -1 if there is none.
    var introduction: Int32 = -1
  }

  /// The counts over the tokens of one sentence.
  private struct TokenCounts {
    /// The sum of the weights of the distinct content words.
    var weight = 0.0
    var content = 0
    /// The number of distinct content words that the title also has.
    var hits = 0
    /// The number of other words that name a person; `speaker` counts those that name the writer.
    var person = 0
    var speaker = 0
    /// The flags of all tokens together.
    var flags: WordToken.TokenFlags = []
  }

  @inline(never)
  private static func count(
    _ tokens: ArticleAnalysis.Tokens, number: Int32, _ analysis: ArticleAnalysis,
    _ isInTitle: borrowing UncheckedList<Bool>,
    _ lastSeen: borrowing UncheckedList<Int32>, _ logarithms: ReproducibleMath.LogarithmTable
  ) -> TokenCounts {
    var count = TokenCounts()
    for token in tokens {
      count.flags.formUnion(token.flags)
      guard analysis.isContent[Int(token.word)] else {
        if token.flags.isDisjoint(with: .person) { continue }
        count.person &+= 1
        if token.flags.contains(.speaker) { count.speaker &+= 1 }
        continue
      }
      count.content &+= 1
      let stem = analysis.stem(token)
      if lastSeen[stem] == number { continue }
      lastSeen.base[stem] = number
      let isHit = isInTitle[stem]
      count.weight += logarithms.of(Int(analysis.counts[stem]) &+ (isHit ? 1 : 0))
      if isHit { count.hits &+= 1 }
    }
    return count
  }

  static func all(of analysis: ArticleAnalysis, _ bytes: Bytes) -> [SentenceScore] {
    let isInTitle = UncheckedList<Bool>(repeating: false, count: analysis.counts.count)
    var titleWords = 0
    for token in analysis.titleTokens where analysis.isContent[Int(token.word)] {
      let stem = analysis.stem(token)
      if !isInTitle[stem] { titleWords += 1 }
      isInTitle.base[stem] = true
    }
    let lastSeen = UncheckedList<Int32>(repeating: -1, count: analysis.counts.count)
    var features = [SentenceFeatures](repeating: SentenceFeatures(), count: analysis.sentences.count)
    var greatest = 0.0
    var register = TextRegister()
    let isEnglish = analysis.language.isEnglish
    let coherence = SentenceCoherence(analysis.language, bytes)
    let logarithms = ReproducibleMath.logarithms
    for index in features.indices {
      let sentence = analysis.tokens(of: index)
      let count = count(
        sentence, number: Int32(truncatingIfNeeded: index), analysis, isInTitle, lastSeen, logarithms)
      var feature = SentenceFeatures()
      feature.hasAddress = count.flags.contains(.address)
      if isEnglish { feature.chatter = count.speaker }
      let personal = isEnglish ? count.person : 0
      feature.words = sentence.count
      if analysis.sentences[index].quotation == .none { register.add(words: feature.words, personal: personal) }
      // Two characters of Chinese or Japanese make a word, and every character begins a bigram.
      if let first = sentence.first, first.flags.contains(.bigram) { feature.words = (feature.words + 1) / 2 }
      feature.centroid = count.weight / Double(Self.centroidOffset + count.content)
      feature.titleShare = titleWords > 0 ? Double(count.hits) / Double(titleWords) : 0
      if index > 0 {
        feature.leans =
          coherence.leansOnPrevious(sentence) || coherence.leansOnPrevious(analysis.sentences[index])
      }
      greatest = max(greatest, feature.centroid)
      features[index] = feature
    }
    if isEnglish {
      NameIntroductions.find(in: analysis, stems: lastSeen) { features[$0].introduction = $1 }
    }
    let news = register.newsLikeness
    let centroidWeight = centroidWeight * min(1, Double(features.count - 2) / Self.countedSentences)
    var position = postLeadWeight + (newsLeadWeight - postLeadWeight) * news
    var scores: [SentenceScore] = []
    scores.reserveCapacity(features.count)
    for index in features.indices {
      let (sentence, feature) = (analysis.sentences[index], features[index])
      var score = position + titleWeight * feature.titleShare
      position *= ReproducibleMath.decay
      if index == 0 { score += openingBonus }
      if greatest > 0 { score += centroidWeight * feature.centroid / greatest }
      score -= chatterPenalty * Double(min(2, feature.chatter))
      // In the first sentences of news, length and quotations cost nothing.
      let lead = index < leadSentences ? news : 0
      if sentence.quotation == .whole { score -= quotationPenalty * (1 - lead) }
      if isQuote(scalar(bytes, at: sentence.start)) { score -= openingQuotePenalty * (1 - lead) }
      if isQuestion(sentence, bytes) { score -= questionPenalty }
      if isFragment(sentence, bytes) { score -= fragmentPenalty }
      if feature.hasAddress { score -= addressPenalty }
      if sentence.isListItem { score -= itemPenalty }
      if sentence.quotation == .none, sentence.mayHaveColon, introducesList(sentence, bytes) { score -= listPenalty }
      if isEnglish && BoilerplatePhrases.kinds(of: sentence, bytes).contains(.call) { score -= callPenalty }
      let length = Double(feature.words)
      var factor = min(1, length / shortest)
      if length > longest { factor *= lead + (1 - lead) * longest / length }
      if !sentence.isTerminated && score > 0 { factor *= unterminatedFactor }
      var value = ReproducibleMath.rounded(score * factor)
      var antecedent = index - 1
      var heldBack = feature.leans ? danglingPenalty : 0
      if !feature.leans, sentence.quotation != .alone, feature.introduction >= 0 {
        antecedent = Int(feature.introduction)
        heldBack = danglingPenalty
      }
      switch sentence.quotation {
      case .none, .whole: break
      // If any sentence names the speaker, it is the one before.
      case .alone:
        value -= loneQuotationPenalty
        heldBack += unusable
      case .piece: value -= unusable
      }
      var result = SentenceScore(value: value - heldBack, heldBack: heldBack)
      if heldBack > 0, antecedent >= 0 {
        result.nextDependent = scores[antecedent].firstDependent
        scores[antecedent].firstDependent = Int32(truncatingIfNeeded: index)
      }
      scores.append(result)
    }
    return scores
  }

  /// Lowers the value of a sentence that was free until now, as long as the one that it depends on is not chosen.
  static func holdBack(_ index: Int, until antecedent: Int, _ scores: inout [SentenceScore]) {
    scores[index].value -= danglingPenalty
    scores[index].heldBack = danglingPenalty
    scores[index].nextDependent = scores[antecedent].firstDependent
    scores[antecedent].firstDependent = Int32(truncatingIfNeeded: index)
  }

  // MARK: Letters and marks of a sentence

  /// Whether a sentence begins with a small letter, other than that of "iPhone": "parent but the court has to decide".
  static func isFragment(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    bytes[sentence.start] &- 0x61 < 26 && sentence.start + 1 < sentence.end
      && asciiKind(bytes[sentence.start + 1]) != .upper
  }

  static func isQuote(_ first: ScannedScalar) -> Bool {
    switch first.value {
    case 0x22, 0x27, 0x2018, 0x201C, 0x201E, 0xAB, 0x300C: true
    default: false
    }
  }

  /// Whether a colon before a capital introduces a list that was run together: "… to: Update copy Improve pages".
  static func introducesList(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    var index = sentence.start
    guard ByteVector.mayFind(in: bytes, from: index, to: sentence.end, { $0.lanes(of: 0x3A) }) else { return false }
    while index + 2 < sentence.end {
      if bytes[index] == 0x3A, bytes[index + 1] == 0x20, asciiKind(bytes[index + 2]) == .upper { return true }
      index += 1
    }
    return false
  }

  static func isQuestion(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    var end = sentence.end
    while end > sentence.start {
      let last = scalar(bytes, before: end)
      guard last.kind == .closer else { return last.value == 0x3F || last.value == 0xFF1F || last.value == 0x61F }
      end -= last.length
    }
    return false
  }
}
