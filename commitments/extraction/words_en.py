"""The closed lists of English words that the grammar stands on."""

import re

VERBS = frozenset(
    """
accelerate accept access achieve act adapt add address adhere adjust adopt advance advocate align allocate amend
analyse announce apply appoint approve arrange assess assign assist attract authorise award back ban begin boost
bring broaden build buy carry cease chair challenge champion clarify close collaborate collect combat commence
commission commit communicate complete conclude conduct connect conserve consider consolidate construct consult
continue contribute control convene convert cooperate coordinate counter cover create curb cut deepen defend define
deliver deploy design designate develop devote digitalise direct disburse disclose discuss dismantle disrupt
distribute diversify donate double draft draw drive ease educate electrify eliminate embed empower enable enact
encourage end endorse enforce engage enhance enlarge ensure enter equip eradicate establish evaluate examine
exchange exempt expand expedite explore expose extend facilitate fight finalise finance find focus follow foster
fulfil fund galvanise generate give grant grow guarantee halt halve harmonise harness help hire hold honour host
identify impose implement improve include incorporate increase increasingly inform initiate innovate install
institute integrate intensify introduce invest investigate invite issue join keep label launch lead legislate
leverage lift limit link list lower maintain make manage map maximise meet mitigate mobilise modernise monitor move
negotiate nominate offer open operate optimise organise oversee participate partner pay phase pilot place plan plant
pool prepare present preserve press prevent prioritise procure produce prohibit promote propose prosecute protect
provide publish purchase pursue put raise ratify reach realise rebuild recruit redirect reduce refine reform refrain
refurbish regulate reinforce release remove renew renovate repair repeal replace replenish report require rescue
research resettle resist resolve respond restore restrict resume retain retrain reuse reverse review revise revive
roll safeguard sanction scale scrap secure seek send set share shield shift shorten sign simplify spend stabilise
standardise start step stop streamline strengthen submit subsidise supply support sustain table tackle take target
task test tighten track train transfer transform transition translate transport treat triple undertake unlock update
upgrade upskill uphold use utilise verify waive withdraw work reach phase abolish cap freeze rehabilitate replant
reforest insulate retrofit outlaw criminalise legalise localise decarbonise trim waive write digitise digitize
consult connect pass vote call mark grant house feed teach heal tax spend hire pledge spare carry conclude resettle
repatriate evacuate speed accelerate join host relocate inspect audit survey verify authorize criminalize customize
digitalize finalize galvanize harmonize maximize mobilize modernize optimize organize prioritize recognize stabilize
standardize subsidize utilize fulfill honor analyze program refuse reserve respect advise ask request instruct
mandate
""".split()
)
# As often nouns: a verb only before what an object begins with.
ALSO_NOUNS = frozenset(
    (
        "access act address award back ban boost challenge control cover cut design draft end exchange fight "
        "focus fund grant help host issue label launch lead lift limit link list map meet move offer partner "
        "pay phase pilot place plan plant pool press produce purchase reform release report research review "
        "roll sanction scale share shift sign start step stop supply support table target task test track "
        "train transfer transition transport treat update use work finance increase target respect reserve "
        "program process trade aim cap call mark vote pass house feed tax pledge survey audit search rescue "
        "tour study"
    ).split()
)
ADVERB = (
    r"(?:(?:also|further|jointly|therefore|thereby|hereby|now|each|together|\w+ly|once again|in turn|then"
    r"|both|collectively|firmly|all)\s+)*"
)
SPEAKERS = (
    r"(?:we|heads(?: of (?:state|government|state and government))?|members|governments|parties"
    r"|delegations|the conference"
    r"|the meeting|the assembly|the summit|the leaders|leaders|the parties|the two sides|both sides"
    r"|both countries|the two countries"
    r"|the participants|the members|member states|the ministers|ministers"
    r"|the (?:european )?(?:commission|council|union)|the eu|the g7|the g20|the government|this government"
    r"|the ministry|the department|the city|the agency|the secretariat|the task force|the presidency|i"
    r"|(?:my|our) (?:government|administration|party|country|ministry)|our country|our countries)"
)
ASIDE = r"(?:,[^,.;]{1,80},)?"
WILL = re.compile(
    rf"\b(?:{SPEAKERS}|it|they){ASIDE}\s+{ADVERB}(?:will|shall)\s+(?!not have|be (?:able|glad))", re.IGNORECASE
)
COMMIT = re.compile(
    rf"\b{SPEAKERS}{ASIDE}\s+{ADVERB}(?:have\s+)?(?:commit(?:s|ted)?(?: ourselves| themselves)?|pledge[sd]?"
    rf"|undertakes?|agree[sd]?|resolve[sd]?|undertook|promised|decided?|decides|intends?|plans?|promises?|vows?|aims?"
    rf"|endeavou?rs?"
    rf"|are {ADVERB}(?:determined|committed|resolved|ready|prepared)|remain {ADVERB}(?:ready|determined"
    rf"|committed|resolved|prepared)|stand ready)\s+to\s+",
    re.IGNORECASE,
)
REAFFIRM = re.compile(
    r"\b(?:we|leaders|the parties|both sides|they)?\s*(?:also |further |once again )*(?:(?:re)?affirm|reiterate"
    r"|confirm|renew|restate|underline|recommit)s?\s+(?:our|their|its)\s+(?:\w+\s+){0,3}(?:commitment"
    r"|intention|determination|pledge|resolve|readiness)\s+to\s+"
)
DECISION_THAT = re.compile(
    r"\b(?:reaffirm|reiterate|confirm|announce)\s+(?:our decision|our agreement)?\s*that\s+(?=.{3,80}\bwill\b)"
)
FORWARD = re.compile(
    r"\blook forward to\s+(?=(?:(?:\w+ly|further|soon)\s+)?(?!receiv|hear|see|welcom|meet|read|learn)\w+ing\b)",
    re.IGNORECASE,
)
PERFORM = re.compile(
    rf"\b(?:{SPEAKERS}|and)\s+{ADVERB}(?=(?:establish|launch|set up|create|ask|task|request|instruct"
    rf"|mandate|direct|commission|allocate|announce (?:a|an|the|\d|\$|€)|approve|adopt|provide"
    rf"|contribute \S*\d|invest \S*\d|support)\s)",
    re.IGNORECASE,
)
ALREADY = re.compile(r"\b(?:have|has|had) (?:already )?\w+(?:ed|n)\b")
NOT_ACTS = re.compile(
    r"(?:need|be (?!held|made|done|carried)|remain|become|depend|benefit|see|know|believe|recognise"
    r"|recognize|welcome|thank|stand|win|never|always|not only|require|result|mean|face|prevail"
    r"|look forward|condemn|thereby|have to|always be|live)\b",
    re.IGNORECASE,
)
CUT = re.compile(
    r",\s+with (?:priority|a focus|particular|special)\b|,?\s+(?:in order to|so that|so as to|thereby"
    r"|with a view to|with the (?:aim|objective|goal|purpose) of|in the hope|which|whose"
    r"|where|because|since|given that|as part of our ambition)\b"
    r"|,\s*(?:in particular|thus|enabling|ensuring|helping|allowing|making|contributing|paving|leading"
    r"|supporting|in line with|building on|as well as (?:to )?(?:ensur|help)|as we\b|recognis|recognizing"
    r"|noting|guided|consistent with|bearing|reflecting|reinforcing|benefit|creating|giving|bringing)"
    r"|\s+[-–—]\s|,\s+so\s+|\s+and\s+(?:welcome|thank|note|condemn|recall|recognise|recognize|commend"
    r"|look forward|call (?:on|upon|for)|urge|invite|reiterate|reaffirm|stand)\b|,?\s+while\s+(?:recogni"
    r"|noting|respect|taking into)",
)
LATE_PURPOSE = re.compile(r"\s+to (?:support|help|enable|ensure|allow|make sure|contribute)\b")
TO_VERB = re.compile(r"\bto (\w+)\b")
