/// The words by which a sentence of one language shows that it depends on the one before.
struct CoherenceWords: Sendable {
  /// Pronouns and demonstratives, which refer to something named elsewhere.
  let anaphors: PackedWordSet
  /// Words that connect a sentence to the one before.
  let connectives: PackedWordSet
  /// The anaphors that refer to nothing else in front of a word of `present`.
  let pointers: PackedWordSet
  /// Words after a pointer that point at the time or at the text itself, which the reader knows: "This week", "this
  /// guide". The French pointer "il" also needs no antecedent in front of "faut".
  let present: PackedWordSet
  /// Words that may precede an anaphor at the beginning: "In this", "While they", "As part of that".
  let openers: PackedWordSet
  /// Ends of connecting phrases behind an opener: "In addition", "For example", "As a result".
  let phraseEnds: PackedWordSet
  /// Words that connect the sentence to the one before where they stand apart inside of it: "It will, however, close."
  let asides: PackedWordSet
  /// Words that make a conjunction or preposition of the word before them: "alors que", "depois da", "так как".
  let governing: PackedWordSet
  /// The anaphors that are something else behind an opener: Dutch "die" begins a clause there.
  let initial: PackedWordSet

  private init(
    anaphors: StaticString, connectives: StaticString, pointers: StaticString, present: StaticString,
    openers: StaticString, phraseEnds: StaticString, asides: StaticString = "", governing: StaticString = "",
    initial: StaticString = ""
  ) {
    self.anaphors = PackedWordSet(anaphors)
    self.connectives = PackedWordSet(connectives)
    self.pointers = PackedWordSet(pointers)
    self.present = PackedWordSet(present)
    self.openers = PackedWordSet(openers)
    self.phraseEnds = PackedWordSet(phraseEnds)
    self.asides = PackedWordSet(asides)
    self.governing = PackedWordSet(governing)
    self.initial = PackedWordSet(initial)
  }

  /// Returns the words of a language; nil if it has none here.
  static func of(_ language: DetectedLanguage) -> CoherenceWords? {
    switch language.language {
    case .english: english
    case .german: german
    case .french: french
    case .spanish: spanish
    case .italian: italian
    case .portuguese: portuguese
    case .dutch: dutch
    case .swedish: swedish
    case .polish: polish
    case .russian: russian
    case nil:
      switch language.tag {
      case "hi": hindi
      case "ko": korean
      default: nil
      }
    }
  }

  static let english = CoherenceWords(
    anaphors: """
      he she it they his her hers him its their them this that these those such both neither it's that's he's she's
      they're
      """,
    connectives: """
      but and or so yet however also then thus hence therefore moreover furthermore additionally meanwhile instead
      besides nevertheless nonetheless otherwise consequently similarly likewise conversely finally second secondly
      third thirdly next indeed too nor still afterwards accordingly subsequently again another others
      """,
    pointers: "this these",
    present: """
      week month year morning afternoon evening summer autumn fall winter spring season time guide post article
      report blog series paper study
      """,
    openers: """
      in for as at on after because of with while although though if when since once before by from to during under
      through despite until unless all
      """,
    phraseEnds: """
      addition example instance fact contrast turn course result consequence particular short meantime hand glance
      sight
      """,
    asides: "however though too either anyway nevertheless nonetheless")

  private static let german = CoherenceWords(
    anaphors: """
      er sie ihm ihn ihnen ihr ihre ihrem ihren ihrer sein seine seinem seinen seiner dies dieser diese dieses
      diesem diesen jener jene jenes jenem jenen dessen deren beide solche solcher letzterer letztere
      """,
    connectives: """
      aber und oder doch denn jedoch allerdings auch außerdem zudem ferner dabei dadurch dafür dagegen daher danach
      daran darauf darin darüber davon davor dazu deshalb deswegen demnach dennoch trotzdem stattdessen hingegen
      ebenso so dann dort hierzu hierfür somit schließlich sonst zuvor anschließend weiter weiters zugleich
      gleichzeitig
      """,
    pointers: "diese dieser dieses diesem diesen dies",
    present: """
      woche wochen monat monats jahr jahres jahre tage tagen sommer winter herbst frühjahr frühling saison montag
      dienstag mittwoch donnerstag freitag samstag sonntag artikel beitrag
      """,
    openers: """
      in im zum bei nach mit für auf zu von an aus durch während seit trotz wegen über unter vor als wenn weil
      nachdem bevor
      """,
    phraseEnds: "übrigen beispiel", governing: "wenn wie als dass")

  private static let french = CoherenceWords(
    anaphors: """
      il elle ils elles lui leur leurs son sa ses celui celle ceux celles celui-ci celle-ci ceux-ci celles-ci cela
      ça ce cet cette ces c ceci
      """,
    connectives: """
      mais et ou donc or ni car alors ainsi aussi cependant toutefois pourtant néanmoins enfin puis ensuite
      également sinon parallèlement inversement autrement
      """,
    pointers: "il ce cet cette ces",
    present: """
      y faut s suffit semaine semaines mois année matin soir nuit été hiver printemps automne jour jours lundi mardi
      mercredi jeudi vendredi samedi dimanche week-end article saison moment
      """,
    openers: "dans en pour avec sur par de d à après avant depuis pendant selon malgré sans quand lorsque comme si au",
    phraseEnds: "effet outre revanche conséquence ailleurs exemple contre contraire", governing: "que de du des qu")

  private static let spanish = CoherenceWords(
    anaphors: """
      él ella ellos ellas este esta estos estas esto ese esa esos esas eso aquel aquella aquellos aquellas ambos
      ambas su sus éste ésta éstos éstas
      """,
    connectives: """
      pero y e o así además también entonces luego finalmente igualmente asimismo después incluso tampoco pues
      """,
    pointers: "este esta estos estas",
    present: """
      semana semanas mes meses año mañana tarde noche verano invierno primavera otoño temporada lunes martes
      miércoles jueves viernes sábado domingo artículo
      """,
    openers: "en con de por para tras desde durante ante sin a según sobre cuando al no",
    phraseEnds: "embargo obstante ello eso ejemplo contrario cambio consecuencia hecho", governing: "de del que")

  private static let italian = CoherenceWords(
    anaphors: """
      lui lei loro esso essa essi esse questo questa questi queste quello quella quelli quelle quel ciò suo sua suoi
      sue egli ella entrambi entrambe
      """,
    connectives: """
      ma e ed o però anche inoltre tuttavia infatti quindi dunque invece così poi allora infine pertanto eppure
      """,
    pointers: "questo questa questi queste",
    present: """
      settimana mese anno mattina sera notte estate inverno primavera autunno stagione lunedì martedì mercoledì
      giovedì venerdì sabato domenica articolo
      """,
    openers: "in con di da per su dopo durante a secondo nonostante senza quando se prima al",
    phraseEnds: "esempio contrario conseguenza realtà particolare ciò", governing: "di del della che se")

  private static let portuguese = CoherenceWords(
    anaphors: """
      ele ela eles elas este esta estes estas esse essa esses essas isso isto aquilo seu sua seus suas nele nela
      neles nelas dele dela deles delas nisso disso nesse nessa neste nesta desse dessa deste desta ambos ambas
      """,
    connectives: """
      mas e ou porém também além ainda entretanto contudo todavia assim então portanto depois já finalmente logo
      """,
    pointers: "este esta estes estas neste nesta deste desta nesse nessa",
    present: """
      semana mês meses ano manhã tarde noite verão inverno primavera outono temporada segunda terça quarta quinta
      sexta segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo artigo
      """,
    openers: "em com de por para após desde durante ante sem segundo sobre quando se ao no pelo",
    phraseEnds: "isso disso entanto exemplo contrapartida contrário consequência",
    governing: "de do da dos das que após")

  private static let dutch = CoherenceWords(
    anaphors: "hij zij ze hem haar hun hen deze dit die dat zijn beide",
    connectives: """
      maar en of ook echter daarom daarnaast bovendien toch dus verder dan daarbij daardoor daarmee daarna daarop
      hierdoor vervolgens tevens want
      """,
    pointers: "deze dit",
    present: """
      week weken maand maanden jaar zomer winter herfst lente ochtend avond seizoen maandag dinsdag woensdag
      donderdag vrijdag zaterdag zondag artikel
      """,
    openers: "in bij na met voor op van aan uit door tijdens sinds ondanks volgens over onder als toen terwijl om",
    phraseEnds: "gevolg", governing: "van", initial: "die dat zijn")

  private static let swedish = CoherenceWords(
    anaphors: "han hon dessa denna detta dess hennes deras honom henne båda",
    connectives: "men och också dock därför dessutom därefter ändå så även vidare däremot",
    pointers: "denna detta dessa",
    present: "vecka veckan månad år sommar vinter höst vår säsong artikel",
    openers: "i på med för efter av från till under vid om när trots enligt",
    phraseEnds: "exempel", governing: "om")

  private static let polish = CoherenceWords(
    anaphors: "on ona ono oni one jego jej ich im ten ta to te ci tego tej tych tym tę obaj oboje",
    connectives: "ale i a oraz jednak także również dlatego ponadto natomiast więc potem wtedy też lecz zatem jednakże",
    pointers: "ten ta to te tego tej tym tę",
    present:
      "tydzień tygodnia tygodniu miesiąc miesiąca miesiącu rok roku lata lato zimy zimę sezon sezonu artykuł pory",
    openers: "w we po na z ze za do od dla przez przed podczas mimo według gdy kiedy jeśli",
    phraseEnds: "efekcie konsekwencji przykład", governing: "jak że co")

  private static let russian = CoherenceWords(
    anaphors: """
      он она оно они его её ее их ему ей им ним ней них этот эта это эти этого этой этом этим этих тот та те того
      той тем оба обе
      """,
    connectives: """
      но а и или однако также поэтому затем тогда потом так тоже впрочем зато причем причём кстати далее ведь
      """,
    pointers: "этот эта это эти этого этой этом этим этих",
    present: """
      неделя неделе неделю недели месяц месяце месяца год году года лето зиму осень весну утро вечер раз статья
      статье
      """,
    openers: "кроме в во по на с со за к до от для о об при после во из перед под когда если хотя у",
    phraseEnds: "того этого итоге", governing: "как что чтобы")

  private static let hindi = CoherenceWords(
    anaphors: """
      वह वे यह ये इस इसके इसकी इसका इसे इससे इसमें इन इनके इनकी इनका उस उसके उसकी उसका उसे उससे उसने उन उनके उनकी
      उनका उन्हें उन्होंने इन्होंने
      """,
    connectives: "लेकिन और मगर हालांकि वहीं इसलिए फिर तब जबकि किंतु परंतु बल्कि",
    pointers: "इस", present: "सप्ताह हफ्ते महीने साल वर्ष बार", openers: "", phraseEnds: "")

  private static let korean = CoherenceWords(
    anaphors: "그 그는 그가 그녀는 그의 그들은 이 이는 이에 이를 이와 이들은 이들의 이날 이로 이런 이러한 이번",
    connectives: "하지만 그러나 또 또한 한편 그리고 그런데 따라서 그래서 이어 아울러 특히",
    pointers: "이번", present: "주 달 해 주말 여름 겨울 시즌", openers: "", phraseEnds: "")

  /// The same of Chinese and Japanese, as first characters: their words are not told apart by spaces.
  static func unspacedOpenings(of language: DetectedLanguage) -> UnspacedOpenings? {
    switch language.tag {
    case "zh": UnspacedOpenings.chinese
    case "ja": UnspacedOpenings.japanese
    default: nil
    }
  }
}

/// Openings of sentences in a script without spaces.
struct UnspacedOpenings: Sendable {
  private let list: StaticString
  /// Longer words that begin alike and depend on nothing.
  private let exceptions: StaticString

  static let chinese = UnspacedOpenings(
    list: """
      他 她 它 这 這 该 該 此 其 但 而 不过 不過 因此 所以 同时 同時 另外 然而 并且 並且 对此 對此 也 还有 還有 那 据此 于是 於是 随后 隨後 之后 之後
      """, exceptions: "他国 他國 他人 但丁 也门")
  static let japanese = UnspacedOpenings(
    list: """
      これ それ この その こうした こうして そう ここ そこ そして しかし また さらに だが ただ 一方、 一方で 同社 同日 同氏 同市 同県 同署 彼は 彼の 彼が 彼女 なお だから つまり \
      しかも すると ところが
      """, exceptions: "このほど このたび その他")

  /// Whether the sentence begins with one of them.
  func begins(_ sentence: Bytes) -> Bool {
    Self.begins(sentence, with: list) && !Self.begins(sentence, with: exceptions)
  }

  private static func begins(_ sentence: Bytes, with words: StaticString) -> Bool {
    words.withUTF8Buffer { list in
      var offset = 0
      var matches = true
      for byte in list {
        if byte <= 0x20 {
          if matches, offset > 0 { return true }
          (offset, matches) = (0, true)
          continue
        }
        matches = matches && offset < sentence.count && sentence[offset] == byte
        offset += 1
      }
      return matches && offset > 0
    }
  }
}
