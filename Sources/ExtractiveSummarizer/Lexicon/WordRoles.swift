/// What a word does, beside what it means.
struct WordRoles: OptionSet {
  let rawValue: UInt32

  static let rated = WordRoles(rawValue: 1 << 0)
  static let negation = WordRoles(rawValue: 1 << 1)
  static let booster = WordRoles(rawValue: 1 << 2)
  static let damper = WordRoles(rawValue: 1 << 3)
  static let contrast = WordRoles(rawValue: 1 << 4)
  /// Words of direction ("rose", "fell") and the figures that they are good or bad news of.
  static let up = WordRoles(rawValue: 1 << 5)
  static let down = WordRoles(rawValue: 1 << 6)
  static let goodWhenUp = WordRoles(rawValue: 1 << 7)
  static let badWhenUp = WordRoles(rawValue: 1 << 8)
  /// Abbreviations that a sentence never ends with, may end with before a sentence starter, and that stand before numbers.
  static let titleAbbreviation = WordRoles(rawValue: 1 << 9)
  static let abbreviation = WordRoles(rawValue: 1 << 10)
  static let numberAbbreviation = WordRoles(rawValue: 1 << 11)
  static let sentenceStarter = WordRoles(rawValue: 1 << 12)
  static let month = WordRoles(rawValue: 1 << 13)
  /// Words too common in news to be worth a keyword of their own.
  static let dull = WordRoles(rawValue: 1 << 14)
  /// Words that make good news of the bad that follows: "prevented", "ended", "against".
  static let reverser = WordRoles(rawValue: 1 << 15)
  /// Words after which something is compared, or is a cause, so that a verb before them does not act on it.
  static let comparison = WordRoles(rawValue: 1 << 16)
  static let cause = WordRoles(rawValue: 1 << 17)
  /// Words before a noun; words that join a figure to a noun of direction ("a rise in").
  static let determiner = WordRoles(rawValue: 1 << 18)
  static let preposition = WordRoles(rawValue: 1 << 19)
  static let comparative = WordRoles(rawValue: 1 << 20)
  static let modal = WordRoles(rawValue: 1 << 21)
}

/// Lists by what their words do; all in lower case, without their last full stop.
let roleLists: [(role: WordRoles, words: StaticString)] = [
  (
    .titleAbbreviation,
    """
    mr mrs ms mx dr prof gen sen rep gov lt col capt cpt sgt maj cmdr adm brig hon rev fr st mt ft msgr pres supt det insp
    atty messrs mme mlle hr herr fr. frau sr. sra srta dra lic ing sig sig.ra dott dhr mevr drs ir mons dn e.g i.e eg ie vs v viz cf
    al approx est esp incl resp bzw ca z.b u.a d.h bspw vgl kap bd dipl srs av avda gral ul św ks avv exmo ee г ул им пл пр просп обл пос проф акад
    """
  ),
  (
    .abbreviation,
    """
    inc ltd co corp llc plc bros jr sr esq etc dept assn univ est ave blvd rd hwy jan feb mar apr jun jul aug sep sept oct
    nov dec mon tue tues wed thu thur thurs fri sat ala ariz ark calif colo conn del fla ga ill ind kan ky mass mich minn miss
    mont neb nev okla ore pa tenn tex vt va wash wis wyo a.m p.m ph.d m.d b.a m.a u.s u.k u.n e.u d.c u.s.a std str ed eds hrsg
    usw evtl ggf uu mio mrd tsd hrs min mins secs lb lbs oz deg temp janv févr avr juil déc руб тыс млн млрд ок янв фев мар апр авг сен сент окт ноя нояб дек др
    """
  ),
  (
    .numberAbbreviation,
    "no nos rs p pp vol vols fig figs tab tabs eq eqs art sec sect ch chap para nr núm num n° nº op кв корп оф № pos abs abb стр рис"
  ),
  (
    .sentenceStarter,
    """
    the he she it they we you i this that these those there here a an in on at but and so or yet how what when where why who
    which if as for after before while although though however his her its their our my your some many most all no not
    with from by to one two did do does is are was were will would can could should have has had meanwhile still
    according since during under over then now instead also both each every another such until because despite
    """
  ),
  (
    .month,
    """
    januar jänner februar märz april mai juni juli august september oktober november dezember january february march may
    june july october december jahrhundert
    """
  ),
  (
    .dull,
    """
    said says say told tell year years day days week weeks month months time times people way ways thing things
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december lot lots part number today yesterday tomorrow including include includes etc via per
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million
    millions billion percent half third second first last next new later earlier ago fell rose great good better
    best important small large big long short high low different recent recently early late able need needs want
    wants look looks looking think thinks thought feel feels felt ask asked asks find finds found show shows showed
    shown like also just well even still a.m p.m left led put held won met ran kept began brought sent turned called
    added expected according announced became named remained followed little several certain whole full main sure
    true hard easy read click please visit example examples
    helps helped helping provide provides provided providing allow allows allowed allowing consider considers considered
    considering continue continues continued continuing receive receives received receiving expect expects expecting bring
    brings bringing setting understand understands enable enables enabled enabling create creates created creating focused
    focusing following join joins joined spend spends spent offered offering require requires required requiring try tries
    tried trying happen happens happened remain remains started starting stayed turning leaving begin begins coming agree
    agrees agreed compare compares compared describe describes described explain explains explained involve involves
    involved seek seeks sought suggest suggests suggested noted claimed hoped hoping planned decide decides decided choose
    chosen reached available existing various quickly easily simply actually certainly currently previously eventually
    immediately especially particularly interesting likely overall entire ended inc corp ltd plc llc co spokesman
    spokeswoman spokesperson officials pct mln bn dlrs cts cent cents crore lakh rs
    """
  ),
]
