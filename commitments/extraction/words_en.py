"""The closed lists of English words that the grammar stands on."""

import re

VERBS = frozenset(
    """
abide abolish accede accelerate accept access accommodate accompany achieve acquire act activate adapt add address
adhere adjust administer adopt advance advise advocate aid alert align alleviate allocate amend analyse analyze anchor
announce appeal apply appoint approve arrange ask assemble assess assign assist assume assure attract audit augment
authorise authorize automate avert avoid award back balance ban base beef begin better bid bind block bolster book
boost boycott bridge bring broaden build bundle buy calibrate call campaign cap capitalise capture carry cascade
catalyse cater cease celebrate certify chair challenge champion channel charge chart check choose circulate clarify
classify clean clear close co-chair co-create co-develop co-finance co-fund co-host co-operate co-ordinate codify
collaborate collect combat commemorate commence commission commit communicate compensate compete compile complete
comply concentrate conclude conduct confiscate confront connect consent conserve consider consolidate construct
consult contain continue contract contribute control convene converse convert convey cooperate coordinate cope correct
counter cover crack create criminalise criminalize cultivate curb customise customize cut de-escalate deal debate
decarbonise decentralise declare decommission decrease dedicate deepen defend define delegate deliver demilitarise
demine denuclearise deploy deregulate design designate detect deter develop devise devote digitalise digitalize
digitise digitize diminish direct disarm disburse disclose discontinue discourage discuss disengage dismantle disrupt
disseminate dissolve distribute diversify divert divest document donate double draft draw drive drop dry earmark ease
educate elaborate electrify elevate eliminate embargo embark embed embrace employ empower enable enact encourage end
endorse enforce engage enhance enlarge enrich enrol ensure enter entrench entrust envisage equip eradicate erect
establish evacuate evaluate examine exchange exclude execute exempt exercise exert exhaust expand expedite explore
export expose extend extradite facilitate fast-track favour feature fight file fill finalise finalize finance find fix
flag focus follow forge formalise formulate fortify foster freeze fulfil fulfill fund galvanise galvanize gather gear
generate give govern grant grow guarantee guard guide halt halve handle harmonise harmonize harness hasten heal help
highlight hire hold honor honour host house identify impart implement import impose improve incentivise include
incorporate increase incubate index influence inform initiate inject innovate insert inspect inspire install institute
institutionalise instruct insulate insure integrate intensify interact intercept interconnect intervene introduce
invest investigate invite issue itemise join jump-start keep kick-start label launch lead learn legalise legislate
lessen let leverage levy liaise liberalise license lift limit link list lobby localise lock lodge lower maintain make
manage mandate map mark match materialise maximise maximize measure mediate meet mentor merge minimise mitigate
mobilise mobilize moderate modernise modernize monitor motivate move name narrow nationalise negotiate neutralise
neutralize nominate notify nurture observe obtain offer offset open operate optimise optimize organise organize orient
outlaw outline overcome overhaul oversee overturn own pair participate partner pass patrol pave pay penalise perform
permit persist phase pilot pioneer place plan plant pledge police pool pour power practise prepare present preserve
press prevent prioritise prioritize privatise process procure produce professionalise program prohibit project promote
propel propose prosecute protect provide publish purchase pursue push put quadruple raise rally ratify rationalise
re-engage re-establish re-examine re-open reach react realign realise reallocate rebalance rebuild recapitalise
reclaim recognize reconcile reconstruct reconvene record recover recruit recycle redesign redirect redistribute
redouble reduce refer refinance refine refocus reforest reform refrain refurbish refuse register regulate rehabilitate
rehouse reinforce reinstate reintegrate reintroduce reinvest reinvigorate reject rejuvenate relaunch release relieve
relocate rely remediate remedy remove renegotiate renew renovate reopen reorganise reorient repair repatriate repay
repeal replace replant replenish replicate report represent request require rescind rescue research reserve reset
resettle reshape resist reskill resolve resource respect respond restart restore restrict restructure resume retain
retire retrain retrofit return reuse revamp reverse review revise revisit revitalise revive revoke reward ring-fence
ringfence roll roll-out root route run safeguard sanction save scale scrap scrutinise search secure seek select sell
send sequester serve set settle share shed shelter shield shift shorten show shut sign simplify slash smooth soften
solve source sow spare spearhead specify speed spend sponsor spread spur stabilise stabilize standardise standardize
start steer stem step stimulate stockpile stop store streamline strengthen strive structure study submit subscribe
subsidise subsidize substitute supervise supplement supply support suppress surpass survey suspend sustain switch
synchronise table tackle tailor take tap taper target task tax teach terminate test tie tighten top trace track trade
train transfer transform transition translate transmit transport transpose travel treat treble trial trigger trim
triple turn twin unblock underpin undertake unify unite unlock unveil update upgrade uphold uplift upskill use utilise
utilize vaccinate validate value verify visit voice vote waive weed widen win wind wipe withdraw work write yield
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
patrol record estimate appeal volunteer contact compete deal demand drop
""".split()
)
NOUNS_IN_ING = frozenset(
    """
advertising anything banking beginning briefing broadcasting building camping ceiling clothing computing cooling
counselling cycling dealing developing drilling emerging engineering evening everything existing farming feeling
filing financing finding fishing flooding forthcoming funding gathering grazing growing hearing heating housing
learning lending licensing lighting living logging manufacturing marketing meeting mining monitoring
morning networking nothing nursing ongoing outstanding parking peacekeeping planning policing pricing processing
programming publishing recycling reporting remaining saving schooling screening setting shipping smuggling something
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
    r"|committee|company|conference|corps|council|countr(?:y|ies)|count(?:y|ies)|cit(?:y|ies)|court|delegation|department|directorate|embass(?:y|ies)"
    r"|envoy|expert|force|forum|fund|government|group|head|inspectorate|institution|leader|member|minister|ministr(?:y"
    r"|ies)|mission|municipalit(?:y|ies)|network|office|officer|official|parliament|presidency|president|province|region|representative|school|universit(?:y|ies)|hospital|secretariat"
    r"|secretar(?:y|ies)|sherpa|side|state|summit|team|troop|union|unit)s?"
)
ADVERBS = (
    r"(?:(?:also|further|again|hereby|hence|now|each|together|today|\w+ly|once again|in turn|then|both|all|still|first"
    r"|therefore|thereby|in addition|as well|soon|next)\s+)*"
)
SPEAKERS = (
    r"(?:we|i|heads(?: of (?:state|government|state and government|state or government|delegation))?|members"
    r"|governments|parties|delegations|(?:the )?(?:two |three |four )?(?:leaders|ministers|presidents|prime ministers"
    r"|sides|parties|countries|governments|members|participants|principals|heads of (?:state|government|delegation))"
    r"|both (?:sides|countries|leaders|parties|governments|ministers)|member states"
    r"|the (?:conference|meeting|assembly|summit|government|ministry|department|city|agency|secretariat|task force"
    r"|presidency|council|union|commission|european (?:council|commission|union)|eu|g7|g20|member states|alliance"
    r"|participating states|states parties|general assembly|security council)"
    r"|this government|(?:my|our) (?:government|administration|party|country|countries|ministers|ministry|nation"
    r"|nations|two countries)|they|it)"
)
# A country, office or body by its name: Norland, the Harbour Council, Premier Lee.
NAME = (
    r"(?:[Tt]he )?(?!(?:And|But|So|Today|Now|Next|First|Second|Third|Finally|In|On|By|At|For|To|With|Under|Over|As|Since"
    r"|While|Together|Meanwhile|However|Here|Within|Through|From|After|Before|During|This|That)\b)(?:[A-Z][\w’'&-]*|EU|UK|US)(?:\s(?:(?:of|for|on|and)\s(?:the\s)?|the\s)?[A-Z][\w’'&-]*){0,7}"
)
ASIDE = r"(?:,[^,.;]{1,80},)?"
WILL = re.compile(rf"\b(?:will|shall)(?:,(?:\s\w+){{1,4}},)?\s+(?!not have){ADVERBS}|(?<=\w)['’]ll\s+{ADVERBS}")
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
    r"|willingness|intent)\s+(?:to|of)\s+(?:\w+ly\s+)?"
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
    r"|provide|announce (?:an?|the|new|additional|\d|\$|€|£)|contribute \S*\d|invest \S*\d|support|appoint)\s)",
    re.IGNORECASE,
)
DOING = re.compile(
    rf"\b(?:we|i)(?:\s+(?:are|am)|['’](?:re|m))\s+{ADVERBS}(?=(?:launch|establish|creat|allocat|doubl|tripl|introduc"
    r"|announc|direct|task|instruct|ask|conven|appoint|open|send|build|hir|fund|extend|expand|invest|ban|end|scrapp|publish"
    r"|sign|deploy|rais|cutt|sett|putt|committ(?=ing\s\S*\d)|provid(?=ing\s\S*\d))ing\s(?!that\b|(?:\w+\s){0,3}(?:steps"
    r"|measures|actions|series|proposals)\b))",
    re.IGNORECASE,
)
# Somebody of the speaker's own house is given a task.
ASK = re.compile(
    rf"\b(?P<subject>{SPEAKERS}|and)?{ASIDE}\s*{ADVERBS}(?P<verb>(?:ask|task|request|instruct|mandate|direct|charge"
    r"|entrust)(?:s|ed)?)\s+(?=(?-i:the|our|its|their|my|relevant|senior|all relevant"
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
    r"(?:welcome|thank|note|take note|condemn|recall|recogni[sz]e|commend|look forward|call (?:on|upon|for)|urge|invite"
    r"|reiterate|reaffirm|affirm|confirm|stand|stress|emphasi[sz]e|underline|underscore|express|acknowledge|believe"
    r"|applaud|appreciate|hope|encourage others)"
)
# Where a phrase ends: what follows is effect, means, manner or reason.
CUT = re.compile(
    r",?\s+(?:in order to|so that|so as to|thereby|with a view to|with the (?:aim|objective|goal|purpose) of|in the hope"
    r"|because|since|given that|as part of our ambition|until we)"
    rf"|,?\s+while\s+(?:recogni|noting|respect|taking into|(?:also\s+)?(?:\w+\s+){{1,4}}(?:is|are|was|were|has|have)\b)"
    r"|,\s*(?:who|which|whose|where|in particular|thus|in line with|in accordance with|consistent with|in keeping with|subject to|taking"
    r"|according to|as appropriate|where appropriate|as well as (?:to )?(?:ensur|help)|with|by \w+ing|through \w+ing"
    r"|based on|guided|but|yet|so|[\w-]+(?:ed|led|id) (?:for )?by"
    r"|including (?:to|by)|no matter|even|if|unless|until|when|as an?|as part|as the|as (?:we|they|it|he|she)|given|in the spirit|on the basis|not)\b"
    rf"|\s+[-–—]{{1,2}}\s|,?\s+and\s+(?:also\s+)?{STANCE}\b"
    r"|,?\s+and\s+(?:we|they|it|this|these|he|she|I)\b"
)
EFFECT = re.compile(r",\s+(?:(?:thus|also|further|\w+ly)\s+)?(?P<word>[a-z]+(?:-[a-z]+)?ing)\s+(?!and\b|or\b)")
TO_END = re.compile(r",\s+to\s+(?P<word>[a-z]+(?:-[a-z]+)*)\b")
LATE_PURPOSE = re.compile(r"\s+to (?:support|help|enable|ensure|allow|make sure|contribute)\b")
TO_VERB = re.compile(r"\bto (\w+(?:-\w+)?)\b")
