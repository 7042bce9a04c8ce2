/// Words that change or direct the sentiment of neighbouring words.
let sentimentRoleLists: [(role: WordRoles, words: StaticString)] = [
  (
    .negation,
    """
    ain't aren't barely can't cannot couldn't didn't doesn't don't fail failed failing fails hadn't hardly hasn't
    haven't isn't lack lacked lacking lacks neither never no nobody none nor not nothing refuse refused refuses
    refusing reject rejected rejecting rejects scarcely shouldn't unable wasn't weren't withdraw withdrawn withdraws
    withdrew without won't wouldn't lose loses losing lost aint arent cant couldnt didnt doesnt dont hadnt hasnt havent isnt
    shouldnt wasnt werent wont wouldnt
    """
  ),
  (
    .booster,
    """
    absolutely badly completely deeply dramatically especially extremely greatly heavily highly hugely increasingly
    incredibly massively more most overwhelmingly particularly really remarkably seriously severely sharply
    significantly so strongly substantially totally truly utterly very widely
    """
  ),
  (
    .damper,
    """
    almost fairly kinda less little marginally mildly nearly partially partly rather relatively slightly somewhat
    """
  ),
  (
    .contrast,
    """
    although but however nevertheless nonetheless though yet
    """
  ),
  (
    .up,
    """
    accelerate accelerated accelerates add added advance advanced advances balloon ballooned beat beating beats
    boost boosted boosting boosts climb climbed climbing climbs deepen deepened deepens double doubled doubles
    doubling exceed exceeded exceeding exceeds expand expanded expanding expands gain gained gaining gains grew grow
    growing grown grows higher hike hiked hikes hiking increase increased increases increasing jump jumped jumping
    jumps lift lifted lifting lifts mount mounted mounting picked quadrupled raise raised raises raising rallied
    rallies rally rallying rebound rebounded recover recovered recovering recovers rise risen rises rising rose
    skyrocket skyrocketed soar soared soaring soars spike spiked spikes spiking strengthen strengthened strengthens
    surge surged surges surging surpass surpassed surpasses swell swelled swells top topped tops triple tripled up
    upped widen widened widening widens
    """
  ),
  (
    .down,
    """
    below collapse collapsed contracted crumble crumbled curb curbed curbing curbs cut cuts
    cutting dashed decline declined declines declining decrease decreased decreases decreasing deteriorate
    deteriorated deteriorates dip dipped dips down drop dropped dropping drops dwindled dwindling ease eased eases
    easing eliminate eliminated eliminates eroded evaporated fade faded fades fall fallen falling falls fell fewer
    halve halved halves halving less lessen lessened lower lowered lowering lowers lowest minus miss missed misses
    narrow narrowed narrowing narrows plummet plummeted plummets plunge plunged plunges plunging reduce
    reduced reduces reducing reduction remove removed removes removing retreat retreated sag sagged sank scaled shed
    sheds shrank shrink shrinking shrinks shrunk sink sinking sinks slash slashed slashes slashing slid slide slides
    sliding slip slipped slipping slips slow slowed slower slowing slows slump slumped slumping slumps soften
    softened stagnated suffered sunk trim trimmed trimming trims tumble tumbled tumbles tumbling vanished wane waned
    wanes weaken weakened weakening weakens worsen worsened worsens withdrawn
    """
  ),
  (
    .goodWhenUp,
    """
    access approval attendance bookings capacity confidence crop crops customers deliveries demand dividend
    dividends donations earning earnings ebit ebitda economy employment enrollment enrolment eps estimates
    expectations export exports forecast forecasts funding gdp grades graduation growth guidance harvest headcount
    hiring income incomes index investment investments job jobs life-expectancy literacy manufacturing margin
    margins marks morale order orders outlook output participation passengers performance popularity price-target
    production productivity profit profits quality rating ratings receipts reliability results revenue revenues
    salaries salary sale sales satisfaction savings scores share shares shipments spending staff stock stocks
    subscribers support surplus survival takings target targets traffic trust turnover visitors volume volumes wage
    wages workforce yields
    """
  ),
  (
    .badWhenUp,
    """
    absence absences absenteeism accidents admissions arrears attacks backlog backlogs bankruptcies bankruptcy bills
    burden burglaries bycatch cancellations carbon case cases casualties charge-off charge-offs claims complaint
    complaints concentrations congestion contaminants cost costs crime crimes death deaths debt debts defaults
    deficit deficits delay delays disruption dropout emissions error errors evictions expenditure expenses
    fatalities fees foreclosures fraud homelessness homicides hospitalisations hospitalizations hunger impairments
    infection infections inflation injuries joblessness layoffs loss losses mortality murders outages overcrowding
    overdoses pollutants pollution poverty provisions queues relapses rent rents risk risks robberies shootings
    shortage shortages smog spam suicides tariffs tensions thefts toll toxins turnover-rate unemployment violence
    wait waiting waits waste write-downs write-offs writedowns
    """
  ),
  (
    .reverser,
    """
    acquits acquitted alleviate alleviated alleviates alleviating avert averted averting averts avoid avoided
    avoiding avoids cleared clearing clears combat combating combats curb curbs cure cured cures defuse defused
    defuses defusing dismantle dismantled dismantles ease eased eases easing eliminate eliminated eliminates
    eliminating end ended ending ends eradicate eradicated eradicates eradicating escape escaped exonerated
    extinguish extinguished fight fighting fights fix fixed fixes fixing foil foiled foils freed freeing frees
    halted heal healed healing heals innocent lift lifted lifting lifts minimize minimizes mitigate mitigated mitigates
    overcame overcome overcomes overturned prevent prevented preventing prevents protect protected protecting
    protects quash quashed quell quelled reduce reduced reduces reducing relieve relieved relieves remedied remedy
    repair repaired repairs rescue rescued rescues rescuing resolve resolved resolving saved saves settle settled
    settles settling shield shielded shields solve solved solves spared spares stop stopped stopping stops survive
    survived survives tackle tackles tackling thwart thwarted thwarts treat treated treating treats withstand
    withstood
    """
  ),
  (.comparison, "after from against compared versus vs than"),
  (.cause, "after over amid following because since when before as by"),
  (
    .determiner,
    """
    a an the this that these those his her its their our my your no none nobody nothing neither never any each every one single
    """
  ),
  (.preposition, "in to by from"),
  (.comparative, "better worse happier prouder clearer safer stronger easier greater"),
  (.modal, "could couldn't couldnt can't cant cannot"),
]
