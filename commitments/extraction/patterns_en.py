"""English patterns: who speaks, what binds, what is a stance, and where the phrase of an act ends."""

import re

from commitments.extraction import words_en as w

BODY = rf"(?:{'|'.join(w.BODIES)})s?"
LY = r"(?!(?:app|supp|comp|rep|re|multip|ral|al)ly\b)\w+ly"  # an adverb, not “apply”
ADVERBS = (
    rf"(?:(?:also|further|again|hereby|hence|now|each|together|today|{LY}|once again|in turn|then|both|all|still|first"
    r"|therefore|thereby|in addition|as well|soon|next)\s+)*"
)
CONNECTIVES = (  # what of them does not belong to the act
    r"(?:(?:also|again|hereby|hence|now|today|once again|in turn|then|still|first|therefore|thereby|in addition"
    r"|as well)\s+)*"
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
    r"|nations|two countries)|the \w+ side|(?:each|all|both) of us|they|it|he|she)"
)
# A country, office or body by its name: Norland, the Harbour Council, Premier Lee.
NAME = (
    rf"(?:[Tt]he )?(?!(?:{'|'.join(w.NO_BEGINNING_OF_NAMES)})\b)(?:[A-Z][\w’'&-]*|EU|UK|US)"
    r"(?:\s(?:(?:of|for|on|and)\s(?:the\s)?|the\s)?[A-Z][\w’'&-]*){0,7}"
)
ASIDE = r"(?:,[^,.;]{1,80},)?"

# --- what binds ---
WILL = re.compile(
    rf"\b(?P<modal>will|shall|would)(?:,(?:\s\w+){{1,4}},)?\s+(?!not have){CONNECTIVES}|(?<=\w)['’]ll\s+{CONNECTIVES}"
)
COMMIT = re.compile(
    rf"\b{ADVERBS}(?:(?:have|has|had|['’]ve)\s+{ADVERBS})?(?:commit(?:s|ted)?(?: ourselves| themselves| itself| today)*"
    r"|(?:re)?pledge[sd]?|undertakes?|undertook|agree[sd]?|consent(?:s|ed)?|resolve[sd]?|promise[sd]?|decide[sd]?"
    r"|intend(?:s|ed)?|plans?|vow(?:s|ed)?|aims?|endeavou?rs?|recommit(?:s|ted)?|chose|opted"
    rf"|(?:are|is|am|were|was|remain(?:s|ed)?|stands?|stood|['’](?:re|m))\s+{ADVERBS}(?:determined|committed|resolved"
    r"|ready|prepared|unanimous|going|willing|dedicated))"
    r"\s+(?:today\s+|also\s+|further\s+)?to\s+(?!be\s+\w+ed\b)",
    re.IGNORECASE,
)
# Our commitment to do: reaffirmed, expressed, made.
COMMITMENT = re.compile(
    r"\b(?:(?:(?:re)?affirm|reiterat|(?:re)?confirm|renew|restat|underlin|underscor|stress|emphasi[sz]|express|declar"
    r"|announc|reassert|ma(?:k|d)|g(?:i|a)v)(?:e?s|e?d|e)?|(?:remain(?:s|ed)?|are|is|stand)\s+[\w-]+\s+in)\s+(?:our"
    r"|their|its|his|her|my|an?|the)\s+(?:[\w-]+\s+){0,4}?(?:commitments?|intention|determination|pledge|resolve"
    r"|readiness|willingness|intent)(?:,[^,.;]{1,60},)?\s+(?:to|of)\s+"
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
    r"|provide|appoint|announce (?:an?|the|new|additional|\d|\$|€|£)|contribute \S*\d|invest \S*\d"
    r"|support (?:\S+\s){0,6}?(?:efforts|work|initiative|plan|programme|program|project|implementation|establishment"
    r"|creation|launch|mission)\b)\b)",
    re.IGNORECASE,
)
DOING = re.compile(
    rf"\b(?:(?:we|i)['’](?:re|m)|{SPEAKERS}\s+(?:are|is|am))\s+{ADVERBS}(?=(?:launch|establish|creat|allocat|doubl|tripl"
    r"|introduc|announc|direct|task|instruct|ask|conven|appoint|open|send|hir|fund|increas|extend|expand|invest|ban|end"
    r"|scrapp|publish|sign|deploy|rais|cutt|sett|putt|committ(?=ing\s\S*\d)|provid(?=ing\s\S*\d))ing\s"
    r"(?!that\b|(?:\w+\s){0,3}(?:steps|measures|actions|series|proposals)\b))",
    re.IGNORECASE,
)
# Somebody of the speaker's own house is given a task.
ASK = re.compile(
    rf"\b(?P<subject>{SPEAKERS}|and)?{ASIDE}\s*{ADVERBS}(?:(?:have|has|had)\s+{ADVERBS})?"
    r"(?P<verb>(?:ask|task|request|instruct|mandate|direct|charge|entrust)(?:s|e?d)?)\s+"
    r"(?=(?-i:the|our|its|their|my|relevant|senior|all relevant|officials|ministers|experts|them|[A-Z]\w*)\b)"
    r"(?!the (?:international|private|world|donor)|states\b)(?=[^.;:]{3,160}?\b(?:to|with)\s)",
    re.IGNORECASE,
)
# Sentences of resolutions go without a subject: Also decides to, Requests the secretariat to.
NO_SUBJECT = re.compile(r"\W*(?:[Ww]e\s*,?\s*)?$")

# --- what does not bind ---
NOT_ACTS = re.compile(
    rf"(?:(?:{LY}|further)\s+)*(?:need|remain|become|depend|benefit|see|know|believe|recogni[sz]e|acknowledge|welcome|thank|stand|win|never"
    r"|always|not only|result|mean|face|prevail|look forward|condemn|thereby|have|live|be|note|recall|affirm"
    r"|reaffirm|reiterate|emphasi[sz]e|stress|underline|underscore|urge|call (?:up)?on|call for|express|commend"
    r"|appreciate|take note|regret|hope|wish|want|feel|go|come|happen|suffer|exist|occur|govern|rejoice|trust"
    r"|respect|oppose|deplore|denounce|salute|applaud|congratulate|pay tribute|bear in mind"
    r"|(?:do|change) (?:this|that|so|it|these))\b(?!-)",
    re.IGNORECASE,
)
STANCE = (
    r"(?:(?:welcom|thank|not|condemn|recall|commend|urg|reiterat|reaffirm|affirm|confirm|stress|emphasi[sz]|underlin"
    r"|underscor|express|acknowledg|believ|applaud|appreciat|hop)(?:e|es|ed|s)?(?= (?:the|that|with|our|their|its|to"
    r"|all|other|others|on|for|in|concern|support|this|these|those)\b)|recogni[sz]e[ds]?(?= (?:the|that|with|our)\b)"
    r"|encourages? (?:all|other|the)|(?:t[ao]ke?|took) note|look(?:s|ed)? forward|call(?:s|ed)? (?:on|upon|for)"
    r"|stands?\b|agreed|decided|committed|undertook|resolved)"
)

# --- where the phrase of an act ends: what follows is effect, means, manner or reason ---
_REASON = (
    r",?\s+(?:so (?:that|they|we|it|our|people|families|everyone)|thereby|in the hope|because|since"
    r"|given that|as part of our ambition|until we)"
    r"|,?\s+while\s+(?:recogni|noting|respect|taking into|(?:also\s+)?(?:\w+\s+){1,4}(?:is|are|was|were|has|have)\b)"
)
_ASIDE_TO_THE_END = (
    r"(?<!\band),\s*(?:who|(?:\w+\s+)?which|whose|where|except|worth|in particular|thus|with|but|yet|so|not|guided"
    r"|in (?:coordination|cooperation|partnership|collaboration|consultation|conjunction|tandem) with|in line with"
    r"|in accordance with|consistent with|in keeping with|in the spirit|on the basis|subject to|taking|according to"
    r"|as appropriate|where appropriate|as well as (?:to )?(?:ensur|help)|by \w+ing|through \w+ing|including (?:to|by)"
    r"|[\w-]+(?:ed|led|id) (?:for )?by|based on|no matter|even|if|unless|until|when|given|as an?|as part|as the"
    r"|as (?:we|they|it|he|she))\b"
)
_ANOTHER_CLAUSE = (
    rf",?\s+and\s+(?:also\s+)?{STANCE}\b|,?\s+and\s+(?:we|they|it|this|these|he|she|I)\b"
    r"|,\s+and\s+(?:\w+\s+){1,3}(?:has|have|is|are|was|were|had)\b"
    r"|,[\"”]|,\s+[^,.;]{3,80}\s(?:said|announced|added|told|confirmed)\b"
)
CUT = re.compile(rf"{_REASON}|{_ASIDE_TO_THE_END}|{_ANOTHER_CLAUSE}|\s+[-–—]{{1,2}}\s")
IN_ORDER = re.compile(r",?\s+(?:in order to|so as to|with a view to|with the (?:aim|objective|goal|purpose) of)\b")
EFFECT = re.compile(r",\s+(?:(?:thus|also|further|\w+ly)\s+)?(?P<word>[a-z]+(?:-[a-z]+)?ing)\s+(?!and\b|or\b)")
TO_END = re.compile(r",\s+to\s+(?:be\s+(?=\w+))?(?P<word>[a-z]+(?:-[a-z]+)*)\b")
LATE_PURPOSE = re.compile(r"\s+to (?:support|help|enable|ensure|allow|make sure|contribute)\b")
TO_VERB = re.compile(r"\bto (\w+(?:-\w+)?)\b")
