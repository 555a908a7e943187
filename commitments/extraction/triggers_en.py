"""An English sentence -> the places where somebody binds itself: we will, we commit to, the council will be set up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from commitments.extraction import patterns_en as p
from commitments.extraction import words_en as w

MOST_ADJECTIVES = 3
REACH = 150  # characters before a verb in which its subject stands
FIRST_WORD = re.compile(r"\W*(\w+(?:-\w+)*)")
NOT_BEHIND = "".join(
    rf"(?<!\b{word}\s)"
    for word in "in of for to with from by at on between under the two three four our their these those other".split()
)
IS_SPEAKER = re.compile(rf"(?:^|\W){NOT_BEHIND}(?P<subject>{p.SPEAKERS}){p.ASIDE}\s*{p.ADVERBS}$", re.IGNORECASE)
IS_PRONOUN = re.compile(rf"\b(?:it|they|he|she){p.ASIDE}\s*{p.ADVERBS}$", re.IGNORECASE)
IS_BODY = re.compile(
    rf"(?:^|\W)(?P<subject>(?i:(?:the|an?|our|my|its|their|each|all|both)\s+)?(?:(?!(?:that|and|so)\b)[\w’'-]+\s+){{0,4}}?(?i:{p.BODY})"
    rf"(?:\s(?:of|with|in|for|from|on|at|responsible)\s[^,;:.]{{1,60}})?|{p.NAME}){p.ASIDE}\s*{p.ADVERBS}$"
)
CLAUSE_START = re.compile(r".*(?:[,;:]\s+|[–—]\s*|\b(?:that|but|while|so)\s+)", re.DOTALL)
CONJUNCTION = re.compile(rf"(?:^|,|\b(?:and|but|or|then))\s*{p.ADVERBS}$")
AND = re.compile(rf"\band\s*{p.ADVERBS}$")
PAPER = re.compile(
    r"(?:Agenda|Strategy|Plan|Declaration|Pact|Framework|Roadmap|Report|Agreement|Statement|Charter|Communiqué|Act|Bill)$"
)
NAME_HAS = re.compile(rf"\W*{p.NAME}\s(?:has|have|is|are)\b")  # Norland has …, and will …
ONE_WORD_NAME = re.compile(r"(?:[Tt]he )?United [A-Z]\w+|[A-Z]\w+")
NO_NAMES = frozenset(
    "this that it these they those such there which who what nothing everyone nobody here today how why where"
    " when if whether".split()
)
QUANTIFIERS = frozenset("every any some no many most".split())
ASKED = re.compile(r"\b(?:how|what|why|where|when|whether|if|which)\s+(?:\w+\s+)?$", re.IGNORECASE)
SAID = re.compile(r"\b(?:said|says|added|announced|agreed|stated|told|pledged|promised|confirmed|decided)\b")
BE_DONE = re.compile(r"be\s+(?:\w+ly\s+|further\s+|jointly\s+)*(?P<verb>\w+(?:-\w+)?)\b")
ENTER = re.compile(r"(?:enter|come) into (?:force|effect)|take (?:effect|place)")
DONE = frozenset(
    """
held made given built set put brought drawn taken begun sent paid spent cut kept laid led sold shown taught found
drafted undertaken written chosen frozen free available operational
""".split()
)
# A quantified result, whoever brings it about: the grant will rise to 500.
QUANTIFIED = re.compile(
    r"(?:increase|rise|fall|drop|decline|grow|double|triple|halve|reach|receive|get|go|shrink|pay|have|total|exceed)\b[^.;]{0,60}?\d"
)
UNIVERSAL = re.compile(r"\b(?:every|each|all|no)\s+(?:[\w-]+\s+){1,6}$", re.IGNORECASE)  # every apprentice will
A_NUMBER = re.compile(r"\d[^.;]{0,40}$")
PROMISED = re.compile(r"(?:get|receive|have|be (?:able|entitled|offered|given)|pay|benefit)\b")
FORECAST = re.compile(
    r"\b(?:growth|econom\w+|inflation|prices?|temperatures?|population|demand|emissions|unemployment|deficit)\b"
)
STATES = frozenset(
    """
affected based committed composed concerned delighted determined disappointed expected faced guided honoured interested
involved judged needed pleased prepared remembered required satisfied tempted tired united
""".split()
)
HELPS = re.compile(
    r"(?:help|enable|ensure|allow|make|bring|give|support|contribute|require|take|continue|include|provide|lead|reduce"
    r"|increase|improve|serve|create|cover|focus|draw|form|cost|save|boost|benefit|apply|cause|play|add)\b"
)
OURS = re.compile(r"(?:our|the|their)\b")
NO_EVIDENCE = re.compile(r"\b(?:no|not)\b[^,;:]*\bthat\b[^,;:]*$")  # we see no sign that they are committed to
SOMEBODY = re.compile(rf"\W*(?:The|Both|All|Several|Most|Many)\s(?:(?!that|to)[\w-]+\s){{1,5}}{p.ADVERBS}")  # The ports
VERB_NEEDED = re.compile(r"\b(?:decide|resolve|undert|intend|plan|determined|aim|going|ready|prepared)", re.IGNORECASE)
STANDS_BY = re.compile(r"firmly|fully|strongly|and\s")
WE = re.compile(r"\bwe\b", re.IGNORECASE)
NOUN_ACT = re.compile(
    r"(?:the\s+|its\s+|their\s+)?(?:\w+,?\s+){0,4}?(?:implementation|establishment|creation|completion|conclusion"
    r"|ratification|adoption|launch|elimination|promotion)\b"
)


@dataclass(frozen=True)
class Trigger:
    begin: int  # of the words that bind: of “we” in “we will”
    place: int  # where the quote begins
    reason: str
    is_doubtful: bool = False


def triggers_of(text: str, start: int, end: int) -> Iterator[Trigger]:
    yield from _will(text, start, end)
    yield from _commit(text, start, end)
    for found in p.COMMITMENT.finditer(text, start, end):
        if is_act(text, found.end(), end) or NOUN_ACT.match(text, found.end(), end):
            yield Trigger(found.start(), found.end(), "commitment reaffirmed", not is_act(text, found.end(), end))
    for found in p.DECISION_THAT.finditer(text, start, end):
        yield Trigger(found.start(), found.end(), "decision")
    for found in p.FORWARD.finditer(text, start, end):
        yield Trigger(found.start(), found.end(), "look forward to", True)
    yield from _performed(text, start, end)
    yield from _asked(text, start, end)


def _will(text: str, start: int, end: int) -> Iterator[Trigger]:
    is_bound = False  # has somebody in this sentence bound itself: “we will …, and will …”
    for found in p.WILL.finditer(text, start, end):
        before = text[max(start, found.start() - REACH) : found.start()]
        if not _is_asked_or_told(text, start, found, before):
            if trigger := _of_will(text, start, end, found, before, is_bound=is_bound):
                is_bound = is_bound or trigger.reason in ("we will", "another body will")
                yield trigger


def _is_asked_or_told(text: str, start: int, found: re.Match[str], before: str) -> bool:
    """How we will do it; it would help; thereby."""
    is_unsaid = found.group("modal") == "would" and not SAID.search(text, start, found.start())
    return is_unsaid or "thereby" in found.group() or bool(ASKED.search(before))


def _of_will(text: str, start: int, end: int, found: re.Match[str], before: str, *, is_bound: bool) -> Trigger | None:
    place = found.end()
    is_result = bool(
        QUANTIFIED.match(text, place, end)
        or (UNIVERSAL.search(before) or A_NUMBER.search(before))
        and PROMISED.match(text, place, end)
    )
    if BE_DONE.match(text, place, end):
        done = BE_DONE.match(text, place)
        return _of_clause(text, start, found.start(), "will be done") if done and is_done(done.group("verb")) else None
    if p.NOT_ACTS.match(text, place, end) and not is_result:
        return None
    if IS_PRONOUN.search(before):
        is_promise = is_act(text, place, end) and not HELPS.match(text, place)
        return Trigger(place - len(found.group()) - 3, place, "we will") if is_promise else None
    begin = found.start() - len(before)
    if speaker := IS_SPEAKER.search(before):
        return Trigger(begin + speaker.start("subject"), place, "we will")
    if (body := _body(before)) and (is_act(text, place, end) or ENTER.match(text, place, end)):
        name, begin = body.group("subject"), begin + body.start("subject")
        if PAPER.search(name):  # the Agenda will guide our work
            return None
        if ONE_WORD_NAME.fullmatch(name):  # Norland will: as good as “we”
            return Trigger(begin, place, "we will")
        return Trigger(begin, begin, "another body will", not name.lower().startswith(("our ", "my ")))
    if is_result:
        return _of_clause(text, start, found.start(), "quantified result")
    has_subject = WE.search(text, start, found.start()) or NAME_HAS.match(text, start)
    if is_bound and CONJUNCTION.search(before) or has_subject and AND.search(before):
        return Trigger(found.start(), place, "we will")
    return None


def _body(before: str) -> re.Match[str] | None:
    """The office or named body that a verb behind these words would have as its subject."""
    found = IS_BODY.search(before)
    words = found.group("subject").lower().split() if found else []
    is_pronoun = words[:1] in (["all"], ["each"]) and len(words) == 1
    return None if not words or is_pronoun or words[0] in NO_NAMES | QUANTIFIERS else found


def _of_clause(text: str, start: int, verb: int, reason: str) -> Trigger | None:
    """From where the clause begins whose verb stands there: “a bill will be introduced”, “the grant will rise to 9”."""
    begin = max(start, verb - REACH)
    before = text[begin:verb]
    if cut := CLAUSE_START.match(before):
        begin += cut.end()
    elif begin > start:
        return None
    head, joint, _ = text[begin:verb].rpartition(" and ")
    if joint and len(head.split()) > MOST_ADJECTIVES:  # not: bureaucratic and regulatory burden
        begin = verb - len(text[begin:verb]) + len(head) + len(joint)
    if everybody := UNIVERSAL.search(before):
        begin = verb - len(before) + everybody.start()
    while begin < verb and not text[begin].isalnum():
        begin += 1
    first = text[begin:verb].lower().split()
    is_forecast = reason == "quantified result" and FORECAST.search(text, begin, verb)
    if not first or is_forecast or first[0] in NO_NAMES or first[0] in ("we", "i", "he"):
        return None
    return Trigger(begin, begin, reason)


def _commit(text: str, start: int, end: int) -> Iterator[Trigger]:
    for found in p.COMMIT.finditer(text, start, end):
        before = text[max(start, found.start() - REACH) : found.start()]
        if p.NOT_ACTS.match(text, found.end(), end) or ASKED.search(before) or NO_EVIDENCE.search(before):
            continue
        begin = found.start() - len(before)
        if subject := IS_SPEAKER.search(before) or _body(before):
            begin += subject.start("subject")
        elif p.NO_SUBJECT.fullmatch(before) or SOMEBODY.fullmatch(before) or CONJUNCTION.search(before):
            begin = found.start()
        else:
            continue
        is_sure = is_act(text, found.end(), end) or bool(NOUN_ACT.match(text, found.end(), end))
        if is_sure or _is_to_something(text, found, end):
            yield Trigger(begin, found.end(), "we commit to", not is_sure or "ready" in found.group())


def _is_to_something(text: str, found: re.Match[str], end: int) -> bool:
    """“Decided to” takes a verb, if one that the list lacks; “committed to” takes a thing too, but not “our values”."""
    word = next_word(text, found.end(), end)
    takes_any = VERB_NEEDED.search(found.group()) or "commit" in found.group().lower()
    is_thing = word[:1].islower() and not OURS.match(text, found.end(), end)
    return word.endswith("ly") or bool(takes_any and is_thing)


def _performed(text: str, start: int, end: int) -> Iterator[Trigger]:
    """We hereby establish, we are launching."""
    for found in p.PERFORM.finditer(text, start, end):
        is_support = text.startswith("support", found.end())
        joins = found.group().lower().startswith("and")
        if ASKED.search(text, start, found.start()):
            continue
        if is_support and STANDS_BY.search(found.group()) or joins and not WE.search(text, start, found.start()):
            continue
        yield Trigger(found.start(), found.end(), "performed", is_support)
    for found in p.DOING.finditer(text, start, end):
        yield Trigger(found.start(), found.end(), "performed")


def _asked(text: str, start: int, end: int) -> Iterator[Trigger]:
    """Requests the secretariat to report: the verb stays in the quote."""
    for found in p.ASK.finditer(text, start, end):
        subject = found.group("subject")
        is_bare = found.group("verb")[-1] != "d" and p.NO_SUBJECT.fullmatch(text[start : found.start("verb")])
        if subject or is_bare:
            yield Trigger(found.start(), found.start("verb"), "given as a task")


def next_word(text: str, start: int, end: int) -> str:
    word = FIRST_WORD.match(text, start, end)
    return word.group(1) if word else ""


def is_act(text: str, start: int, end: int) -> bool:
    """Does a verb of acting begin here, plain or as a gerund, behind adverbs?"""
    for _ in range(5):
        word = FIRST_WORD.match(text, start, end)
        if not word:
            return False
        if is_verb(word.group(1)) or is_gerund(word.group(1)):
            return True
        if not word.group(1).endswith("ly") and word.group(1) not in w.BEFORE_VERB:
            return False
        start = word.end()
    return False


def is_verb(word: str) -> bool:
    """Also in American spelling, with a particle, and done again: mobilize, scale-up, reconnect."""
    if word.startswith("re") and word[2:] in w.VERBS:
        return True
    return word in w.VERBS or "iz" in word and word.replace("iz", "is") in w.VERBS or word.partition("-")[0] in w.VERBS


def is_gerund(word: str) -> bool:
    stem = word.partition("-")[0].removesuffix("ing")
    if "-" in word and word.endswith("ing"):  # fast-tracking
        stem = word.removesuffix("ing")
    elif not word.partition("-")[0].endswith("ing"):
        return False
    return any(is_verb(each) for each in (stem, stem + "e", stem[:-1]))


def is_done(word: str) -> bool:
    """A participle of an act: established, held; not a state: concerned."""
    return word in DONE or word.endswith("ed") and len(word) > 5 and word not in STATES


def form_of(word: str) -> str:
    if is_verb(word):
        return "base"
    return "ing" if is_gerund(word) or word.endswith("ing") and len(word) > 4 and "-" not in word else ""
