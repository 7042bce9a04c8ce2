/// Openings of lines that point elsewhere or state who and when: "Read more", "Photo:", "Updated on".
enum BoilerplatePhrases {
  /// Openings that are never prose: in English, then in the other languages with stop words here, and in Arabic, Hindi,
  /// Chinese and Japanese. ASCII letters are in lower case, others are matched as written. An opening that ends in an
  /// ASCII letter must end a word of the text.
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
    have questions|questions?|have a question|want to learn more|want to know more|this blog post is|this is a guest post|cross-posted|have an idea|check out|check back|
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
    video scroll down|you can sign up|you can subscribe|for confidential support|read or share this|
    lesen sie auch|lesen sie hier|lesen sie mehr|mehr zum thema|mehr dazu|weiterlesen|foto:|fotos:|bild:|
    quelle:|stand:|veröffentlicht:|aktualisiert:|autor:|autorin:|von redaktion|jetzt abonnieren|
    lire aussi|à lire aussi|À lire aussi|lire la suite|voir aussi|à voir aussi|en savoir plus|crédit photo|crédits|crédit :|
    photo :|source :|publié le|mis à jour|abonnez-vous|inscrivez-vous|
    leer más|lea también|lee también|te puede interesar|le puede interesar|ver también|más información|foto :|fuente:|
    publicado el|actualizado|suscríbete|suscríbase|síguenos|compartir en|
    leia também|leia mais|veja também|saiba mais|fonte:|crédito:|atualizado em|assine|siga-nos|inscreva-se|
    leggi anche|leggi tutto|leggi di più|guarda anche|approfondimento|pubblicato il|aggiornato il|iscriviti|seguici|
    lees ook|lees meer|lees verder|zie ook|bron:|beeld:|gepubliceerd|bijgewerkt|schrijf je in|
    läs mer|läs också|läs även|se även|källa:|publicerad|uppdaterad|prenumerera|
    czytaj też|czytaj także|czytaj więcej|zobacz też|zobacz także|źródło:|fot.|zdjęcie:|autor :|
    читайте также|Читайте также|читать далее|Читать далее|подробнее|Подробнее|смотрите также|Смотрите также|фото:|Фото:|
    источник:|Источник:|автор:|Автор:|текст:|Текст:|подписывайтесь|Подписывайтесь|
    اقرأ أيضا|اقرأ المزيد|إقرأ أيضا|شاهد أيضا|المصدر:|تابعونا|
    यह भी पढ़ें|और पढ़ें|ये भी पढ़ें|इसे भी पढ़ें|स्रोत:|फोटो:|
    相关阅读|延伸阅读|相关新闻|阅读全文|点击查看|原标题|责任编辑|责编|编辑：|编辑:|记者：|来源：|来源:|作者：|作者:|图：|图片来源|文／|文/|
    相關閱讀|延伸閱讀|相關新聞|責任編輯|編輯：|記者：|來源：|更多新聞|
    続きを読む|関連記事|あわせて読みたい|写真：|写真＝|撮影：|出典：|文：|
    """)
  /// Openings that are prose in a sentence, but boilerplate in a short line without a full stop.
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
  /// Openings of sentences that ask something of the reader.
  private static let calls = LineOpenings(
    """
    visit|contact|email|e-mail|subscribe|register|join|follow|check|watch|listen|download|thanks|thank you|please|see|read|
    stay|be sure to|feel free|don't miss|let us know
    """
  )
  /// The length in bytes up to which a request to the reader says nothing else.
  static let shortLine = 64

  /// Credits in brackets; without the brackets they are prose: "(Reporting by Jane Doe; editing by John Roe)".
  private static let bracketed = LineOpenings(
    "(reporting by|(additional reporting|(writing by|(editing by|(edited by|(compiled by|(with inputs|(with agency|(pictured"
  )

  static func opens(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    if bytes[sentence.start] == 0x28, bracketed.open(Bytes(rebasing: bytes[sentence.start..<sentence.end])) {
      return true
    }
    let line = Bytes(rebasing: bytes[afterMarks(sentence, bytes)..<sentence.end])
    if openings.open(line) { return true }
    if isNoteOnSeries(line) { return true }
    if line.count <= shortLine, calls.open(line) { return true }
    if !sentence.isTerminated, line.count <= 2 * shortLine, headings.open(line) { return true }
    return isByline(line, isTerminated: sentence.isTerminated)
  }

  /// Openings of lines that may have lost their end and run into the next sentence.
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

  /// Returns the index of the first word after brackets, stars, bars and similar marks: "[Photo: …", "*This post was
  /// originally …".
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

  private static let noteOpenings = LineOpenings(
    """
    this is|this story is|this article is|this post is|this report is|this piece is|this column is|this interview is|part|
    it is part|the first part|the second part|the third part|the last part|read part|in part
    """)
  private static let series = PackedWordSet("series")

  /// Whether a line is a note on a series: "This is part five of a series on harbours", "Part 3 of 7", "This story is
  /// the latest in a series".
  private static func isNoteOnSeries(_ line: Bytes) -> Bool {
    guard line.count <= 200, noteOpenings.open(line) else { return false }
    var words = 0
    var wasOf = false
    var index = 0
    while index < line.count, words < 18 {
      while index < line.count, line[index] <= 0x20 { index += 1 }
      let start = index
      while index < line.count, line[index] > 0x20, line[index] != 0x2C, line[index] != 0x2E, line[index] != 0x3A {
        index += 1
      }
      let word = PackedWord(Bytes(rebasing: line[start..<index]))
      if series.contains(word) { return true }
      // "Part 3 of 7", "Part one of ten"
      if wasOf, words == 3, line[0] | 0x20 == 0x70 {
        return start < line.count && (line[start] &- 0x30 < 10 || numbers.contains(word))
      }
      wasOf = word == of
      words += 1
      if index < line.count, line[index] > 0x20 { index += 1 }
    }
    return false
  }

  private static let of = PackedWord("of")
  private static let numbers = PackedWordSet("two three four five six seven eight nine ten eleven twelve")

  /// Whether a line is a byline: a word for "by", names and no full stop, as in "By Jane Doe and John Roe", "Von Jana
  /// Doe, Berlin". With a bar it may have one, of initials: "By Jane Doe | Photographs by the U.S.N.A.".
  private static func isByline(_ line: Bytes, isTerminated: Bool) -> Bool {
    guard line.count > 5, line.count < 90, let space = line.prefix(6).firstIndex(of: 0x20) else { return false }
    guard bylineWords.contains(PackedWord(Bytes(rebasing: line[..<space]))) else { return false }
    return scalar(line, at: space + 1).kind == .upper && (!isTerminated || line.contains(0x7C)) && isMostlyNames(line)
  }

  private static let bylineWords = PackedWordSet("by von par por di da door av od przez")

  /// Whether at least two in three words are capitalised. A line with the English "By" needs no such proof.
  private static func isMostlyNames(_ line: Bytes) -> Bool {
    var (words, capitals, isStart) = (0, 0, true)
    var index = 0
    while index < line.count {
      let next = scalar(line, at: index)
      if isStart, next.kind == .upper || next.kind == .letter {
        words += 1
        if next.kind == .upper { capitals += 1 }
      }
      isStart = next.kind == .space
      index += next.length
    }
    return line[0] | 0x20 == 0x62 || capitals * 3 >= words * 2
  }

  /// Whether a sentence is a caption that ends in a credit: "… on Friday (AP Photo/Jane Doe)", "… Photograph: Jane
  /// Doe/Getty Images".
  static func endsInCredit(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    var index = max(sentence.start, sentence.end - 56)
    // Every credit contains one of these bytes.
    guard
      ByteVector.mayFind(
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

  /// Whether a sentence is a caption, a notice of the site or a footer of its feed, wherever its words are in the
  /// sentence.
  static func isOfPage(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    pointsAtPicture(sentence, bytes) || speaksOfSite(sentence, bytes) || isFeedFooter(sentence, bytes)
  }

  /// Whether a sentence is a caption that points at its picture: "A tanker (left) in the harbour", "In this photo, …",
  /// "Jane Doe, right, with sailors".
  static func pointsAtPicture(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    let line = Bytes(rebasing: bytes[sentence.start..<sentence.end])
    if pictures.open(line) { return true }
    if inPicture.open(line), words(of: line.prefix(64)).prefix(6).contains(where: { pictureWords.contains($0) }) {
      return true
    }
    if ofPicture.open(line), words(of: line.prefix(96)).prefix(7).contains(where: { pictureVerbs.contains($0) }) {
      return true
    }
    guard
      ByteVector.mayFind(
        in: bytes, from: sentence.start, to: sentence.end, { $0.lanes(of: 0x28) .| $0.lanes(of: 0x2C) })
    else { return false }
    var letters: Set<UInt8> = []
    for index in 0..<line.count where line[index] == 0x28 || line[index] == 0x2C {
      let isBracket = line[index] == 0x28
      let start = isBracket ? index + 1 : index + 2
      guard start < line.count, isBracket || line[index + 1] == 0x20 else { continue }
      switch line[start] | 0x20 {
      case 0x61, 0x62, 0x63, 0x66, 0x6C, 0x70, 0x72, 0x73: break  // a b c f l p r s
      default: continue
      }
      var end = start
      while end < line.count, line[end] != 0x29, line[end] != 0x2C, line[end] != 0x2E, end - start < 24 { end += 1 }
      guard end < line.count, end > start, isBracket == (line[end] == 0x29) else { continue }
      let words = Bytes(rebasing: line[start..<end])
      let first = words.prefix { $0 != 0x20 }
      if sides.contains(PackedWord(Bytes(rebasing: first))), isSide(words) { return true }
      // "(L)" and "(R)" together are sides; one alone is a party.
      if isBracket, words.count == 1 { letters.insert(words[0] | 0x20) }
    }
    return letters.intersection([0x6C, 0x63, 0x72]).count >= 2
  }

  /// Whether the words name a side: "pictured left", "centre right". Fillers may follow the first word.
  private static func isSide(_ words: Bytes) -> Bool {
    words.split(separator: 0x20).enumerated().allSatisfy { index, word in
      let word = PackedWord(Bytes(rebasing: word))
      return sides.contains(word) || index > 0 && fillers.contains(word)
    }
  }

  private static let inPicture = LineOpenings("in this|in an undated|in a file|in a handout")
  private static let ofPicture = LineOpenings("this photo|this image|this photograph|this picture|this combination of")
  private static let pictures = LineOpenings(
    """
    this undated|this file photo|this file image|this handout|this screengrab|an undated photo|undated photo|
    a file photo|a file picture|a handout photo|a handout picture|file picture
    """)
  private static let pictureWords = PackedWordSet(
    "photo photograph picture image handout screengrab screenshot photos pictures images")
  private static let pictureVerbs = PackedWordSet("provided released taken shows show made posted obtained")
  private static let sides = PackedWordSet("left right centre center above below pictured")
  private static let fillers = PackedWordSet(
    "from the in on and far row here with foreground background top bottom of second third")

  /// Whether a site speaks of itself and not of the news: "We use cookies on our site", "Wir nutzen Cookies auf dieser
  /// Website", "You have 3 free articles left".
  static func speaksOfSite(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    let line = Bytes(rebasing: bytes[sentence.start..<sentence.end])
    if mayHaveCookie(sentence, bytes) {
      var hasCookie = false
      var hasSite = false
      var isAddressed = false
      for word in Self.words(of: line) {
        hasCookie = hasCookie || cookies.contains(word)
        hasSite = hasSite || sites.contains(word)
        isAddressed = isAddressed || addressees.contains(word)
      }
      if hasCookie && hasSite && isAddressed { return true }
    }
    return quotas.open(line) && line.count <= 120 && line.contains { $0 &- 0x30 < 10 }
      && words(of: line).count { quotaWords.contains($0) } >= 2
  }

  private static func words(of line: Bytes.SubSequence) -> [PackedWord] { words(of: Bytes(rebasing: line)) }

  private static func words(of line: Bytes) -> [PackedWord] {
    line.split { $0 <= 0x40 && $0 != 0x2D }.map { PackedWord(Bytes(rebasing: $0)) }
  }

  /// Whether the sentence may contain "ook", the middle of "cookie" in all languages.
  private static func mayHaveCookie(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    guard let base = bytes.baseAddress, sentence.end - sentence.start >= 32 else { return false }
    var found = ByteVector.Lanes(repeating: false)
    var index = sentence.start
    while index < sentence.end {
      let position = min(index, max(0, bytes.count - ByteVector.width - 2))
      guard position + ByteVector.width + 2 <= bytes.count else { return true }
      let (o, k) = (ByteVector(base + position + 1), ByteVector(base + position + 2))
      found = found .| (o.lanes(of: 0x6F) .& k.lanes(of: 0x6B) .& ByteVector(base + position).lanes(of: 0x6F))
      index &+= ByteVector.width
    }
    return ByteVector.isAny(found)
  }

  private static let cookies = PackedWordSet("cookie cookies")
  private static let sites = PackedWordSet(
    """
    site website browser consent privacy experience web sitio navegador navegación sito navigateur navigation seite webseite
    einwilligung zustimmung sajt webbplats strona stronie serwis ervaring toestemming policy preferences accept settings advertising
    privacidad confidentialité datenschutz personalise personalize analyse
    """)
  /// Words for the sender of such a notice and for its reader.
  private static let addressees = PackedWordSet(
    """
    we our us you your this wir unsere unserer unseren sie ihre ihnen diese dieser nous notre nos vous votre vos ce cette nosotros
    usted tu tus su sus este esta nós nosso nossa você seu sua noi nostro nostra tuo tua questo wij onze uw deze vi vår våra du din
    denna my nasza nasz twoja tej tego
    """)
  private static let quotas = LineOpenings(
    "you have|you've|you’ve|this is your|sie haben|il vous reste|te quedan|você tem")
  private static let quotaWords = PackedWordSet(
    "free article articles story stories remaining left kostenlose artikel articles artículos gratis restants artigos")

  /// Whether a sentence is the footer that a feed adds to every item: "The post … appeared first on …".
  static func isFeedFooter(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    guard sentence.end - sentence.start <= 320, footers.open(Bytes(rebasing: bytes[sentence.start..<sentence.end]))
    else {
      return false
    }
    var wasAppeared = false
    for word in words(of: Bytes(rebasing: bytes[sentence.start..<sentence.end])) {
      if wasAppeared, footerEnds.contains(word) { return true }
      wasAppeared = footerVerbs.contains(word)
    }
    return false
  }

  private static let footers = LineOpenings(
    """
    the post|this post|this story|this article|this column|a version of this|der beitrag|der artikel|l'article|cet article|
    la entrada|el artículo|este artículo|o post|este artigo|l'articolo|questo articolo|het bericht|inlägget|artykuł|wpis
    """)
  private static let footerVerbs = PackedWordSet(
    "appeared first originally erschien apparu primero apareceu proviene verscheen dök pochodzi")
  private static let footerEnds = PackedWordSet("first appeared published zuerst en primeiro da eerst först z")

  /// Whether a sentence ends with a list of contributors: "… and Jane Doe in Geneva contributed to this report."
  static func namesContributors(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    let end = bytes[sentence.end - 1] == 0x2E ? sentence.end - 1 : sentence.end
    // All phrases end in "…rt", "…ry", "…le" or "…ng".
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
