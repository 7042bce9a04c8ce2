/// The tone of words in news, in tenths from -40 to 40, written for this project.
///
/// Inflected forms (-s, -es, -ed, -ing, -ly) are found by `Tone`; a form stands here where it means something else. Words that
/// sound warm or grave but say nothing in news ("share", "united", "interest", "security", "defense") are left out, and
/// the last list takes back the forms that would be found by chance.
let ratingLists: [(rating: Int8, words: StaticString)] = [
  (
    -34,
    """
    murder murderer massacre genocide terrorism terrorist atrocity rape rapist torture slaughter catastrophe catastrophic
    killing holocaust assassinate assassination evil horrific
    """
  ),
  (
    -29,
    """
    kill death dead die died dying deadly fatal fatally disaster disastrous tragedy tragic devastate devastating
    devastation bomb bombing bomber explosion terror horror hate hatred suicide homicide brutal brutality abuse abusive
    abuser victim racist racism bigot bigotry assault attacker gunman war bloodshed bloody cruel cruelty fraud
    fraudster corrupt corruption nazi criminal starvation famine epidemic lethal vicious shit disgusting despicable
    """
  ),
  (
    -24,
    """
    attack crisis crash collapse destroy destruction destructive violence violent violate violation shooting shoot
    wound injure injury crime guilty convict conviction prison jail arrest scandal betray betrayal threat threaten
    danger dangerous disease suffer suffering pain painful panic outrage outrageous shame shameful disgrace
    disgraceful lie liar lying hostile hostility hostage kidnap toxic poison bankrupt bankruptcy recession ruin
    harm harmful harass harassment misconduct fear afraid scared terrible awful horrible worst dire severe rage fury
    furious anger angry cheat cheating exploit exploitation extremist extremism fascist dictator oppress oppression
    unrest riot rioter looting failure fail deceive deception dishonest corruptly illegal illegally unlawful unlawfully
    steal stole stolen theft robbery robber thief smuggling traffick trafficking nightmare grim chaos chaotic cancer
    debacle fiasco demonize vile smear disinformation traitor treason manslaughter stab stabbing drown molest predator
    """
  ),
  (
    -19,
    """
    bad worse worsen wrong loss lose lost losing hurt damage damaging accuse accusation allege allegation blame condemn
    condemnation denounce criticize criticise criticism critic slam blast lash rebuke attackers indict indictment
    prosecute lawsuit sue sued penalty punish punishment sanction ban reject rejection refuse refusal deny denial
    resign resignation fire fired sack ousted oust impeach impeachment layoff unemployment unemployed poverty
    poor debt deficit shortage hunger hungry flood drought earthquake hurricane wildfire storm pollution contaminate
    contamination outbreak illness sick infect infection virus flaw flawed defect defective weak weakness weaken
    broken breach hack hacker leak vulnerability vulnerable risky mislead misleading false falsely falsehood
    conspiracy controversy controversial controversially dispute feud clash conflict protest strike discrimination
    discriminate unfair unfairly unjust injustice inequality neglect negligence reckless recklessly irresponsible
    incompetent incompetence ignorant mistake error blunder backlash setback slump downturn plunge plummet tumble
    turmoil trouble troubled struggle distress desperate desperately despair grief mourn sad sadly sadness upset
    disappoint disappointing disappointment frustrate frustrating frustration alarm alarming worry worried worrying
    anxious anxiety concern concerned fearful doom bleak gloomy lawless nasty ugly insult mock ridicule humiliate
    humiliation embarrass embarrassing embarrassment stupid idiot dumb fool foolish crazy insane unfit coward hypocrite
    hypocrisy undermine sabotage obstruct obstruction cover-up coverup perjury bribe bribery extort extortion
    foreclosure default evict eviction homeless homelessness overdose addiction explode erupt evacuate evacuation
    smash wreck disgraced disgust dread crackdown aggressive aggression invade invasion occupation missile casualty
    """
  ),
  (
    -13,
    """
    problem problematic difficult difficulty challenge obstacle barrier burden complain complaint delay delayed cancel
    cancellation suspend suspension halt block stall decline drop fall cut slash cost costly expensive tax
    lack insufficient inadequate unable unlikely unclear uncertain uncertainty doubt doubtful question skeptic skeptical
    skepticism suspect suspicion suspicious warn warning caution risk oppose opposition opponent disagree disagreement
    object objection against tension tense strain stress stressful pressure confuse confusing confusion complicated
    cumbersome slow sluggish outdated obsolete fragile unstable instability volatile miss missed missing shut closure
    close-down quit dismiss dismissal withdraw withdrawal retreat abandon ignore limit limitation restrict restriction
    investigation probe subpoena charge penalize defeat rival weird odd strange dubious questionable unpopular
    unhappy unsafe unwilling unable unexpected unnecessarily unnecessary waste wasteful wasted tired boring
    disrupt disruption hazard hazardous nuisance emergency scam spam phishing malware downgrade shrink bias biased
    divisive division disabled loophole contentious reluctant reluctantly shortfall shortcoming defiant defy
    inaccurate inaccuracy incorrect frustrated ineligible inefficient inefficiency pitfall bug glitch downside
    """
  ),
  (
    13,
    """
    benefit beneficial help helpful helpfully assist assistance support supporter supportive easy easily easier ease useful
    valuable value worth effective effectively efficient efficiency efficiently improve improvement enhance enhancement
    upgrade boost gain grow growth rise recover recovery rebound rally strengthen strength strong stronger solid
    stable stability steady safe safely safety secure reliable reliably accurate accurately clear clearly clarity
    simple simplify smart clever skilled skill talent talented creative creativity innovative innovation
    opportunity progress advance promote promotion enable empower encourage encouraging encouragement agree agreement
    accept approve approval endorse endorsement welcome invite interested interesting engage engaging engaged
    popular popularity favor favorable favourable favorite prefer fair fairly fairness fresh healthy health-giving
    affordable free freedom free-of-charge accessible convenient convenience fast faster quick quickly
    successfull resolve solution solve restore repair rebuild reform relief relieve protect protection trust trusted
    confident confidence optimistic optimism hope hopeful ready eager generous generously donate donation volunteer
    sustainable transparent transparency collaborate collaboration partnership inclusive unite unity peaceful peacefully
    calm respect respected respectful honest honestly honesty integrity fun enjoy enjoyable comfortable smooth smoothly
    """
  ),
  (
    19,
    """
    good better best success succeed successful successfully win won winning winner victory triumph achieve achievement
    accomplish accomplishment award awarded prize honor honour honored medal champion celebrate celebration celebrated
    praise praised applaud commend compliment congratulate congratulations thank thankful grateful gratitude
    appreciate appreciation admire admiration proud proudly pride happy happily happiness glad pleased pleasure
    delight delighted delightful love lovely loved kind kindness compassion compassionate caring warm friendly
    friend beautiful beautifully beauty great greatly excellent excellence impressive impress impressed exciting excited
    excitement inspire inspiring inspiration inspirational promising prosper prosperity prosperous thrive thriving
    flourish profit profitable profitability breakthrough milestone record-breaking rescue rescued survive survivor
    save saved heal healing cure peace truce ceasefire reconcile reconciliation liberate courage courageous brave
    bravery hero heroic loyal loyalty generosity charity popularly robust vibrant remarkable remarkably
    enthusiastic enthusiasm enthusiastically passionate passion acclaim acclaimed award-winning world-class
    """
  ),
  (
    26,
    """
    outstanding brilliant brilliantly amazing fantastic wonderful awesome superb spectacular magnificent terrific
    incredible extraordinary exceptional phenomenal perfect perfectly joy joyful thrilled thrilling masterpiece
    triumphant jubilant ecstatic miracle marvelous stunning
    """
  ),
  (
    0,
    """
    killer-app war-gaming drop-down drop-in dropbox costing closing limited unlimited questionnaire object-oriented
    objects object objective objectives fallback free-form freelance freely freed charge charged charging charges fired-up
    firing value values valued tax taxes taxed challenge-based missing-data cut-off cutting-edge blocks block blocked
    blocking question questions questioned strike-through support supports supported supporting helps clears cleared clearing clear
    warmer kindly kinds kind strikingly fallen-through trusting bests betters risen friends-only likes united readying
    readily interests interesting winded pressures pressure steady-state unexpectedly restriction-free securely
    critically critical critic critics issues issue interest share shares security defense defence justice court police
    """
  ),
]
