/// Lists by what their words do; all in lower case, without their last full stop.
let roleLists: [(role: WordRoles, words: StaticString)] = [
  (
    .titleAbbreviation,
    """
    mr mrs ms mx dr prof gen sen rep gov lt col capt cpt sgt maj cmdr adm brig hon rev fr st mt ft msgr pres supt det insp
    atty messrs mme mlle hr herr fr. frau sr. sra srta dra lic ing sig sig.ra dott dhr mevr drs ir mons dn e.g i.e eg ie vs v viz cf
    al approx est esp incl resp bzw ca z.b u.a d.h г ул им
    """
  ),
  (
    .abbreviation,
    """
    inc ltd co corp llc plc bros jr sr esq etc dept assn univ est ave blvd rd hwy jan feb mar apr jun jul aug sep sept oct
    nov dec mon tue tues wed thu thur thurs fri sat ala ariz ark calif colo conn del fla ga ill ind kan ky mass mich minn miss
    mont neb nev okla ore pa tenn tex vt va wash wis wyo a.m p.m ph.d m.d b.a m.a u.s u.k u.n e.u d.c u.s.a std str ed eds hrsg
    usw evtl ggf руб тыс млн млрд ок
    """
  ),
  (.numberAbbreviation, "no nos p pp vol vols fig figs art sec ch para nr núm num n° nº № pos abs abb стр рис"),
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
    said says say told tell year years day days week weeks month months time times people way ways thing things monday tuesday
    wednesday thursday friday saturday sunday january february march april june july august september october november
    december use using used make made making need needs want help work works working good great lot lots part number today
    including include includes click read learn check visit please example examples via per etc number ways
    better best right write wrote written create creates created creating provide provides provided providing ask asked asks
    find finds found start started starts show shows showed shown look looks looking think thinks thought feel feels felt
    build built call called calls add added adds follow followed following hold held run runs running easy hard able big
    small large long short high low different important recent recently current currently simple specific available open
    share shared shares sharing happen happened continue continued offer offers offered bring brings brought
    report reported reports according whole full real sure announced announce expected set sets
    top best-known key main major great well-known focus focused allow allows allowed ensure ensures
    million billion percent new also like just get got first last next early late
    """
  ),
]
