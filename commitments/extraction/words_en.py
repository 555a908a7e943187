"""The closed lists of English words that the grammar stands on."""

VERBS = frozenset(
    """
abide abolish accede accelerate accept access accommodate accompany achieve acquire act activate adapt add address
adhere adjust administer adopt advance advise advocate aid alert align alleviate allocate amend analyse analyze anchor
announce appeal apply appoint approve arbitrate arrange ask assemble assess assign assist assume assure attract audit
augment authorise authorize automate avert avoid award back balance ban base beef begin better bid bind block bolster
book boost boycott bridge brief bring broaden build bundle buy calibrate call campaign cancel cap capitalise capture
carry cascade catalyse cater cease celebrate cement certify chair challenge champion change channel charge chart check
choose circulate clarify classify clean clear close co-chair co-create co-develop co-finance co-fund co-host
co-operate co-ordinate codesign codify collaborate collect combat commemorate commence commission commit communicate
compensate compete compile complete comply concentrate conclude conduct confiscate confront connect consent conserve
consider consolidate construct consult contain continue contract contribute control convene converse convert convey
cooperate coordinate cope correct counter cover crack create criminalise criminalize cultivate curb customise
customize cut de-escalate deal debate decarbonise decentralise declare decommission decrease dedicate deepen defend
defer define delegate deliver demilitarise demine demonstrate denuclearise deploy deregulate design designate detain
detect deter develop devise devote digitalise digitalize digitise digitize diminish direct disarm disburse disclose
discontinue discourage discuss disengage dismantle display disrupt disseminate dissolve distribute diversify divert
divest document donate double draft draw dredge drive drop dry earmark ease educate elaborate electrify elevate
eliminate embargo embark embed embrace employ empower emulate enable enact encourage end endorse enforce engage
enhance enlarge enrich enrol ensure enter entrench entrust enumerate envisage equalise equip eradicate erect escort
establish evacuate evaluate examine exchange exclude execute exempt exercise exert exhaust expand expedite exploit
explore export expose extend extradite facilitate fast-track favour feature fence ferry fight file fill finalise
finalize finance find fix flag focus follow forge formalise formulate fortify foster freeze fulfil fulfill fund
galvanise galvanize gather gauge gear generate germinate get give govern grant greenlight grow guarantee guard guide
halt halve handle harmonise harmonize harness hasten heal help highlight hire hold honor honour host house identify
impart implement import impose impound improve inaugurate incentivise include incorporate increase incubate indemnify
index influence inform initiate inject innovate insert inspect inspire install institute institutionalise instruct
insulate insure integrate intensify interact intercept interconnect interlink intervene introduce invest investigate
invite issue itemise join jump-start keep kick-start label launch lead learn lease legalise legislate lend lessen let
leverage levy liaise liberalise license lift limit link list lobby localise lock lodge lower mainstream maintain make
manage mandate map mark match materialise maximise maximize measure mediate meet mentor merge minimise mitigate
mobilise mobilize moderate modernise modernize monitor moor mothball motivate move name narrow nationalise negotiate
neutralise neutralize nominate notify nudge nurture observe obtain offer offset open operate operationalise optimise
optimize organise organize orient outlaw outline outsource overcome overhaul oversee overturn own pair participate
partner pass patrol pause pave pay peg penalise perform permit persist phase pilot pioneer place plan plant pledge
plough police pool postpone pour power practise prepare prescribe present preserve press prevent prioritise prioritize
privatise process proclaim procure produce professionalise program prohibit project promote propel propose prosecute
protect prototype provide publicise publish purchase pursue push put quadruple quantify raise rally rank ratify
rationalise re-engage re-establish re-examine re-open reach react realign realise reallocate reassess rebalance rebate
rebuild recalibrate recapitalise reclaim recognise recognize recommend recommit recompense reconcile reconstruct
reconvene record recover recruit rectify recycle redesign redirect redistribute redouble reduce refer refinance refine
refocus reforest reform refrain refurbish refuse register regulate rehabilitate rehouse reimburse reinforce reinstate
reintegrate reintroduce reinvest reinvigorate reject rejuvenate rekindle relaunch relax release relieve relocate rely
remediate remedy remove renegotiate renew renovate reopen reorganise reorient repair repatriate repay repeal replace
replant replenish replicate report represent repurpose request require rescind rescue research reserve reset resettle
reshape resist reskill resolve resource respect respond restart restore restrict restructure resume retain retire
retool retrain retrofit return reunite reuse revamp reverse review revise revisit revitalise revive revoke reward
rezone ring-fence ringfence roll roll-out root route run safeguard sanction save scale scope scrap screen scrutinise
seal search secure seek select sell send sensitise sequester serve set settle share shed shelter shield shift shore
shorten shortlist show shut sign sign-post signpost simplify slash smooth soften solve source sow spare spearhead
specify speed spend sponsor spread spur stabilise stabilize standardise standardize start steer stem step stimulate
stockpile stop store streamline strengthen strive structure study submit subscribe subsidise subsidize substitute
superintend supervise supplement supply support suppress surpass survey suspend sustain switch synchronise synthesise
systematise table tackle tailor take tap taper target task tax teach tender terminate test tie tighten top toughen
trace track trade train transfer transform transition translate transmit transport transpose travel treat treble trial
trigger trim triple turn twin unblock underpin undertake underwrite unify unite unlock unveil update upgrade uphold
uplift upskill urbanise use usher utilise utilize vaccinate validate value verify vet visit voice vote waive wean
weatherise weed widen win wind wipe withdraw work write yield
""".split()
)
# As often nouns: a verb only before what an object begins with.
ALSO_NOUNS = frozenset(
    """
access act address advance aid aim alert anchor appeal approach audit award back balance ban base better bid block
book boost bridge bundle call campaign cap cement challenge charge chart check clean clear combat compact compete
conduct contact contract control cover curb cut deal debate decrease demand design display document draft drop end
estimate exchange exercise export express favour feature feed fence fight file fill finance fix flag focus forge fund
gear grant guarantee guard guide harness help highlight host house import increase index influence issue label launch
lead learn lend let levy license lift limit link list lock lower map mark market master match measure meet mentor
merge monitor move name narrow object offer offset open outline own pair partner pass patrol pay permit phase pilot
pioneer place plan plant pledge police pool power present press process produce program project purchase push rally
rank reach record reform register release remedy report rescue research reserve resource respect return review reward
roll root route run sanction save scale scope screen seal search serve set settle shape share shelter shield shift
shore show sign source sponsor spread staff start steer stem step stop store structure study supplement supply support
survey switch table tap target task tax tender test tie top trace track trade train transfer transition transport
travel treat trial trigger turn twin update upgrade use value visit voice volunteer vote win wind work yield
""".split()
)
# What is meant to come of an act rather than an act.
SOFT = frozenset("reinforce enhance strengthen improve boost foster deepen ensure enable increase reduce".split())
NOUNS_IN_ING = frozenset(
    """
advertising anything banking beginning briefing broadcasting building camping ceiling clothing computing cooling
counselling cycling dealing developing drilling emerging engineering evening everything existing farming feeling
filing financing finding fishing flooding forthcoming funding gathering grazing growing hearing heating housing
learning lending licensing lighting living logging manufacturing marketing meeting mining monitoring
morning networking nothing nursing ongoing outstanding parking peacekeeping planning policing pricing processing
programming publishing recycling reporting remaining schooling screening setting shipping smuggling something
spending spring string surrounding teaching testing thing training trading trafficking tutoring underlying
understanding upcoming voting walking warning well-being wellbeing working writing
""".split()
)
NO_GERUNDS = frozenset(
    """
according beginning concerning during excluding following including notwithstanding pending regarding starting
""".split()
)
BEFORE_VERB = frozenset("also further each both now never together and".split())
# What holds an office or acts for the speaker, one and many.
BODIES = """
adjudicator administration agencies agency authorities authority bank board cabinet center centre cities city
commission commissioner committee company conference corps council counties countries country county court delegation
department directorate economies economy embassies embassy envoy expert force forum fund government governor group
head hospital inspector inspectorate institution laboratories laboratory leader mayor member minister ministries
ministry mission municipalities municipality network office officer official ombudsman operator parliament presidency
president province region regulator representative school secretariat secretaries secretary sherpa side state summit
team troop union unit universities university
""".split()
# A sentence may begin with these without naming anybody.
NO_BEGINNING_OF_NAMES = """
After And As At Before But By Coming During Finally First For From Here However In Its Meanwhile My Next Now On Our Over
Second Since So That Their Third This Through To Today Together Under We While With Within
""".split()
