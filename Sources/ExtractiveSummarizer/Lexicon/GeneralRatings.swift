/// Ratings of English words by ten people each, in tenths from -40 to 40: figures of vaderSentiment 3.3.2
/// (vader_lexicon.txt).
///
/// Words without meaning in news ("share", "united", "interest", "security", "play" …), words rated below 1, emoticons
/// and nearly all words of `newsRatings` are left out. The other ratings are rounded to three tenths. The figures are
/// under this notice:
///
/// The MIT License (MIT)
///
/// Copyright (c) 2016 C.J. Hutto
///
/// Permission is hereby granted, free of charge, to any person obtaining a copy
/// of this software and associated documentation files (the "Software"), to deal
/// in the Software without restriction, including without limitation the rights
/// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
/// copies of the Software, and to permit persons to whom the Software is
/// furnished to do so, subject to the following conditions:
///
/// The above copyright notice and this permission notice shall be included in all
/// copies or substantial portions of the Software.
///
/// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
/// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
/// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
/// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
/// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
/// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
/// SOFTWARE.
let generalRatings: [(rating: Int8, words: StaticString)] = [
  (
    -39,
    """
    raping slavery
    """
  ),
  (
    -36,
    """
    hatefulness hell motherfucker rapers suicidal torturers
    """
  ),
  (
    -33,
    """
    apocalyptic betray brutalises brutalizes brutalizing devastative devil dreadfulness evil evillest evilly
    excruciating excruciation faggot faggots fucked fucker fuckface fuking heartbroken hellish horrifyingly kia
    killers murderee murderers murdering murderous nigger pissed raper rapists scumbag shittiest terrorised
    terrorises terrorisms terroristic terrorize twat villains whore
    """
  ),
  (
    -30,
    """
    abhorrent abhors abusivenesses afu angriest anguish bastards betrayed bitches bitchiest brutalised brutalize
    brutally cocksucker cruellest cruelness cruelty cunts destructive devastators dickhead direful disgustedly
    disgustingly douchebag enslave evildoer evildoing eviller evilness excruciatingly foetor fubar fuckers fuckhead
    fucktard harshest havoc hopelessness horridnesses horrifically horrifies infuriated irate molestations molests
    murderees murderously murderousness obliterate poisoners poisonously saddest shithead sinister sluttiest
    terrified terrorise terrorising terrorized terrorizes terrorizing torturing traumatization vile villainess
    villainously warmonger whores wickedest
    """
  ),
  (
    -27,
    """
    abduction abusers abusively agonizing alarmingly anger anguishing antagonizing assassinations assaultive
    assholes bastardising bastardly bastardy betrayal bfd bfe bitch bitched bitchery bitchily bitchiness brutalise
    brutalising brutalities bullshit cocksuckers compassionless contempt corpse crappy crude cruel cruelest cruelly
    damnation damnatory damnified degrading degradingly depression despaired despairs despising destroying
    destructionist devastates devastator devilry devils deviltry disgustful distraught dooming doomsday dreaded
    dreadfully dumbass dumbhead enrage enraging evils excruciate fascist fearing ffs fuming greediest grievousness
    harassers harassments harmfully harmfulness harming heartbreak heartlessly heartlessness horrendous horrifying
    horror horrors humiliatingly hurtfully idiotic infuriates insanity jackasses joylessness killingly laziest
    loathing lousiest lowbred maddest miserableness miseries miserliness molesting moronic motherfucking murderesses
    nastinesses nfc obscene offensively painfulness pathetic perversity perverts petrifying poisoner poisoning
    poisonous poisons prejudicial punishers punishing rageful rancidity rancidness remorselessness repulse retarded
    robber ruinate ruination ruinous ruinously sadden savageness shamed shit shitheads shitty sin sinful slut sluts
    sluttier son-of-a-bitch stab starved stressfully stupidnesses terriblenesses terribly terrifies terrifying
    terrorization terrors torturous totalitarianism tragically traumatic traumatically traumatise travesty
    treasonous ugliest ugliness unlovable victimizing villain villainousness villainy violater virulent warmongers
    weep whored whoremonger woebegone wrathful wtf
    """
  ),
  (
    -24,
    """
    abandonment abducted abhorred abusiveness aggravate agonised agonises agonize agonizes agonizingly angered
    angers angrier angry appall arrogance ass assaulting assfucking bastard bastardised bastardises bastardization
    bastardize bastardizing betraying betrays bitcheries bitchy bitterest blameworthy brutalizations brutalized
    chastise cheater choke contemptuously crestfallen crudest crueler crueller cruelties curse cwot damnifying
    damnit danger dangered dangering dearth degradation dehumanizing dejecting depressed depressingly despairing
    despisement despisements destroyers destruct destructing destructions destructively destructiveness destructs
    devastatingly devilishness devilkin devilled dirtiest disconsolate disgusted disheartenment dissatisfying
    distressfulness distrusted disturbing disturbingly doa doomsdays downhearted dreadfuls dreading dullsville
    dumbest effin egotist enemy evildoers evildoings evilest fearfullest felonies felony fiasco fkm foetid frauds
    fraudsters fraudulence frightful fuck fuked goddam goddammed grieving grouchiest harasser harasses hatefully
    hating horribleness horribly horrid horridness horrified horrify humiliations hurter hurtful ignoramuses
    impolitenesses indignation infuriating insultingly irritant irritation joyless lamebrained lazier liars livid
    loneliest loser losers lousy mofo molester mourningly mourns naggiest nastier nastiest negativity nfw numbskull
    obnoxiously offending offensiveness outcry outrages painfully panic pervert perverted petrified petrifies
    pissants pita poison poisonings pollute poorest prblms prejudice prejudicialness prisoner prisoners puke
    punitive racists raging rancid rancidly reek regrettable rejectee remorseless retard revengeful rotten rudest
    saddened sadder savagery savages scandalous shamefaced shamefulness shamefulnesses sickened sickening
    sluttishness slutty snafu sobs sorrow sorrowed sorrower sorrowfully sorrowfulness spite spited spitefully
    spitefulnesses starves steals stench stenchful stenchy stinkard stinking stinkpot strangled stressful stricken
    stupider stupidest stupids sucker suckers sufferers swindle tard terrify terror thief thieves torturer tortures
    tragical trapped traumatised traumatism traumatize traumatizing troublesome trustless uglinesses unhappier
    unhappiest unhappiness unhealthy unloving unprofessional viciousness victimising victimization victimize
    villainies violaters violating violative violator wanker warmongering warred weakest weepiest whoredoms
    whoresons wicked wth
    """
  ),
  (
    -21,
    """
    abductions abhor abusing accident aching affectionless agitated agitators agonise agonized amort angering
    anguishes annoyer antagonistically antagonize appalled appallingly apprehension arrogant ashamed badly bankster
    bastardise bastardizations bastardized beating bereave bereaved bitchier blamer blamers brutalization bsod btd
    censor chastised choked chokes choking contagion contemptibilities contemptuous coward crudeness crudenesses
    cruder cry crying cunt damagers damagingly damnify damningly damns dangerous dangerously dangerousness dangers
    darkest deceit defeatists defectively degradative degrader degraders degrades deject dejected dejects depress
    depresses depressions depressively deprival deprive deprived depriving despairingly desperation desperations
    despises despondent destroyer destructionists destructivity deviling devilish dipshit disabling
    disadvantageously disappointments discouragement disdain disgusts dishearten disheartened dishearteningly
    disheartenments disheartens dismaying dissatisfaction dissatisfactory dissatisfy distressful distressingly
    distrustful distrusting disturbers dolorous doomful doomsdayer doomster dread drowns enemies eviler exploited
    fag failings fake falsify faultfinding faultier faultiest faultily faults fearfuller fearfully feuded flunked
    foes foetors foolishnesses fools freakish frightening frighteningly frustrate frustratingly frustrations fucks
    gloomful glum goddamn goddamns greedier grievance grieved grieves grievous grimaced grossest grouch
    grouchier grouchiness guiltier harms harsher hateful haters haunted heartbreaker heartbreakers heartbreaking
    heartless heavyhearted helpless helplessness heroin heroinism hooliganism hopeless hopelessly horribles
    hostilely hostilities illnesses imbecile immoral immoralist immorally incensed inferiorly infringement infuriate
    insipid insulter insulters irrationalist irritable irritants irritated irritating irritatingly irritative
    jealous jealousies jealously jeopardy killjoy lamely lament lamenting libelous loathe loathed lousier lowlifes
    lowlight lowlives lugubrious lunatic mad maddening maniac masochistic melancholiac menace miserably
    misrepresentation molest molesters moodiest moron murderess nasties neglectful neglectfully neglectfulness
    neglects nme numbskulls obliterated obnoxious obnoxiousness offends oppressed outraging overreacts panicked
    perpetrator persecute perversely perverseness perversive pessimisms pessimistically phobias pisser pitiful
    pitilessly poisoned polluters pollutes powerless problematically punishes raged rages reeked reeking regrettably
    regretters rejections remorselessly repressors repulsed resentful resentfulness revengefulness revenger
    revengers rude rudely ruder rudesby ruiner saddening savage savaged savagely scare scaremonger scaremongers
    scary screwed screwiest selfish selfishnesses shamefacedness shamelessnesses shattered shits shittier shylock
    sickener sickeners sickeningly sickens sins sluttish sluttishly sluttishnesses smartass smuggler snob snobbery
    snubbed snubs sorrowful spammer spamming stealers stinkiest stresses stressors stupidities stupidly sucked
    suckered suckering sufferer swindling thieve thieveries thievery thoughtless threateningly threating torturously
    totalitarian tragics traumas traumatises traumatizations troublemaker troublemakers troubles troublous
    troublously uglier uglies uglification uglify uglifying uglily uneasiest unfortunate ungrateful unhappinesses
    unintelligent uninvolved uninvolving unloveliness unlovely unpleasant unworthy upsetters upsetting vexing
    victimhood villainesses villainous vitriolic vulture weakliest wept whoredom whoremongers whoreson wickeder
    wickedly wickedness wickednesses widowed woefulness worriedly worrisomely worrit worser
    """
  ),
  (
    -18,
    """
    abandoner abandoners abandonments acrimonious admonished adversity aggravated aggravates aggressiveness aghast
    agitate agitating agony angerly angrily angriness anguished animosity annoy annoyances annoying annoys
    antagonism antagonist antagonistic antagonists appalls argumentatively arrogances arrogantly ashamedly atab
    aversion avoidance avoider banish bastardies bastardizes beaten bereaves bittered bitterer bitterness blamable
    blamably blameful bloody botheration boycotted boycotting burdened burdeners burdensome chagrin charmless
    chastises chastising cheaters cheats cheerless cheerlessness chucklehead comfortless complainer complainingly
    conflicting conflictive contemptibleness contradictious cries crushed crushes cynicism cynicisms damager damn
    damnable damnableness damnably damnifies decay decaying decays deceitful defeatist defeature defected defecting
    defectiveness defectives defector degrade degraded dehumanize dehumanized depressible depressor depressors
    deprivation deprivations deprives despised despiser destructed destructibility devastations devilling devilment
    difficultly dirty disadvantage disadvantaged disadvantageous disadvantages disagreeable disagreeableness
    disagreeablenesses disagreements disappointedly disappointingly discomfort disconsolation discontented discord
    discourage discouraged discouragements discourager discouragers discourages discouraging discouragingly
    discredited disheartening disillusioned disillusionment disliked dislikes dismay dismayed dismayingly dismays
    disorder displeased disputing disqualified dissatisfactions dissatisfies distorted distressed distressfully
    distressing distrust distrustfully disturb disturbs doom doomsayers downcast dreadful dull dullards duller
    dullest dullnesses dumbheads dumbness dumped dumpish dumps dumpy duped dysfunction egotistically egotists
    embarrasses embarrassingly embarrassments emptiest emptiness enraged enrages enslaved erroneous exasperated
    excruciations expel exploiting faithlessness fakes faking farce fatalisms fault fcol fearfulness fearsome
    fightings flunker flunkey flunks flunky foe foeman fooleries foolery fooling foolisher foolishly foolishness
    forbidden forbidding forbiddingly foughten frantic freak freaking freakout freebooter freeload frightened
    frightens frightfully frightfulness frustrates fumed furiously futile gloomed gloomiest gloominess glooming
    goddamned goddams gossipping greed greedily greediness greenwash griever grievously grimaces grimy grossness
    grouching grouchy guiltiest guiltiness harsh hater hates haunt heartbreakingly heartbreaks helplessnesses
    hindrance homesickness homesicknesses horrendously hurters hurtfulness hurting hysteria hysterics idealess
    idealless ignorami ignoramus ill illiteracy immoralists impatience impatiently impolitely impoliteness inability
    inadequacies inadequacy inadequateness incapacitated inconsiderate indignant inferior inferiorities insane
    insecure insecureness insecurities insecurity insensitivity insincere insincerely interruptions intimidated
    intimidating intimidation irrationality irritabilities irritableness irritably irritate irritates isolation
    jackass jealousness joylessly killjoys lame lamentations loathes loneliness lonesomeness lousiness lowbrow
    lowery lowlier lowliest ludicrousness madly madness maniacally masochist meaningless melancholy menaced mindless
    misbehave misbehaving miser misunderstanding molestation molested mooch moochers mooching mope mourners
    mournfuller mournfully mournfulness nagana nagged nagger nagging naggy nastily neglecter neglecting neurotically
    nonsense notorious oppressive optionless overreacted pained painfuller paining pains panicking panics
    passionless pathetically peril perverse perverter petrifaction petrify piss pissing pitifuller pitiless polluter
    prejudiced prejudices prejudicing problematical promiscuity prosecutes protesting provoke puked pukes puking
    punishabilities punishable punisher punishments rash rebelliously reeker regret regretful regretfully regretting
    rejectees rejecters rejectingly rejective rejector repressing repressions repressively resentment resentments
    revenges ridicules ridiculing ruins saddens sadness savageries scapegoat scared scarer scarey scaring scorn
    scornful scream screwup sedition seditious selfishness shamefacedly shamefully shames shitted shitting shocking
    sicken smartasses smother smothers smuggles smugnesses snobbishnesses snobby snub sobbed somber sorrowing
    spiteful stabs stampede stank starve starving stealable stealer stealings stink stressor stubborn stupidity
    stupidness suck sucky sullen suspiciously tantrum temper terribleness threateners ticked tired trauma traumata
    traumatising traumatized troublemaking troublers troublesomely troublesomeness ugh uglifies unappreciated
    unattractive uncomfortably uncontrollability undeserving undesirable unease uneasinesses unfocused unfortunates
    unfulfilled ungratefully unhappily unloved unlovelier unloveliest unsatisfied unsavory unsuccessfully
    unsupported unwelcome upsetter useless vain vexation victimizer violators warfares warring wasting weakly weeper
    weepier weeping weepings weirdo whines whorehouses whoremaster wiseass woe woeful woefully woes worrier worriers
    worriments worrisome worrisomeness worrywart worthless wronged yucky zealot
    """
  ),
  (
    -15,
    """
    abandoning accidentally ache ached adversarial adverse adversities afflicted aggressed aggressivities agitatedly
    agitates agitator agonising amoral amorality annoyed annoyers antagonized appalling arguer arguers argumentative
    argumentive aversive avoiders bamboozle bamboozled bamboozles battlefield bitterish blamefully blameworthiness
    blocking bother bothering boycotts brainwashing bummer burdening careless carelessness carelessnesses chagrined
    clueless coerced complains conflicts confrontational confrontations confusedness confusingly contagions
    contagious contemptible contemptibly contradictoriness contradictors contradictory contradicts cowardly crap
    crazily craziness cried criticizer criticizers crushing cynic cynical damnations damned damning decayed decayer
    decayers deceives deceiving defeater defeating defeatures defection defections defenseless degradations
    dehumanizes demoralized denier depressant depressants depressing depressive depressives depriver deprivers
    deriding desperateness despise despisers destructible deviled devilishly devilries deviltries dirt dirtier
    disadvantageousness disagreeably disagreeing disappears disappoints discarded discomfortable discomforted
    discomforting disillusionments disillusions dislike disoriented disparaged disparages disregarded disregards
    dissatisfied distorts distracted distractible distractingly distraction distractive distresses distrustfulness
    disturbance disturbances disturbed disturber doomsaying doomsayings doomsters dork doubtable doubter doubting
    doubtingly douche drained dreads dreary drunk dullard dulled dullness dumbed dumber dumbfounded dumbs dump
    dumpier dumpiest dupe eerie egotism egotistic embarrassable emptinesses enslaves excluded exhausted exhausting
    exhaustion expelling expels exploits failingly falsified fatigued fatiguingly faulted faultfinders faultiness
    faulting feuding feuds fidgety fiery flops flu flunkers flunkies flunking fooled foolhardier foolhardiness
    foolhardy foolishest forbiddance forbidder forbidders frantically freakiest freakiness freakishness freakouts
    freaky freeloaded freezingly friendless fright frighted frighten frighting frowning funeral funerals gag
    glamourless gloomier gossiping gossipmongers grave graveness gravesides grievances grieve grimacing grime
    grimier griminess grimmer grouchily guilts gullibility gullible hapless haplessness harried helplessly hesitater
    hesitaters hesitates hesitating hesitatingly hooligan horridly humorlessness hurtling ignorance ignorantly
    immoralism impolite inadequatenesses incapable inconvenience inconvenient indoctrinate ineffectuality inflamed
    inhibit inhibition inhibitive insecurely insignificant insincerity interrogated interrupt interruption
    interruptive intimidations intimidator intimidators irrational irrationalism irrationalists irrationalities
    irrationally irresolute irritability irritations jaded jerk lackadaisical lag lags lamebrain lamentable
    lamentably lamentation lamented laments lamer lamest lazy lethargy lonelier lonelinesses lonesome lonesomes
    louse lowballed lowermost lowlife ludicrous lunatics manipulating masochism masochistically melancholias mess
    messed messy misbehaved misbehaves mischief miserly misers misgiving misinformed misreporting mistaken mistaker
    mistakers misunderstand misunderstood mlm mockeries mooched moocher mooches moodiness moodinesses moody
    moronically mourner mournful mumpish nag naggers naggier needy neglecters neurotic niggas nimy nitl numb numbly
    obsessing obsession obsessional offences offender offenders offenses ominous overload overweight panicky
    paranoias paranoids persecuting perturbed pessimism pessimist pessimistic phobia pissant pissers pisses pitying
    pleasureless poorer prblm prejudicially pressuring prick pricklier prickliest profitless promiscuously
    punishability quaking rancidnesses rant rebeldom reekers regretfulness regrets regretted regretter rejecter
    reluctance reluctancy repress repressible repression repressive repressor resented resentfully restlessly
    restricted restricting revengefully ridiculer ridiculers ridiculously ridiculousnesses riskier riskiest
    riskinesses robing rudeness ruinable ruinated ruinates ruinating ruinations ruing scapegoats scares screamers
    screaming screwy seduced selfishly severed severer severest shakedowns shameless shamelessly shamelessness shock
    shocks shoot shylocking shylocks shyster sleeplessness smear smileless smothering smuggest smuggle smuggled
    smugglers smugness snobbily snobs sobbing sore sorrows spammers spitefulness spites stenches stifled stingy
    stinker stinkier stinko stinky stressed stressing strikes strugglers stubborner stubbornly stubbornnesses stunk
    sucks sulking sux swindles talentless tantrums tenseness tenser tensioner tensioning thieved threatener
    tragediennes traumatizes trembling trickers trivialising troubler tumor uglified unapproved uncertainly
    uncertainties uncomfortable uncontrollable uncontrollably unconvinced uneasier uneasily uneasiness uneasy
    unequal unfortunately unfriendly ungratefulness unimpressed unimpressive unkind unmotivated unprotected
    unsecured unsuccessful upsets uptight uselessly uselessness vicious victimised victimizations victimizers
    victimizes virtueless weakener weakhearted weaklier weaklings weaponed weepies weeps whine whoremasters wimp
    wimpish wiseasses wisenheimers witch worriment worrywarts
    """
  ),
  (
    -12,
    """
    abandons absentee accidents adversative aggravating aggress aggressions aggressively agitational agitations
    agitative alarmists alarms alas alienation allergic amoralities annoyance antagonisms anti apathetic apathy
    aversions avoidances awkwardly awol axed ayor battlefront battling bereaving bitching bittering blocked bored
    boredom boredoms borers bores boresome boring botherations bothered bothersome boycott burdener censors childish
    chuckleheaded chuckleheads collides collisions colluding complainants complainers confrontation
    confrontationists confronters confuses confusional contemptuousness contradict contradicted contradicting
    contradictions controversially cornered critic critics crudely crudes cynically deafening defeatism defeats
    defectors defenselessly defenselessness defer deniers deprivals derail derails derision despairer despairers
    devilments disagrees disbelieve discomforts discourageable disguised disguising disillusioning disinclined
    disjointed disliking disorganized disquiet disregard disruptive distort distorting distract distractable
    distractibility distracting distracts distrusts dominating dooms doomy dorkier dorkiest dorky doubters
    doubtfully doubtfulness dulling dullish dully dumbly dumper dumpiness dumping dumpings dynamiter embarrassedly
    ennui envied enviers envious envy envyingly exclusion excruciated exhaust exhauster exhausters exhaustions
    exhaustiveness exhausts exposing fatalists fatigues fatiguing faulty feeble ferociously feudalistic feudist
    flunk foolhardiest forbid forbids forgetful fought freaked freakier freeloading freeloads frenzy frights fud
    fume gagged ghost gossiped gossiper gossipers gossipped gossipry gossips gossipy graveless graver gravers graves
    gravest graveyard graveyards greedy grievants grimed grimly guilt guiltily hardship haunting hesitantly hesitate
    hesitated hesitation hesitations hoax hooligans hostiles humorless ignorances ignorant ignorantness ignorer
    immobilized immoralities impatient imperfect impersonal impotent indecisions indecisiveness ineffectively
    ineffectiveness ineffectual ineffectually ineffectualness inferiority inquisition interrupted interrupter
    interrupters interruptible interrupting interruptor interrupts intimidates intimidatingly intimidatory
    irrationals isolated isolates itchy jealousy jealz jerks killdeer lagged lagging lamebrains lamentableness
    lamenter lames laughingstocks lethargic loneness loner lonesomely loomed lossy louses lousily lousing lowballs
    lowliness lowlinesses lowness luckless madder maniacs masochisms masochists melancholies mia misinformation
    misinterpreted misread mistakenly mistaking misunderstands mockers mockery monopolizes moodier moodily moronity
    morons nags naive nastiness nerd nervous nervousness numbing numbingly numbness nuts obsessionally obsessiveness
    obstinate offence offend outrageously outrageousness outrageousnesses overstatement paranoiac pathetical
    perplexed persecuted persecutes perversion perversions perversities pervertedly pervertedness pesky pettiest
    phobic phobics pileup pique piteous pitiable pitiableness pitiably pitied pitier pitiers pities pitifullest
    pitifully pitifulness pity pressures problematics provoked provokes pseudoscience pushy ranter ranters rants
    rebelling rebellions rebellious rebelliousness remorse repressed represses resenting resents resignations
    resigner restless restlessness restriction restricts ridiculousness rigidification riskiness risking sapfu
    sarcastically scarers screamed screams screwer shakedown shakeout shakiest shitakes shocked shockers
    short-sighted short-sightedness shyness shynesses sillinesses skeptically skepticisms slash slashing smh smog
    smothery snobbishly snobbishness solemnity spiritless stammerer startle stereotype stereotyped stinkers
    stinkingly straining strains strangely struggler stubbornness stutterers stuttering submissive suspiciousness
    tease teased teaselers teases tempers tensely tensest thorny timidity toughly trap tremble trembled trembly
    trickeries trickery trickiest trickiness tricksters trivialises trivialize uncertainness underestimate
    underestimated underestimates unimportant unresearched unsettled unsophisticated unsurely uptightness viciously
    victimise victimises vindicating vulnerableness vulnerably vultures warfare weakeners weakish weakling weakside
    weary weepers weepy weirdie weirdly weirdoes weirdos whiner whiney whorehouse wimpiness wiseacre woebegoneness
    woesome worn worrits wowser zzz
    """
  ),
  (
    -9,
    """
    aches adversaries adversatives agitation amorally anxiousness arguable bore carelessly confrontationist
    contempts contradictable contradiction contradictor crazinesses criticizable darkness degradable derides
    devilwoods diffident discard discards disguise disguises disillusion distractions dud dulls dumbfounder
    dumbfounders dumbstruck dumpsters egotisms emptily envier excruciates exhaustible faithless fatalistic fatigue
    ferociousness ferocities flustered foolhardily forbiddances gloominesses gossipmonger greeds grimace grimes
    haunts hesitancies hesitant humiliates hurtles ignorable inaction inadequately indecisive inhibitors inhibitory
    jumpy loused lowly melancholics moping mubar numbest obsess obsesses offended offense overreact paranoia
    paranoid perpetrators perverting pessimists pityingly poisonwood prickle propaganda rebelled repressiveness
    resentence resigners ruining ruinousness sappy sarcastic sceptic screws screwups severeness shamefast shockable
    smugger snobbism sob squelched stammering stinkards stinkbugs stinks struck stutter stutterer stutters
    submissively supremacists swearing teaser tensed tensing timid timider timidness torn toughish tragedians
    tremblers tremulous trickish tricksiness trivialities trivializes uncontrolled uncredited unsure weirdies
    wimpier wimps wisenheimer
    """
  ),
  (
    9,
    """
    adorning advantage alright amazonstone amoristic appeasing beneficiate bffn brightener brighteners certainty
    champed champy cleverish conciliate consents cutesie dearies delicately determinacy easing engagers entertainers
    excitableness exonerating favors flatteringly flexibilities freeholds freers freethinker freethinkers freewill
    frisky fulfills gigglier giggly gracioso harmless heroicomic honorariums immortal impressionist jhomf joyrode
    justifiably keenly loyalism luckiness magnification neater pleasers poised popularizers pressureless
    prizefighter prizer promisor readiness relaxant relaxations relievers resolvable richening sentimentalism
    sillier steadfast stimulates strongholds successiveness superiors surefire surety troubleshooter trustee
    trusties vigors virtuose warmers worshiper worshiping wowsers
    """
  ),
  (
    12,
    """
    absolve absolves acceptability acceptableness acceptation achievable acquitting actives admiral admiralty
    adorner adornment adventure adventured adventurer adventuresomeness adventurists adventurously agreeablenesses
    amorino amuser amusers appease apprehensible assurers assurgent attractant attractor attractors avid awardees
    awarders beautician beneficed benefices benevolentness benign benignantly benignity blithe bolder bolds
    brightwork calmative calmly calms champagne cheerio cheerleaders cheerleading cheerleads chic chuckled chucklers
    chuckles chucklesome chucklingly comedians comfortableness comforters competent conciliated conciliates
    conciliating consolable convivial creationisms creditableness cutely definite desirous determinately
    determinateness determinative determinator devotements devotional devotionals divinations diviners doubtlessly
    dynamical dynamisms eased eases easygoing embrace engager excitability excitants excitatory faithed
    fantasticalness faultlessness favorer favouring fearlessly fearlessness fervent festivalgoer festivalgoers
    flatteries flattering flexibly forgive forgiveness forgivers freebee freebees freeborn freedman freedoms
    freedwomen freelance freelancer freer freestanding freethinking funnies funnymen gigglingly glamorise
    glamorising glorioles gracility gracing grandee grandees gratify grinned grinner hago happing harmonies
    harmonised heavenwards helpers heroicomical heros honorers humored humoresque humorist humorists humoured
    hurraying idealize idealizer immune impressibility improvers incentives innocents inspirators inspirited
    intellectualistic intellectualized intelligibly invigorations invigorator invigorators inviting invulnerable
    jaunty jocular joked jokey joyride joyriders kewl laoj laughableness laughably leet lenient libertinisms
    loyalists lucking magnifications meaningful meriting meritocrats meritoriously merrythought nbd neaten neatening
    neatens neatness neats nicety nurturances opportuneness optimally outgoing painless painlessly palatably pardon
    pardons partyer partyers perfectionism perfective perfecto playfulness pleasantries popularised popularising
    popularization popularize profitabilities profited prominent promisees promiser promisingly radiances radiantly
    radiants redeemed relaxins reliefs relievable relievo resolute respectableness respectfulnesses respectiveness
    respects restoring riskless romancer romances romanticises romanticists romanticizing safeguarding safelight
    salient securement sentimentalise sentimentality sentimentalization sentimentalized sentimentalizes shockproof
    singleminded smartie smarty sociabilities sociability sok solidarity soothing sparkles sparkling spirited
    stamina succeeder succeeders successionally supremos surer surest sureties surprising surprisingly surviving
    swiftly tenderers tnx tolerance tolerant tranquilly treasurerships trustier trustors txs usefulness vigor
    visioning vital vitalise vitalises vitalities vitality vitalizing vitally vitals vitamin warmed warmer warms
    willingness wiser wises wisewomen worship worshipfully yep yolo youthful
    """
  ),
  (
    15,
    """
    absolved absolving acceptabilities acceptably acceptant admirals admiralties admirations admiring adores
    advantaged advantageous advantageousness advantages advantaging adventures adventuresses adventurism adventurist
    adventurous affectionally affections agreeably agreeing amorist amusement amusements amusing appreciativeness
    appreciators assuredly assuredness assuring astonished attractants badass beaut benefic beneficences
    benevolently blessedness boldest boldness boosting brightens brighter brightly brightness brightnesses calmed
    calmer calmest calmnesses capable captivated charitablenesses charitably charminger cheerled cherish chuckling
    clevernesses comedian comediennes comfort compassionated compassionates compassionating contented contentedness
    contentment convincingly courtesy coziness creatively creativity creditabilities cutesier cuteys cutie daring
    daringness darlingly delectables delighting devote devotedly devotee devotement devotes diamond dignities
    divinatory dynamism dynamist dynamistic eagerly eagers ease easeful easefully easement easiness easygoingness
    efficiencies elation elegancies enchanted encourager encouragers energization energizations engagingly
    entertainer enthuse enthusiast enthusiasts excitabilities excitable exciters exonerates exultantly fantasticate
    favorably favorers favourer favourers festivals fiestas flattered focused foolproof forgave forgivably forgiven
    forgivingly freedwoman freehanded freehearted freemen freeness freest friendships funninesses funnyman gentler
    giggled gigglers giggling giver giving gladly glamorization glamorizers glamors glorifiers gloriole graces
    gratification gratified gratifies grinners grinning harmlessly harmonics harmonising harmonized harmonizer
    harmonizers harmonizes harmonizing heavenward helper honoraries honorary honorific honourers hopefulness
    huggable hugger humerous humoristic humorous humors idealise idealist idealities idealizations idealizing
    importancy impressionistic impressionistically incentive innocence inspiratory intellectualization
    intellectualize intellectually intellectualness intellectuals intelligencer intelligencers intelligences
    intelligentsia intelligibility intelligible intelligibleness interestedly invigoration irresistible jewel
    jokester keen keenness kissers lawl liveliness loyalist lts luckie lucks lylb magnificoes meditative mercy
    merited merrythoughts motivate motivation neatly niceness niceties ntmu nurtural nurturance nurture openness
    opportunely optimal optimisation optimises optimists optimization optimizer palatable partied partier partying
    passional peacekeeper peacekeepers peacekeepings perfecta perfecters perfectible perfectionist perfects
    picturesque playfully pleasanter popularise popularities popularizes popularizing positivism prettied privilege
    privileges profitably profiting promisers promoting proudhearted radiance radiancy ready reassurance
    reassurances reassure reassures relaxedly relaxer relaxers relaxes relievedly reliever relieves relieving
    relishing resolvers resolving respecters restful revive revives rewarder robust romanticization safeguard
    safeguarded safeguards safekeeping safeness safeties satisfactorily satisfactoriness satisfactory scrumptiously
    secureness securer securitized securitizes sincerities smartened smartens smartly smartnesses smarts smile
    smileys sociableness sociably solving soothe strengtheners stressless stresslessness superiority supportiveness
    surefootedly surefootedness surprisal sympathy tenderest tenderhearted thks thoughtful thrill thrills thx
    tranquilest tranquilities tranquilness truer trustfully trustily trustiness trustingly trustingness unified
    untarnished validate validates validating valuing vigoroso vindicates virtues vitalization vitalize vitalized
    vitalizes warmish warmness wealthy welcomer welldoers welling wellspring wellsprings wised wiseliest
    worshipfulness worshipping worships worthwhile xqzt yvw
    """
  ),
  (
    18,
    """
    acceptances accomplishes admirer admirers adored adorer advantageously adventuresome adventuristic
    adventurousness affectional affectionate affectioned agog agreeability agreeable agreeableness amorous amuse
    amused amuses amusingness amusive applause appreciating appreciations appreciatively appreciatory astound
    astounded astounding attractions attractiveness awardee awarding beatific beautification beautifier beautifiers
    beautifies beauts beneficialness beneficiaries benefitted benefitting benevolence benevolences bless blessedly
    blessers braved braves bright brighten brilliants calming calmness carefree championing championship champs
    charitableness charm charmer charms cheerer cheerers cheerfuller cheerlead cherishers chuckle clarity
    classy comedic comedies comfortably comforted comforter comforting comfortingly compassionately complimentarily
    complimentary complimented compliments considerate contentedly creativeness creativities creditability
    creditable creditably creditworthiness cutenesses cutes dearer dearly dears deary definitely deliciously
    deliciousness determination devoted devotions dignify dignitary dignity divination divinities dreams eagerness
    easiest elegances elegantly empathetic encouragement energetic energetically energising energizers enjoyableness
    enjoyably enlightens entertaining entertainingly enthuses enthusing excitant excitation excitations excitements
    exciter excitingly exhilarating exonerate faithfully faithfulness faiths fame fantasticality fave favor favored
    favoring favorited favorites favour favoured favours fearless flirtation foaf fond fondly forgivable forgiver
    forgives forgiving forgivingness fortunate freebie freebies freeman freenesses friended friending friendlily
    friendship fulfill fulfilled funnier funnily funniness funning gaining gallant gallantly genial gentle gentlest
    gga gift giggle giggliest givers glamorised glamorize glamorizing glamours grace gracile grander gratefuller
    gratifications hahas hak handsomely hardy harmonic harmoniously harmoniousness harmonise harmonization harmonize
    harmony heavens helpfulness heroines heroizing hilarious honester honesties honorarily honorer honorifics
    honourer hugged huggers hugging humouring hurrahed hurrayed idealism idealistic idealistically ideality
    idealization idealized idealizers ideally impressiveness improver influential innocency inspirator inspirit
    inspiriting intellective intellects intellectualities intellectuality intellectualizes intelligential
    interesting interestingly interestingness invigorate jollities jollity jovial justified keenest kissably kisser
    kissy laugher laughers laughings lighthearted liking livelier livelily livelong lively lmbao lol loyalties
    lucked luckier lucky magnifico marvel merit meritoriousness merits merrier merrymakers neatest nice nicely nicer
    nifty nurturant nurtured nurturer nurtures once-in-a-lifetime opportune optimality optimisations optimise
    optimised optimising optimizes pardoning peaceable peaceableness peacefuller peacemaking perfecter
    perfectibility pleaser pleases pleasurability pleasures popularizer popularly positivisms positivistic
    positivists powerful praiseworthily preciousness pretties privileged proactive profit profits proudful rapturous
    reassured reassuring reassuringly reinvigorated reinvigorates reinvigorating rejoice relax relaxin
    respectabilities respectable respectably respectfully respectfulness rewarders richened richly romancers
    romantic romantically romanticise romanticised romanticist romanticize romanticizes romantics rotglmao safest
    satisfaction satisfiable satisfied satisfies satisfyingly sentimentally sincere sincereness smarten smartening
    smarties smiler smiley sociable sparkle splendiferously splendiferousness stimulating strengthener strengths
    strongish sunny sunshiny supremo surefooted tenderly tenderness terrifically thankfuller thankfully thoughtfully
    thoughtfulness tranquiler tranquility tranquillity treasures triumphalisms truest truster trusting
    trustworthiness truthfully truthfulness urw usefully valuableness virtue virtuosa virtuosas virtuosos virtuously
    vivacious warmest warmhearted welcomely welcomers wellborn wellness winnable winned wisely wiseness woot worthy
    x-p yeees
    """
  ),
  (
    21,
    """
    admirableness adorability adorable adorably adorations adorers affectionately amazed amazedly amazements amazes
    ambitious amorousness amusedly aok applauding ardent astoundingly astounds attraction attractively
    attractivenesses beautified beautifuler beneficently beneficiary benignant blesseder blessing braveries
    breathtaking brightened brilliantines carefulness champ championships charities charmed charmers charmingly
    cheerfully cheerfulness cheeriest cheers cherishable cherisher cherishes cherishing cleverer comedically
    comforts compliment confidently courageousness cute cutesiest cutesy cutey cutiepie cuties daringly darlings
    dearie dearness dedicated delightedness delighter delightfulness delights devotedness devoting devotion
    devotionally dignified dignifies dignifying elegance elegancy elegant encouragements encouragingly energise
    energised energises energize energizer energizes energizing enjoyer enjoyers enjoyments enlightened enthused
    enthusiasms excel excelled excite excites fab fantastical fantasticalities fascinated fascinates fascination
    faultless faultlessly fav favorableness festival festive festively festivities festivity fiesta friendlier
    friendlies friendliness ftw funner gently glamor glamorises glamorized glamorously glamourous glories
    glorification glorifies goodness gorgeousnesses graceful gracefuller gracefulness grandeurs gratefully
    gratefulness gratifyingly gratz grin hagd hagn haha handsome handsomer harmonically harmonious heartwarming
    heroisms heroize heroized heroizes hhoj honorability honorableness honoree honorifically honourable honouring
    honours hug hugs hugz humoring humourous hurrahs idealised idealises idealizes impresses impressively innovate
    innovates inspirations inspirer inspirers inspiritingly intellect intellectualism intellectualist intelligently
    invigorates invigorating invigoratingly invincible jewels jollies jollification jollifications jollify joys
    kinder kindly kissable kmuf laughters likeable liveliest lovelies loyally luck lulz marvels meritorious
    merriments merriness merrymaker merrymaking mirthfully mml motivated motivating neat neatened nicenesses nicest
    noble nurturing okays optimisms optimistically optimize optimized optimizers optimizing passion passions
    peaceably peacefulness peacekeeping peacemaker peaces peacetime peacetimes perfectibilities perfectively
    perfectivity pleasantly pleasantry positivenesses positivist praiser praisers preciously prettier prouder
    radiant reinvigoration rejoiced rejoices relaxed relaxedness relaxing respecter respecting rewardable rewarded
    rewards richness richnesses roflcopter romanced romancing romanticism romanticisms romanticizations
    satisfactions satisfy satisfying scrumptious serene sincerely sincerer sincerest slaw smarter smartness smiles
    smiling splendidly splendorous splendors splendour splendours splendrous sprightly strengthening suave
    succeeding sunshine superiorly supremest sureness sweetie sweeties sweetly sweetness sweets thankfullest
    thankfulness thrillingly treasuring triumphal trueness trustability trustful trustfulness trustiest trusts
    trusty truthful valuables vbg virtuosic virtuosity virtuoso virtuousness vitalising vwp wealth wealthier
    wealthiest wealthily welcomeness wisest woo wows wtg
    """
  ),
  (
    24,
    """
    aas admirability admirably admiringly adorableness adoringly adventuring affection amaze amazement amoroso
    amorously appreciates awardable beauteous beauties beautifications beautify beautifying beneficent beneficially
    blessings bonus bravely braver bravest brightening brilliancies bwahahah charmingest cheer cheered cheerful
    cheerily cheeriness cheering cheerly cherished cleverly cleverness complimenting congrats courageously courteous
    creditworthy cuteness cuter darlingness dauntless delightedly delightsome divinize earnest ecstasies energized
    enjoying enlighten enlightening enterprising entertainments entertains ethical excellences excellencies
    excellency excelling excels excitedly fabulous fascinate fascinating festiveness flawless fondness funned fwb
    generousness gla glamorizer glamorizes glamorous glamour gloried glorified glorifier glorifying glory gorgeously
    gracefully graciously graciousness grandest grandeur gratifying handsomeness happier heaven heavenlinesses
    helpfully heroically heroics honorable honorably honorees hooray humorously humorousness hurrahing hurrays
    impressing inspirational inspirationally intellectual iyq jollied jollier jolliness jolly jollying joyance
    joyfuller joyfully joying kfy kindnesses kudos laughingly liberty lmfao luckily magnific magnifical magnifically
    magnificence magnificences masterpieces merrily merriment merry merrymakings muah mwah optimist passionately
    passionateness peacemakers perfecting perfections pleasant pleasantness pleasantnesses pleasing pleasurable
    pleasurableness pleasured positiveness positiver positives positivity praiseworthiness prized prizewinner
    prizewinners profitableness reinvigorate relaxation respectability rewarding rewardingly riches roflmao
    rotflmfao self-confident sexy sgtm smiled smilingly splendidness sunnier sunniest superior supremeness supremer
    swak sympathetic tgif tia tops treasurable triumphantly triumphing trust trustable trustworthily tyvm valuably
    vip virtuous visionary wealthiness welldoer winningly winnings wisdom woohoo worshiped wowing xoxozzz yay yummy
    ywia
    """
  ),
  (
    27,
    """
    aayf admirable adore adoring alol appreciative appreciator beauteously beauteousness beautifulest beautifulness
    beneficence benevolent blessedest blesser blesses bliss bonuses brilliancy cheerier cheery cleverest cutest
    darling dearest delectably delicious delighters delightfully divine divinest divinity ecstatically enjoyment
    enthusiastically exhilarates exuberant fabulousness friendliest funniest gallantry generosities glorify
    gloriousness godsend gracefullest gracious hahaha handsomest heavenliest heavenliness heroine hurrah hurray
    iluaaf inspiringly jollily joyfulness joyousness kissing lifesaver lmso lolz loverly lovingness lylab lylas
    merriest mirth mirthful overjoyed perfected perfection pleasantest pleasurably pleasure pleasuring positivities
    praiseworthy precious prettiest proudest ptl pukka rejoicing reward rofl romance romanticising rotfl rotflmao
    securest sete sfete sophisticated splendent splendid splendiferous successfulness supremely sweethearts
    tenderheartedly tenderheartednesses treasured trustworthy vwd warmheartedness worshipped wow wowed x-d
    """
  ),
  (
    30,
    """
    adoration ambw amor bff blessed blissful blockbuster brightest brilliance brilliances congratulation delectable
    divinely ecstasy ecstatics enrapture excellently exhilarated exultant funnest gleeful gloriously gorgeous
    gorgeousness hallelujah heavenlier heroical honestest jolliest joyed joyous joyously lmao lovable luckiest lyb
    lyl peacefullest perfectest perfectness positivest prizewinning rotflol rotgl smartest soulmate splendor vbs
    wonderfully wonderfulness xlnt xoxo
    """
  ),
  (
    33,
    """
    aml cheerfullest ecstacy elated euphoria euphoric freedom glee glorious happiest ilu ily lovingly lya
    magnificently paradise sweetheart
    """
  ),
]
