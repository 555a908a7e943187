"""The closed lists of English words that the grammar stands on."""

import re

VERBS = frozenset(
    """
abide abolish accede accelerate accept access accommodate accompany achieve acquire act activate adapt add address
adhere adjust administer adopt advance advise advocate aid alert align alleviate allocate amend analyse analyze anchor
announce appeal apply appoint approve arbitrate arrange ask assemble assess assign assist assume assure attract audit
augment authorise authorize automate avert avoid award back balance ban base beef begin better bid bind block bolster
book boost boycott bridge bring broaden build bundle buy calibrate call campaign cap capitalise capture carry cascade
catalyse cater cease celebrate cement certify chair challenge champion change channel charge chart check choose
circulate clarify classify clean clear close co-chair co-create co-develop co-finance co-fund co-host co-operate
co-ordinate codesign codify collaborate collect combat commemorate commence commission commit communicate compensate
compete compile complete comply concentrate conclude conduct confiscate confront connect consent conserve consider
consolidate construct consult contain continue contract contribute control convene converse convert convey cooperate
coordinate cope correct counter cover crack create criminalise criminalize cultivate curb customise customize cut
de-escalate deal debate decarbonise decentralise declare decommission decrease dedicate deepen defend defer define
delegate deliver demilitarise demine demonstrate denuclearise deploy deregulate design designate detain detect deter
develop devise devote digitalise digitalize digitise digitize diminish direct disarm disburse disclose discontinue
discourage discuss disengage dismantle display disrupt disseminate dissolve distribute diversify divert divest
document donate double draft draw dredge drive drop dry earmark ease educate elaborate electrify elevate eliminate
embargo embark embed embrace employ empower emulate enable enact encourage end endorse enforce engage enhance enlarge
enrich enrol ensure enter entrench entrust enumerate envisage equalise equip eradicate erect escort establish evacuate
evaluate examine exchange exclude execute exempt exercise exert exhaust expand expedite exploit explore export expose
extend extradite facilitate fast-track favour feature fence ferry fight file fill finalise finalize finance find fix
flag focus follow forge formalise formulate fortify foster freeze fulfil fulfill fund galvanise galvanize gather gauge
gear generate germinate give govern grant greenlight grow guarantee guard guide halt halve handle harmonise harmonize
harness hasten heal help highlight hire hold honor honour host house identify impart implement import impose impound
improve inaugurate incentivise include incorporate increase incubate indemnify index influence inform initiate inject
innovate insert inspect inspire install institute institutionalise instruct insulate insure integrate intensify
interact intercept interconnect interlink intervene introduce invest investigate invite issue itemise join jump-start
keep kick-start label launch lead learn legalise legislate lend lessen let leverage levy liaise liberalise license
lift limit link list lobby localise lock lodge lower mainstream maintain make manage mandate map mark match
materialise maximise maximize measure mediate meet mentor merge minimise mitigate mobilise mobilize moderate modernise
modernize monitor moor mothball motivate move name narrow nationalise negotiate neutralise neutralize nominate notify
nudge nurture observe obtain offer offset open operate operationalise optimise optimize organise organize orient
outlaw outline outsource overcome overhaul oversee overturn own pair participate partner pass patrol pave pay peg
penalise perform permit persist phase pilot pioneer place plan plant pledge plough police pool pour power practise
prepare present preserve press prevent prioritise prioritize privatise process procure produce professionalise program
prohibit project promote propel propose prosecute protect prototype provide publicise publish purchase pursue push put
quadruple quantify raise rally rank ratify rationalise re-engage re-establish re-examine re-open reach react realign
realise reallocate reassess rebalance rebate rebuild recalibrate recapitalise reclaim recognise recognize recommit
recompense reconcile reconstruct reconvene record recover recruit rectify recycle redesign redirect redistribute
redouble reduce refer refinance refine refocus reforest reform refrain refurbish refuse register regulate rehabilitate
rehouse reimburse reinforce reinstate reintegrate reintroduce reinvest reinvigorate reject rejuvenate rekindle
relaunch release relieve relocate rely remediate remedy remove renegotiate renew renovate reopen reorganise reorient
repair repatriate repay repeal replace replant replenish replicate report represent repurpose request require rescind
rescue research reserve reset resettle reshape resist reskill resolve resource respect respond restart restore
restrict restructure resume retain retire retrain retrofit return reunite reuse revamp reverse review revise revisit
revitalise revive revoke reward rezone ring-fence ringfence roll roll-out root route run safeguard sanction save scale
scope scrap screen scrutinise seal search secure seek select sell send sensitise sequester serve set settle share shed
shelter shield shift shore shorten shortlist show shut sign sign-post signpost simplify slash smooth soften solve
source sow spare spearhead specify speed spend sponsor spread spur stabilise stabilize standardise standardize start
steer stem step stimulate stockpile stop store streamline strengthen strive structure study submit subscribe subsidise
subsidize substitute superintend supervise supplement supply support suppress surpass survey suspend sustain switch
synchronise synthesise systematise table tackle tailor take tap taper target task tax teach tender terminate test tie
tighten top toughen trace track trade train transfer transform transition translate transmit transport transpose
travel treat treble trial trigger trim triple turn twin unblock underpin undertake underwrite unify unite unlock
unveil update upgrade uphold uplift upskill urbanise use usher utilise utilize vaccinate validate value verify vet
visit voice vote waive wean weatherise weed widen win wind wipe withdraw work write yield
""".split()
)
# As often nouns: a verb only before what an object begins with.
ALSO_NOUNS = frozenset(
    """
access act address aid aim approach audit award back balance ban base better bid block book boost bridge bundle call
campaign cap challenge charge chart check clean clear compact contract control cover curb cut debate decrease design
document draft drop end exchange exercise export favour feature feed fight file fill finance fix flag focus forge
fund grant guard guide harness help highlight host house import increase index influence issue label launch lead
learn let levy lift limit link list lock lower map mark market master match measure meet merge monitor move name
narrow object offer offset open outline own pair partner pass pay phase pilot place plan plant pledge police pool
present press process produce program project purchase push rally reach release report rescue research reserve
resource respect return review reward roll root route run sanction save scale search serve set settle shape share
shelter shift show sign source sponsor spread staff start steer stem step stop store structure study supplement
supply support survey switch table tap target task tax test tie top trace track trade train transfer transition
transport travel treat trial trigger turn twin update upgrade use value visit voice vote win wind work yield
reform register alert anchor permit pioneer remedy license mentor gear express conduct guarantee advance combat power
patrol record estimate appeal volunteer contact compete deal demand drop lend shield shore chart display fence rank scope screen seal tender cement
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
    "according beginning concerning during excluding following including notwithstanding pending regarding starting".split()
)
# What holds an office or acts for the speaker.
BODY = (
    r"(?:agenc(?:y|ies)|administration|authorit(?:y|ies)|bank|board|cabinet|centre|center|commission|commissioner"
    r"|committee|company|conference|corps|council|countr(?:y|ies)|count(?:y|ies)|cit(?:y|ies)|court|delegation|department|directorate|econom(?:y|ies)|embass(?:y|ies)"
    r"|envoy|expert|force|forum|fund|government|group|head|inspectorate|institution|leader|member|minister|ministr(?:y"
    r"|ies)|mission|municipalit(?:y|ies)|network|office|officer|official|parliament|presidency|president|province|region|regulator|operator|adjudicator|ombudsman|inspector|representative|school|universit(?:y|ies)|hospital|secretariat"
    r"|secretar(?:y|ies)|sherpa|side|state|summit|team|troop|union|unit)s?"
)
ADVERBS = (
    r"(?:(?:also|further|again|hereby|hence|now|each|together|today|\w+ly|once again|in turn|then|both|all|still|first"
    r"|therefore|thereby|in addition|as well|soon|next)\s+)*"
)
BEFORE_VERB = frozenset("also further each both now never together and".split())
SPEAKERS = (
    r"(?:we|i|heads(?: of (?:state|government|state and government|state or government|delegation))?|members"
    r"|governments|parties|delegations|(?:the )?(?:two |three |four )?(?:leaders|ministers|presidents|prime ministers"
    r"|sides|parties|countries|governments|members|participants|principals|heads of (?:state|government|delegation))"
    r"|both (?:sides|countries|leaders|parties|governments|ministers)|member states"
    r"|the (?:conference|meeting|assembly|summit|government|ministry|department|city|agency|secretariat|task force"
    r"|presidency|council|union|commission|european (?:council|commission|union)|eu|g7|g20|member states|alliance"
    r"|participating states|states parties|general assembly|security council)"
    r"|this government|(?:my|our) (?:government|administration|party|country|countries|ministers|ministry|nation"
    r"|nations|two countries)|the \w+ side|(?:each|all|both) of us|they|it|he|she)"
)
# A country, office or body by its name: Norland, the Harbour Council, Premier Lee.
NAME = (
    r"(?:[Tt]he )?(?!(?:And|But|So|Today|Now|Next|First|Second|Third|Finally|In|On|By|At|For|To|With|Under|Over|As|Since"
    r"|While|Together|Meanwhile|However|Here|Within|Through|From|After|Before|During|This|That|We|Our|Its|Their|My)\b)(?:[A-Z][\w’'&-]*|EU|UK|US)(?:\s(?:(?:of|for|on|and)\s(?:the\s)?|the\s)?[A-Z][\w’'&-]*){0,7}"
)
ASIDE = r"(?:,[^,.;]{1,80},)?"
WILL = re.compile(
    rf"\b(?P<modal>will|shall|would)(?:,(?:\s\w+){{1,4}},)?\s+(?!not have){ADVERBS}|(?<=\w)['’]ll\s+{ADVERBS}"
)
COMMIT_VERBS = (
    rf"(?:(?:have|has|had)\s+{ADVERBS})?(?:commit(?:s|ted)?(?: ourselves| themselves| itself| today)*|(?:re)?pledge[sd]?"
    r"|undertakes?|undertook|agree[sd]?|consent(?:s|ed)?|resolve[sd]?|promise[sd]?|decide[sd]?|intend(?:s|ed)?|plans?"
    r"|vow(?:s|ed)?|aims?|endeavou?rs?|recommit(?:s|ted)?|chose|opted"
    rf"|(?:are|is|am|were|was|remain(?:s|ed)?|stands?|stood|['’](?:re|m))\s+{ADVERBS}(?:determined|committed|resolved|ready|prepared"
    r"|unanimous|going|willing|dedicated))"
)
COMMIT = re.compile(
    rf"\b{ADVERBS}{COMMIT_VERBS}\s+(?:today\s+|also\s+|further\s+)?to\s+(?!be\s+\w+ed\b)", re.IGNORECASE
)
# Our commitment to do: reaffirmed, expressed, made.
COMMITMENT = re.compile(
    r"\b(?:(?:(?:re)?affirm|reiterat|(?:re)?confirm|renew|restat|underlin|underscor|stress|emphasi[sz]|express|declar"
    r"|announc|reassert|ma(?:k|d)|g(?:i|a)v)(?:e?s|e?d|e)?|(?:remain(?:s|ed)?|are|is|stand)\s+[\w-]+\s+in)\s+(?:our|their"
    r"|its|his|her|my|an?|the)\s+(?:[\w-]+\s+){0,4}?(?:commitments?|intention|determination|pledge|resolve|readiness"
    r"|willingness|intent)(?:,[^,.;]{1,60},)?\s+(?:to|of)\s+(?:\w+ly\s+)?"
)
DECISION_THAT = re.compile(
    r"\b(?:reaffirm|reiterate|confirm|announce)\s+(?:our decision|our agreement)?\s*that\s+(?=.{3,80}\bwill\b)"
)
FORWARD = re.compile(
    r"\blook forward to\s+(?=(?:(?:\w+ly|further|soon)\s+)?(?!receiv|hear|see|welcom|meet|read|learn|discuss|continu"
    r"|work|host)\w+ing\b)",
    re.IGNORECASE,
)
# We hereby establish: said and done.
PERFORM = re.compile(
    rf"\b(?:{SPEAKERS}|and){ASIDE}\s+{ADVERBS}(?=(?:establish|launch|set up|create|commission|allocate|approve|adopt"
    r"|provide|announce (?:an?|the|new|additional|\d|\$|€|£)|contribute \S*\d|invest \S*\d|appoint|support (?:\S+\s){0,6}?(?:efforts|work|initiative|plan|programme|program"
    r"|project|implementation|establishment|creation|launch|mission)\b)\b)",
    re.IGNORECASE,
)
DOING = re.compile(
    rf"\b(?:(?:we|i)['’](?:re|m)|{SPEAKERS}\s+(?:are|is|am))\s+{ADVERBS}(?=(?:launch|establish|creat|allocat|doubl|tripl|introduc"
    r"|announc|direct|task|instruct|ask|conven|appoint|open|send|hir|fund|increas|extend|expand|invest|ban|end|scrapp|publish"
    r"|sign|deploy|rais|cutt|sett|putt|committ(?=ing\s\S*\d)|provid(?=ing\s\S*\d))ing\s(?!that\b|(?:\w+\s){0,3}(?:steps"
    r"|measures|actions|series|proposals)\b))",
    re.IGNORECASE,
)
# Somebody of the speaker's own house is given a task.
ASK = re.compile(
    rf"\b(?P<subject>{SPEAKERS}|and)?{ASIDE}\s*{ADVERBS}(?:(?:have|has|had)\s+{ADVERBS})?(?P<verb>(?:ask|task|request|instruct|mandate|direct|charge"
    r"|entrust)(?:s|e?d)?)\s+(?=(?-i:the|our|its|their|my|relevant|senior|all relevant"
    r"|officials|ministers|experts|them|[A-Z]\w*)\b)(?!the (?:international|private|world|donor)|states\b)(?=[^.;:]{3,160}?\b(?:to|with)\s)",
    re.IGNORECASE,
)
# Sentences of resolutions go without a subject: Also decides to, Requests the secretariat to.
NO_SUBJECT = re.compile(r"\W*(?:[Ww]e\s*,?\s*)?$")
NOT_ACTS = re.compile(
    r"(?:need|remain|become|depend|benefit|see|know|believe|recogni[sz]e|acknowledge|welcome|thank|stand|win|never|always"
    r"|not only|result|mean|face|prevail|look forward|condemn|thereby|have|live|be|note|recall|affirm|reaffirm|reiterate"
    r"|emphasi[sz]e|stress|underline|underscore|urge|call (?:up)?on|call for|express|commend|appreciate|take note|regret"
    r"|hope|wish|want|feel|go|come|happen|suffer|exist|occur|govern|rejoice|trust|respect|oppose|deplore|denounce|salute"
    r"|applaud|congratulate|pay tribute|bear in mind)\b(?!-)",
    re.IGNORECASE,
)
STANCE = (
    r"(?:(?:welcom|thank|not|condemn|recall|commend|urg|reiterat|reaffirm|affirm|confirm|stress|emphasi[sz]|underlin"
    r"|underscor|express|acknowledg|believ|applaud|appreciat|hop)(?:e|es|ed|s)?(?= (?:the|that|with|our|their|its"
    r"|to|all|other|others|on|for|in|concern|support|this|these|those)\b)|recogni[sz]e[ds]?(?= (?:the|that|with|our)\b)|encourages? (?:all|other|the)"
    r"|(?:t[ao]ke?|took) note|look(?:s|ed)? forward|call(?:s|ed)? (?:on|upon|for)|stands?\b|agreed|decided|committed"
    r"|undertook|resolved)"
)
# Where a phrase ends: what follows is effect, means, manner or reason.
CUT = re.compile(
    r",?\s+(?:so that|thereby|with a view to|with the (?:aim|objective|goal|purpose) of|in the hope"
    r"|because|since|given that|as part of our ambition|until we)"
    rf"|,?\s+while\s+(?:recogni|noting|respect|taking into|(?:also\s+)?(?:\w+\s+){{1,4}}(?:is|are|was|were|has|have)\b)"
    r"|,\s*(?:who|(?:\w+\s+)?which|whose|where|except|worth|in (?:coordination|cooperation|partnership|collaboration|consultation|conjunction|tandem) with|in particular|thus|in line with|in accordance with|consistent with|in keeping with|subject to|taking"
    r"|according to|as appropriate|where appropriate|as well as (?:to )?(?:ensur|help)|with|by \w+ing|through \w+ing"
    r"|based on|guided|but|yet|so|[\w-]+(?:ed|led|id) (?:for )?by"
    r"|including (?:to|by)|no matter|even|if|unless|until|when|as an?|as part|as the|as (?:we|they|it|he|she)|given|in the spirit|on the basis|not)\b"
    rf"|\s+[-–—]{{1,2}}\s|,?\s+and\s+(?:also\s+)?{STANCE}\b"
    r"|,[\"”]|,?\s+and\s+(?:we|they|it|this|these|he|she|I)\b"
)
IN_ORDER = re.compile(r",?\s+(?:in order to|so as to)\b")
EFFECT = re.compile(r",\s+(?:(?:thus|also|further|\w+ly)\s+)?(?P<word>[a-z]+(?:-[a-z]+)?ing)\s+(?!and\b|or\b)")
TO_END = re.compile(r",\s+to\s+(?:be\s+(?=\w+))?(?P<word>[a-z]+(?:-[a-z]+)*)\b")
LATE_PURPOSE = re.compile(r"\s+to (?:support|help|enable|ensure|allow|make sure|contribute)\b")
TO_VERB = re.compile(r"\bto (\w+(?:-\w+)?)\b")
