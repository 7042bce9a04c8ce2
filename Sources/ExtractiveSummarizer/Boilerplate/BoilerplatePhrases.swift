/// Openings of lines that lead elsewhere or say who and when: "Read more", "Photo:", "Updated on".
enum BoilerplatePhrases {
  /// Never prose. In lower case. One that ends in a letter must end a word in the text as well.
  private static let openings = LineOpenings(
    """
    read more|read also|read the full|read next|see also|share this|share on|follow us|follow @|click here|click to|
    click on|sign up|photo:|photos:|photo credit|photograph:|photograph by|picture:|pictured:|image:|image via|
    image credit|image caption|image source|image copyright|image courtesy|media caption|media playback|photo courtesy|
    photos courtesy|file photo|file -|file –|video:|caption:|credit:|source:|sources:|published:|updated:|
    last updated|last modified|posted:|written by:|additional reporting|editing by|
    by:|byline:|advertisement:|related:|related articles|related stories|more:|more on this|more from|
    more stories|copyright ©|copyright (c)|©|all rights reserved|this material may not|for more information|
    for more stories|for more on|to learn more|to find out more|learn more|contact us|download the|view comments|
    comments are closed|watch:|watch the video|watch now|listen:|listen now|listen to the podcast|scroll down|
    screenshot:|a screenshot of|screenshot of|getty images|note:|editor's note|editors' note|editors note|
    this article originally|this article was originally|this article first|this story was originally|
    this story originally|this post originally|this post was originally|
    correction:|clarification:|disclaimer:|register now|register for|if you have questions|if you have any questions|
    have questions|questions?|have a question|want to learn more|want to know more|this blog post is|
    this post is part|this is part one|this is part two|this is part three|this is part four|
    this is part 1|this is part 2|this is part 3|this is part 4|this is the first in a|
    this is the second in a|this is the third in a|this is the latest in a|
    this article is part|this is a guest post|cross-posted|have an idea|check out|check back|
    stay tuned|join us|visit our|email us|e-mail us|thanks for reading|thank you for reading|
    get the latest|get our|enter your email|by signing up|story continues|article continues|continue reading|
    we use cookies|this site uses cookies|this website uses cookies|accept cookies|
    loading…|loading...|most read|trending:|tags:|topics:|filed under|share:|print this|tweet this|our standards:|
    these are external links|external links|back to top|skip to|http://|https://|www.|pic.twitter|
    the opinions expressed|opinions expressed in|the views expressed|views expressed in|opinions expressed by|
    story highlights|just watched|must watch|ireport.com|ireport:|don't miss:|share your thoughts|share your story|
    share this with|send your|send us your|have your say|are you affected|have you been affected|do you have a story|
    do you have information|got a story|got a tip|if you have a story|like us on|find us on|tap here|subscribe now|
    subscribe to|already a subscriber|already have an account|log in to|sign in to|create an account|
    create a free account|by continuing to|by clicking|by using this|by subscribing|this site is protected|
    your browser does not|please enable|enable javascript|sorry, this video|sorry, your browser|
    we may earn|this post may contain affiliate|the bbc is not responsible|thank you for signing up|
    you can unsubscribe|you may also like|you might also like|recommended for you|sponsored:|most popular|
    picture credit|picture:|also read|also see|also on|with inputs from|for immediate release|media contact|
    press contact|first published|originally published|copyright 1|copyright 2|privacy policy|terms of use|
    terms and conditions|follow @|follow bbc|follow cnn|follow reuters|show caption|hide caption|enlarge this image|
    toggle caption|transcript:|load comments|post a comment|leave a comment|add a comment|join the conversation|
    report a typo|report an error|previously in this series|earlier in this series|you can also check out|
    video scroll down|you can sign up|you can subscribe|for confidential support|read or share this
    """)
  /// Prose if a sentence begins so, boilerplate if the line has no full stop.
  private static let headings = LineOpenings(
    """
    subscribe|advertisement|tweet|screenshot|image|video|photo|photos|comments|copyright|written by|sponsored|supported by|
    recommended|related|posted on|posted by|published on|updated on|reporting by|photo by|photograph by|compiled by|
    originally posted|originally published|view the|view all|more about|updated|published|last updated|first posted|
    editing by|writing by|additional reporting|story by|text by|words by|interview by|edited by|filed to|
    continue reading|show more|load more|next article|previous article|this story has been|this article has been|
    this story was|this article was|share|share on|sign in|log in|
    pictured|above:|below:|left:|right:|top:|bottom:|caption|credit|stock image|stock photo|file image|file picture
    """)
  /// What a sentence that asks something of the reader begins with.
  private static let calls = LineOpenings(
    """
    visit|contact|email|e-mail|subscribe|register|join|follow|check|watch|listen|download|thanks|thank you|please|see|read|
    stay|be sure to|feel free|don't miss|let us know
    """
  )
  /// So many bytes are too few to ask for something and to say something as well.
  static let shortLine = 64

  /// Credits in brackets, prose without them: "(Reporting by Jane Doe; editing by John Roe)".
  private static let bracketed = LineOpenings(
    "(reporting by|(additional reporting|(writing by|(editing by|(edited by|(compiled by|(with inputs|(with agency|(pictured"
  )

  static func opens(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    if bytes[sentence.start] == 0x28, bracketed.open(Bytes(rebasing: bytes[sentence.start..<sentence.end])) {
      return true
    }
    let line = Bytes(rebasing: bytes[afterMarks(sentence, bytes)..<sentence.end])
    if openings.open(line) { return true }
    if line.count <= shortLine, calls.open(line) { return true }
    if !sentence.isTerminated, line.count <= 2 * shortLine, headings.open(line) { return true }
    return isByline(line, isTerminated: sentence.isTerminated)
  }

  /// Lines whose end may have got lost, with the sentence behind them.
  private static let runOn = LineOpenings(
    """
    image copyright|image caption|image source|media caption|media playback|story highlights|for confidential support|
    share this with|these are external links
    """)
  private static let highlights = LineOpenings("story highlights")
  private static let notes = LineOpenings("editor's note|editors' note|editors note")

  static func opensRunOnLine(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    runOn.open(Bytes(rebasing: bytes[sentence.start..<sentence.end]))
  }

  static func opensHighlights(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    highlights.open(Bytes(rebasing: bytes[sentence.start..<sentence.end]))
  }

  static func opensNote(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    notes.open(Bytes(rebasing: bytes[sentence.start..<sentence.end]))
  }

  static func callsOnReader(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    calls.open(Bytes(rebasing: bytes[sentence.start..<sentence.end]))
  }

  /// Brackets, quotes, stars and bars before the first word: "[Photo: …", "*This post was originally …".
  private static func afterMarks(_ sentence: Sentence, _ bytes: Bytes) -> Int {
    var index = sentence.start
    while index < sentence.end {
      switch bytes[index] {
      case 0x5B, 0x28, 0x2A, 0x7C, 0x3E, 0x2D, 0x20, 0x5F: index += 1
      default: return index
      }
    }
    return sentence.start
  }

  /// "By Jane Doe and John Roe", "By JANE DOE, City Desk": a name after the word, and no stop, or one of initials behind a bar
  /// ("By Jane Doe | Photographs by the U.S.N.A.").
  private static func isByline(_ line: Bytes, isTerminated: Bool) -> Bool {
    guard line.count > 5, line.count < 90 else { return false }
    guard line[0] | 0x20 == 0x62, line[1] | 0x20 == 0x79, line[2] == 0x20 else { return false }
    return scalar(line, at: 3).kind == .upper && (!isTerminated || line.contains(0x7C))
  }

  /// "… on Friday (AP Photo/Jane Doe)", "… Photograph: Jane Doe/Getty Images": a caption, by its credit.
  static func endsInCredit(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    var index = max(sentence.start, sentence.end - 56)
    // Each credit has one of these.
    guard
      ByteBlock.mayFind(
        in: bytes, from: index, to: sentence.end, { $0.lanes(of: 0x28) .| $0.lanes(of: 0x2F) .| $0.lanes(of: 0x3A) })
    else { return false }
    while index < sentence.end {
      switch bytes[index] {
      case 0x28, 0x2F, 0x50, 0x49, 0x43:  // ( / P I C
        if credits.open(Bytes(rebasing: bytes[index..<sentence.end])) { return true }
      default: break
      }
      index += 1
    }
    return false
  }

  /// "… and Jane Doe in Geneva contributed to this report."
  static func namesContributors(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    let end = bytes[sentence.end - 1] == 0x2E ? sentence.end - 1 : sentence.end
    // All of them end in "…rt", "…ry", "…le" or "…ng".
    switch bytes[end - 1] {
    case 0x74, 0x79, 0x65, 0x67: break
    default: return false
    }
    return contributions.contains { phrase in
      let start = end - phrase.utf8CodeUnitCount
      return start > sentence.start
        && bytes[start..<end].elementsEqual(
          UnsafeBufferPointer(start: phrase.utf8Start, count: phrase.utf8CodeUnitCount))
    }
  }

  private static let contributions: [StaticString] = [
    "contributed to this report", "contributed to this story", "contributed to this article", "contributed reporting",
  ]

  static func isCredit(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    credits.open(Bytes(rebasing: bytes[sentence.start..<sentence.end]))
  }

  private static let credits = LineOpenings(
    """
    (ap photo|(photo|(image:|(image courtesy|(picture:|(file photo|(credit|/getty|/ap)|/ap photo|/afp|photograph:|photo:|
    picture:|image:|credit:
    """
  )
}
