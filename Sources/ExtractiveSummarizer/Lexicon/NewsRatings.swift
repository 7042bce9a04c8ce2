/// The sentiment of words in news, in tenths from -40 to 40, written for this project. It takes precedence over
/// `generalRatings`.
///
/// Every form has a rating of its own, because endings mislead ("critic", "critical", "critically"). Words that sound
/// warm or grave but say nothing in news ("share", "interest", "defense", "approve") are in neither list.
let newsRatings: [(rating: Int8, words: StaticString)] = [
  (
    -34,
    """
    assassinate assassinated assassination atrocities atrocity catastrophe catastrophic genocide holocaust massacre
    murder murdered murderer murders rape raped rapes rapist slaughter slaughtered terrorism terrorist terrorists
    torture tortured
    """
  ),
  (
    -29,
    """
    abuse abused abuser abuses abusive assault assaulted assaults bloodshed bomb bombed bomber bombing bombings
    bombs brutal brutality corrupt corruption dead deadlier deadliest deadly despicable devastate devastated
    devastating devastation disastrous disgusting explosion explosions fatal fatally fraud fraudster fraudulent
    gunman gunmen homicide homicides kill killed killing killings kills racism racist starvation suicide tragedies
    tragedy tragic victimized
    """
  ),
  (
    -24,
    """
    airstrike airstrikes ambush ambushed arrest arrested arrests arson attack attacked attacker attackers attacking
    attacks avalanche awful bankrupt bankruptcies bankruptcy beheaded blaze bribe bribery bribes cancer capsize
    casualties casualty chaos chaotic collapse collapsed collapses collapsing convicted conviction convictions coup
    crash crashed crashes crime crimes criminal criminals crises crisis cyberattack cyberattacks cyclone death
    deaths deceive deceived deception deceptive destroy destroyed destroys destruction die died dies dire disaster
    disasters disgrace disgraced disgraceful dishonest disinformation drown drowned dying earthquake embezzle
    embezzled embezzlement epidemic evacuate evacuated evacuation evacuations extortion extremism extremist
    extremists fail failed failing fails failure failures famine fatalities fatality furious fury guilty gunfire
    harass harassed harassing harassment harm harmed harmful hijack hijacked hijacking horrible horrific hostage
    hostages illegal illegally imprisoned imprisonment indict indicted indictment indictments injure injured
    injuries injuring injury insolvent jail jailed kidnap kidnapped kidnapping laid-off launder laundering
    layoff layoffs liar lie lied lies looting lying manslaughter militants misconduct mudslide oppression outbreak
    outrage outraged outrageous pandemic perjury plummet plummeted plummeting plummets plunge plunged plunges
    plunging prison rage recession riot rioters riots robberies robbery rubble scandal scandals severe severely
    shame shameful shelled shelling shooting shootings shot siege smuggling stabbed stabbing stabbings starving
    steal stealing stole stolen terrible theft threat threaten threatened threatening threatens threats torched
    toxic trafficking treason tsunami typhoon unlawful unlawfully unrest violate violated violates violation
    violations violence violent violently wildfire wildfires worst wound wounded wounds wreckage
    """
  ),
  (
    -19,
    """
    accusation accusations accuse accused accuses accusing addiction aggression airstrikes alarm alarmed alarming
    allegation allegations allege alleged allegedly alleges anti-semitic antisemitic anxiety anxious assail assailed
    backfire backfired backlash bad ban banned bans baseless bash bashed bashing belittle belittled berate berated
    bigot bigotry bitter bitterly blackout blackouts blame blamed blames blaming blasted blasting blasts bleak
    blunder botched breach breached breaches broken bruised bullied bully bullying bungled burned burning burnt
    capsized charged charges cheat cheated cheating chide chided cholera clash clashed clashes collision coma
    complain complained complaint complaints condemn condemnation condemned condemning condemns conflict conspiracy
    contaminate contaminated contamination controversial controversies controversy cover-up coverup crackdown
    criticise criticised criticises criticising criticism criticisms criticize criticized criticizes criticizing
    curfew damage damaged damages damaging debris debt debts decried decry default defaulted defect defective
    defects deficit delist delisted denounce denounced denounces denouncing derailed derailment deride derided
    derogatory despair desperate desperately deteriorate deteriorated deteriorating deterioration disappoint
    disappointed disappointing disappointment discriminate discriminated discrimination disgust disparage
    disparaging displaced disrespect disrespected disrespectful distress divisive doomed downgrade downgraded
    downgrades downturn drought dumb embarrass embarrassed embarrassing embarrassment error errors evicted eviction
    evictions excessive explode exploded extinct extinction fallout false falsehood falsehoods falsely fear feared
    fearful fears feud fine fined fired firing flaw flawed flaws flood flooded flooding floods flop flopped fool
    foolish foreclosure foreclosures frustrated frustrating frustration fugitive furor gloom gloomy grief grim hack
    hacked hackers hacking hate hated hatred headwinds heatwave homeless homelessness homophobic hostile hostility
    humiliate humiliated humiliating humiliation hunger hurricane hurt hurts hypocrisy hypocrite hypocritical idiot
    idiots illness impairment impairments impeach impeached impeachment improper improperly inappropriate
    inappropriately incompetence incompetent ineffective inept inequality infected infection infections injustice
    insolvency insult insulted insulting insults insurgents invade invaded invasion ire irresponsible lambasted
    lash lashed lashes lashing leak leaked leaking leaks liquidation looted lose loses losing loss
    loss-making losses lost malnutrition manipulate manipulated manipulation miserable misery mishandled mishandling
    mislead misleading misled mismanaged mismanagement misogynist mistake mistakes mock mocked mocking mocks mourn
    mourned mourning mutiny nasty neglect neglected negligence obstruct obstructed obstruction offensive oust ousted
    ouster outage outages overdose overdoses overturned pain painful paralysed paralyzed penalties penalty plead
    pleaded plight plot plotted plotting polluted pollution poor poverty prosecute prosecuted prosecution prosecutor
    prosecutors punish punished punishment raid raided raids ransacked rebuke rebuked rebukes recall recalled
    recalls reckless recklessly refugees refusal refuse refused refuses refusing reject rejected rejecting rejection
    rejects relegated relegation resign resignation resigned resigning resigns ridicule ridiculed ridiculous rigged
    robbed rout ruin ruined sabotage sack sacked sad sadly sanction sanctioned sanctions sank scold scolded sell-off
    selloff setback setbacks sexist shady shortage shortages shutdown shutdowns sick sinkhole sinking slam slammed
    slamming slams slashed slid slide slides slowdown slowing slump slumped slumping slumps spill stagnant stagnate
    stagnation storm storms stranded struggle struggled struggles struggling stumble stumbled stupid subpoena
    subpoenaed sue sued sues suffer suffered suffering suffers suing sunk taunt taunted testified troubled troubling
    tumble tumbled tumbles tumbling tumor tumors tumour tumours turmoil ugly unacceptable undermine undermined
    undermines undermining underperform underperformed underperforming unemployed unemployment unethical unfair
    unfairly unfounded unhinged unjust unpopular unprofitable uproar upset vandalised vandalism vandalized victim
    victims virus vulnerabilities weak weaken weakened weakening weakens weaker weakness weaknesses wiped
    worried worries worry worrying worse worsen worsened worsening worsens wrath wreck wrecked write-down writedown
    wrong wrongdoing
    """
  ),
  (
    -13,
    """
    abandon abandoned aftershock aftershocks amid backtrack backtracked barred bias biased bizarre burden burdens
    cancel canceled cancellation cancelled caught caution cautioned closed-down closure closures collapse-prone
    concede conceded concern concerned concerning concerns confuse confused confusing confusion consequences
    contentious costly counterfeit curtail curtailed deadlock defeat defeated defiant deficits defied deforestation
    defy delay delayed delays demote demoted denial denied denies deny denying deport deportation deported detain
    detained detention difficult difficulties difficulty disabled disagree disagreed disagreement discontinue
    discontinued dismal dismiss dismissal dismissed dismisses dispute disputed disputes disrupt
    disrupted disruption disruptions disrupts dodge dodged doping doubt doubted doubtful doubts downplay downplayed
    downside dubious embattled endangered evacuees evade evaded evasion evasive expelled fallen falling falter
    faltered faltering fled flee fleeing flip-flop fragile frivolous glitch glitches gridlock grounded halt
    halted halts hazard hazardous hazards ignore ignored ignores ignoring immunity impasse inaccurate inadequate
    incorrect inefficient infighting inquiry instability insufficient investigate investigated investigating
    investigation investigations investigators jobless lack lacked lacking lackluster lacklustre lacks
    lockout loophole loopholes malware miss missed missile missiles missing objection objections
    obsolete obstacle obstacles odd oppose opposed opposes opposition outdated phishing poaching postpone postponed
    postpones pressure pressured probe probes problem problematic problems put-off questionable questioned
    ransomware rationing redundancies redundant reluctant reluctantly repeal repealed repeatedly rescind rescinded
    restated retreat retreated retrenchment revoke revoked rift risk risks risky rival scam scams sceptical
    scepticism secrecy secretly seize seized sexual sexually shortcoming shortcomings shortfall shortfalls
    shrank shrink shrinking sidestepped silence silenced skeptic skeptical skepticism skeptics slow sluggish spam
    spied spying squeeze squeezed stalemate stall stalled stalls stoppage strain strained stress strikes
    struck stuck subdued subpoenas surveillance suspend suspended suspends suspension suspicion suspicions
    suspicious tense tension tensions tepid terminate terminated termination tremor tremors trouble unable uncertain
    uncertainty unclear unfit unhappy unnecessary unpaid unqualified unrealistic unsafe unstable unwilling volatile
    volatility walkout walkouts warn warned warning warnings warns waste wasted wasteful weigh weighed withdraw
    withdrawal withdrawn withdrew
    """
  ),
  (
    13,
    """
    accessible accurate acquittal acquitted affordable alleviate alleviated allies ally applauds assist assistance
    assisted avert averted averts awarded beat beats beloved beneficial benefit benefited benefiting benefits
    best-selling bestselling bipartisan boom booming boost boosted boosts bullish buoyant calm charming cheaper
    cleaner cleared clever climbed clinch clinched collaborate collaborated collaboration comfortable confident
    contribution contributions convenient defused deserved deserves deserving discovery distinguished donate donated
    donates donation donations eager earn earned earns easier effective effectively efficiency efficient efficiently
    eminent empower empowered empowering encourage encouraged encourages encouraging endorse endorsed endorsement
    endorses enhance enhanced enhancement enhances enjoy enjoyable enjoyed enjoys ensure ensures ensuring equalised
    equalized eradicate eradicated eradicates esteemed exceed exceeded exceeding exceeds exonerated expand expanded
    expands expansion extinguished fair fairness faithful faster favorable favorite favourable favourite first-ever
    foiled gain gained gains generous generously gifted graduate graduated graduates grew grow grown grows growth
    healthier healthy heartfelt help helped helpful helping helps hire hired hires hiring honest honestly honesty
    hopeful humor humour iconic improve improved improvement improvements improves improving inclusive innovation
    innovations innovative integrity intelligent invest invested invests jump jumped legacy legendary lifted
    long-term love loved loves loving modernise modernised modernize modernized momentum opportunities opportunity
    optimism optimistic outperform outperformed outperforming outperforms outplayed pardoned partnership
    partnerships peaceful peacefully pioneer pioneered pioneering popular popularity prestigious progress promote
    promoted promotes protect protected protecting protection protects proven rallied
    rally rebound rebounded rebuild rebuilt recover recovered recovering recovery reliable reliably relieve
    relieved renowned reopen reopened reopening reopens repaired rescuers resolve resolved respect respected
    respectful restore restored restores reunion reunite reunited revered revival revived revives safely safer
    safety secured smooth smoothly soar soared soaring soars solid solution solve solved solves spared stability
    stable steady strength strengthen strengthened strengthens strong stronger strongest support supported
    supporting supportive supports surge surged surges surging surpass surpassed surpasses sustainable talented
    thwarted topped trailblazing transparency transparent tribute trusted unbeaten undefeated understanding
    unity upbeat upgrade upgraded upgrades upgrading upheld useful valuable vindicated volunteer
    volunteers warmth welcome welcomed welcomes welcoming wit worth
    """
  ),
  (
    19,
    """
    acclaim acclaimed accomplish accomplished accomplishment accomplishments achieve achieved achievement
    achievements achieves admiration admire admired admires applaud applauded appreciate appreciated appreciation
    award award-winning awards beautiful beautifully beauty best better brave bravery breakthrough breakthroughs
    caring ceasefire celebrate celebrated celebrates celebrating celebration champion championed champions
    charitable commend commended compassion compassionate congratulate congratulated congratulations courage
    courageous cure cured delight delighted delightful enthusiasm enthusiastic excellence excellent excited
    excitement exciting flourish flourishing freed friend friendly friends generosity glad good grateful gratitude
    great greater greatest greatly hailed happily happiness happy heal healed healing hero heroes heroic heroism
    honor honored honoring honors honour honoured impress impressed impressive inspiration inspire inspired inspires
    inspiring kindness laud lauded lauds liberate liberated lovely loyal loyalty medal medals milestone milestones
    ovation passionate peace pleased praise praised praises praising pride prize prizes profitability profitable
    promising prosper prosperity prosperous proud proudly reconcile reconciled reconciliation record-breaking
    remarkable remarkably rescue rescued rescues save saved saves succeed succeeded succeeds success successes
    successful successfully survive survived survives survivor survivors thank thanked thankful thanks thrive
    thrived thriving triumph triumphed triumphs truce unharmed unhurt unscathed vibrant victories victorious victory
    warm warmly win winner winners winning wins won world-class
    """
  ),
  (
    26,
    """
    amazing awesome brilliant brilliantly ecstatic exceptional extraordinary fantastic incredible joy joyful
    jubilant magnificent marvellous marvelous masterpiece miracle outstanding perfect perfectly phenomenal
    spectacular stunning superb terrific thrilled thrilling triumphant wonderful
    """
  ),
]
