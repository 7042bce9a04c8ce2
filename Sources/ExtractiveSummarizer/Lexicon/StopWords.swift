/// Words that carry grammar and not meaning, by language, in lower case.
let stopWordLists: [(language: StopWordLanguage, words: StaticString)] = [
  (
    .english,
    """
    a about above across after again against ago all almost along already also although always am among an and another any
    anyone anything are aren't around as at away back be became because become becomes been before began behind being below
    between both but by came can can't cannot come comes could couldn't did didn't do does doesn't doing don't done down
    during each either else enough even ever every everyone everything far few for from further gave get gets getting
    give given gives go goes going gone got had hadn't has hasn't have haven't having he he'd he'll her here hers herself him
    himself his how however i i'd i'll i'm i've if in indeed instead into is isn't it it'd it'll its itself just keep kept know
    known least less let like likely made make makes making many may maybe me mean might mine more moreover most mostly much
    must my myself near nearly neither never nevertheless next no nobody none nor not nothing now of off often on once one
    ones only onto or other others otherwise our ours ourselves out over own per perhaps put quite rather really
    said same saw say saying says see seem seemed seems seen several shall she she'd she'll should shouldn't since so some
    someone something sometimes soon still such take taken takes taking tell than that that'd that'll the their theirs them
    themselves then there there'd thereby therefore these they they'd they'll they're they've thing things this those though
    through throughout thus to together told too took toward towards under unless until up upon us use used uses using
    very via want wants was wasn't way ways we we'd we'll we're we've well went were weren't what whatever when where
    whereas whether which while who who'd whom whose why will with within without won't would wouldn't yet you you'd you'll
    you're you've your yours yourself yourselves
    monday tuesday wednesday thursday friday saturday sunday january february april june july august september october
    november december
    """
  ),
  (
    .german,
    """
    aber alle allem allen aller alles als also am an ander andere anderen anderer auch auf aus außerdem bei beim
    bereits bin bis bist da dabei dadurch dafür dagegen daher damit danach dann daran darauf darf darüber das dass
    dem den denen denn der deren des deshalb dessen die dies diese diesem diesen dieser dieses doch dort du durch
    ein eine einem einen einer eines einige einigen er erst es etwa etwas euch euer für ganz gegen gegenüber gewesen
    hab habe haben hat hatte hatten hätte hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in
    ins ist ja jede jedem jeden jeder jedoch jetzt kann kein keine keinen können konnte könnte laut man mehr mein
    meine mich mir mit muss müssen nach nachdem neben nicht nichts noch nun nur ob oder ohne schon sehr sei seien
    sein seine seinem seinen seiner seit selbst sich sie sind so sollen sollte soll sondern sowie über um und uns
    unser unsere unter viel viele vom von vor während war waren warum was weil weiter wenn wer werde werden wie
    wieder will wir wird wo wohl wollen worden wurde wurden würde würden zu zum zur zwar zwischen sagte januar
    februar märz april mai juni juli august september oktober november dezember montag dienstag mittwoch donnerstag
    freitag samstag sonntag zwei drei vier fünf sechs sieben acht neun zehn elf zwölf jahr jahre jahren jahres tag
    tage tagen woche wochen monat monate monaten uhr prozent million millionen milliarde milliarden teilte sagt
    sagten heute gestern morgen rund mehrere ersten erste zweite zweiten neue neuen neuer neues
    """
  ),
  (
    .french,
    """
    à afin ainsi alors après au aucun aussi autre autres aux avait avaient avant avec avoir bien car ce cela celle
    celles celui ces cet cette ceux chaque chez comme comment contre d dans de déjà depuis des deux dès doit donc
    dont du elle elles en encore entre est et étaient était été être eu eux fait faire fois font hors il ils j je
    jusqu jusqu'à jusqu'au jusqu'aux jusqu'en l la là laquelle le lequel les leur leurs lors lorsque lui m ma mais me même mêmes mes moins mon n ne ni
    nos notre nous on ont ou où par parce pas pendant peu peut plus plusieurs pour pourquoi puis qu quand que quel
    quelle quelles quels qui quoi s sa sans se selon sera ses si sien son sont sous sur ta tandis tant te tel telle
    tes toi ton toujours tous tout toute toutes très tu un une vers voici voilà vos votre vous y janvier février
    avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi
    dimanche trois quatre cinq six sept huit neuf dix onze douze cent mille million millions milliard milliards an
    ans année années jour jours semaine mois heure heures hier aujourd'hui demain premier première dernier dernière
    derniers nouveau nouvelle nouveaux nouvelles grand grande dit déclaré affirmé indiqué expliqué annoncé fut
    seront serait soit aurait peuvent pouvait peut-être beaucoup trop assez cependant toutefois notamment près
    celui-ci rien personne cours partie moment temps fin place bon bonne seul seule
    """
  ),
  (
    .spanish,
    """
    a al algo algunas algunos ante antes aquel aquella así aún aunque bajo bien cada casi como cómo con contra cual
    cuales cuando cuándo de del desde después dijo donde dónde dos durante e el él ella ellas ellos en entre era
    eran es esa esas ese eso esos esta está estaba estado están estar estas este esto estos fue fueron ha había
    habían haber hace hacia han hasta hay he hoy incluso la las le les lo los más me mediante mi mientras mis mismo
    muy nada ni no nos nosotros o otra otras otro otros para pero poco por porque primera primero puede pueden pues
    que qué quien quién se sea según ser será si sí sido sin sino sobre solo sólo son su sus también tanto te tiene
    tienen toda todas todavía todo todos tras tu tus un una unas uno unos usted y ya yo enero febrero marzo abril
    mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado
    domingo tres cuatro cinco seis siete ocho nueve diez once doce cien mil millón millones año años día días semana
    semanas mes meses hora horas ayer mañana primer primeros segundo último última últimos nuevo nueva nuevos nuevas
    gran grande dice señaló explicó aseguró afirmó indicó además ahora entonces siempre nunca vez veces parte
    cualquier tal menos mejor debe deben podría hubo sean través dentro fuera tener tenía hizo hacen
    """
  ),
  (
    .italian,
    """
    a abbiamo ad agli ai al alcun alcuna alcune alcuni alla alle allo altre altri altro anche ancora avere aveva avevano c che chi ci ciò come
    con contro così cosa cui da dagli dai dal dalla dalle dallo degli dei del dell della delle dello dentro di dopo
    dove due e è ed era erano essere fa fatto fino fra già gli ha hanno ho i il in infatti io l la le lei li lo loro
    lui ma mentre mi mio molti molto ne nei nel nell nella nelle nello no noi non nostra nostro o ogni oltre oppure
    per perché però più poi prima può quale quali quando quanto quasi quella quelle quelli quello questa queste
    questi questo qui se secondo sempre senza si sia siamo sono sopra sotto stata state stati stato su sua sue sugli
    sui sul sulla sulle suo suoi tra tutti tutto un una uno verso vi voi gennaio febbraio marzo aprile maggio giugno
    luglio agosto settembre ottobre novembre dicembre lunedì martedì mercoledì giovedì venerdì sabato domenica tre
    quattro cinque sei sette otto nove dieci cento mille milioni miliardi anno anni giorno giorni settimana mese
    mesi ore ieri oggi domani primo primi ultimo ultima nuovo nuova nuovi nuove grande detto dichiarato spiegato
    parte volta volte invece quindi tuttavia possono deve devono sarà
    """
  ),
  (
    .portuguese,
    """
    a à ainda algumas alguns ante antes ao aos apenas após aquela aquele as às assim até cada com como contra da das
    de dela dele deles depois desde dessa desse desta deste disse do dois dos durante e é ela elas ele eles em
    enquanto entre era eram essa essas esse esses esta está estão estas estava este estes eu foi foram há isso isto
    já la lhe lo mais mas me mesmo meu minha muito muitos na não nas nem no nos nós nossa nosso num numa o onde os
    ou outra outras outro outros para pela pelas pelo pelos pode podem por porque porém quais qual quando quanto que
    quem são se segundo seja sem sempre ser será seu seus sido só sob sobre sua suas também tem têm tinha todas todo
    todos tudo um uma umas uns você janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro
    dezembro segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo três quatro cinco seis
    sete oito nove dez onze doze cem mil milhão milhões ano anos dia dias semana semanas mês meses hora horas ontem
    hoje amanhã primeiro primeira primeiros último última últimos novo nova novos novas grande grandes afirmou
    explicou referiu acordo parte vez vezes forma agora então nunca menos melhor maior cerca deve devem poderá podia
    haver houve ter tinham seria serão sendo estar feito fazer faz vai vão ir nesta neste nessa nesse naquele àquele
    lá aqui bem tal qualquer todavia contudo entanto embora além através junto face
    """
  ),
  (
    .dutch,
    """
    aan al alle alleen als altijd andere ben bij bijna binnen daar dan dat de deze die dit doen door dus echter een
    eens eerste en er ergens geen haar had hadden heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja
    je jij jullie kan kon konden kunnen maar me meer men met mij mijn moet moeten na naar naast niet niets nog nu of
    om omdat ons onder ook op over sinds te tegen toch toen tot tussen twee uit u van vaak veel verder volgens voor
    vooral waar waarom want waren was wat we weer wel welke werd werden wie wij wil worden wordt zal ze zei zelf
    zich zij zijn zo zoals zonder zou zouden januari februari maart april mei juni juli augustus september oktober
    november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag drie vier vijf zes zeven acht negen
    tien jaar jaren dag dagen week weken maand maanden uur procent miljoen miljard gisteren vandaag morgen nieuwe
    nieuw grote laatste zegt aldus blijft blijven mag mogen vanwege
    """
  ),
  (
    .swedish,
    """
    alla allt att av bara blev bli blir de dem den denna deras dess det detta dig din dock du där efter ej eller en
    enligt ett flera från får för före ha hade han hans har henne hennes hon honom hur här i icke inte inom in jag
    kan kunde man med mellan men mer mig min mot mycket många måste ni nu när något några och också om oss på redan
    samt sedan sig sin sina sitt ska skulle som så till under upp ut utan vad var vara varit vi vid vilka vilket är
    även över januari februari mars april maj juni juli augusti september oktober november december måndag tisdag
    onsdag torsdag fredag lördag söndag två tre fyra fem sex sju åtta nio tio år dag dagar vecka veckor månad
    månader procent miljoner miljarder säger sade sa nya nytt ny stora första andra
    """
  ),
  (
    .polish,
    """
    a aby ale albo ani bardzo bez bo być był była było były będzie będą co czy dla do gdy gdzie go i ich im ile innych ja jak
    jako je jego jej jest jeszcze jeśli już każdy kiedy kto która które którego której którzy który lub ma mają może można mu na
    nad nam nas natomiast nawet nie nich nim niż o od on ona one oni oraz po pod podczas pomimo ponad poza przed przede przez
    przy są się sobie swoje ta tak także tam te tego tej ten to też tu tych tylko tym u w we według więc wszystkie wśród z za
    ze że został została
    """
  ),
  (
    .russian,
    """
    а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее её если есть ещё еще
    же за здесь и из из-за из-под или им их к как какой когда кого который которая которые которых которого кто ли либо между меня мне мы
    на над нам нас не него нее нет ни них но ну о об однако он она они оно от очень по под после потому при про с сам сказал
    себя своей свои со так также такой там те тем то того тоже той только том тот ты у уже хотя чем через что чтобы эта эти этих
    это этого этой этом этот я
    """
  ),
]
