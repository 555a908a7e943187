"""English sentences of one item -> its measures, and what an English list is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from commitments.extraction import patterns_en as p
from commitments.extraction import words_en as w
from commitments.extraction.lists import Verdict
from commitments.extraction.measures_zh import Found
from commitments.extraction.phrases_en import DETERMINERS, GAP, SHORTEST, phrases
from commitments.extraction.triggers_en import (
    FIRST_WORD,
    Trigger,
    is_gerund,
    is_verb,
    next_word,
    triggers_of,
)
from commitments.extraction.units import Group, Unit

SENTENCE = re.compile(r"(?:[^.!?;\n]|[.](?!\s|$)|(?<=\b[A-Z])\.|(?<=\b(?:No|Mr|Dr|St))\.|(?<=\bMrs)\.)+[.!?;]?")
AFTER_NOUN = frozenset("of is are was were will has have had in for and or by at".split())
FINITE = re.compile(r"\s+(?:is|are|was|were|will|has|have|had|can|could|should|must|of|may)\b")
PLANNED = re.compile(  # Ministers to meet every year
    rf"\W*(?P<who>{p.NAME}(?:\s[a-z]\w+){{0,2}}|An?\s[\w -]{{3,50}}?) to (?:be \w+|(?!the |a |an |all )[a-z]+)\b"
)
HAS_BEEN = re.compile(r"\b(?:have|has|had|is|are|was|were|will|can|must|should)\b")
OPENING_TIME = re.compile(r"\W*(?:By|In|Within|From|Over|Before|During|After|Each|Every|This|Next)\s[^,.;]{2,60},\s+")
MAIN_CLAUSE = re.compile(r",\s+(?:we|the|this|it|they|our|[A-Z]\w+)\s")
IS_SAID = re.compile(r"\b(?:is|are|was|were|ha[sd]|have|can|should|must|may)\b|^\W*(?:\w+\s+){1,3}\w+ed\b")
SAID_OF_IT = re.compile(
    r"(?<!as )(?<!that )\bwe\b|\b(?:should|must|c(?:an|ould)|would|may|is|are|was|were|ha[sv]e?|will)\b"
)
BETWEEN_DASHES = re.compile(r"\s[–—]\s[^–—\n]{3,200}\s[–—](?=[\s,])")
CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
LONGEST_SENTENCE = 1500
BEFORE_NEXT = re.compile(
    r"(?:,|;|\s)\s*(?:(?:and|but|while|so|in addition|to this end|furthermore)\b\s*)?(?:,\s*[^,]{1,25},)?,?\s*$"
)
URGES = re.compile(r"\b(?:urg|invit|encourag|recommend|appeal|call)(?:e?s|e)?(?:ing)?\s[^.;:]*:\s*$", re.IGNORECASE)
PRINCIPLES = re.compile(
    r"principles|guided by|values|lessons|beliefs|we (?:believe|recogni[sz]e|affirm) (?:that"
    r"|the following)|(?:all|other|the world|international community|everyone|every country"
    r"|countries) (?:to|must|should)",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:progress (?:made|so far)|achievements?|what we have done|track record|background|lessons learned)\b",
    re.IGNORECASE,
)
PAST_LEAD = re.compile(
    r"\b(?:have|has)\s+(?:already\s+|so far\s+)?(?:achieved|delivered|accomplished|completed|done|made)\b"
    r"|\b(?:achievements|results so far|highlights of)\b[^.]*$",
    re.IGNORECASE,
)
PROMISE_LEAD = re.compile(
    r"\b(?:will|shall|pledge|promise|undertake|commit(?: ourselves)?(?: to)?|agreed? to|decided? to"
    r"|(?:efforts|steps|measures|action) to)\s*:?\s*$",
    re.IGNORECASE,
)
PROMISE_TITLE = re.compile(
    r"^(?:[\w’'-]+ ){0,6}(?:pledges|promises|commitments)(?: (?:to|for) [^.;:]{2,40})?\s*:?\s*$", re.IGNORECASE
)
SHORT_ITEM = 200
NEW = re.compile(r"\W*(?:(?:an?\s+)?(?:new|additional|further|extra)\s|[£$€]?\d)", re.IGNORECASE)
BULLET = re.compile(r"[•·*●▪-]\s")
FIELD = re.compile(r"\W*[\w ]{3,40}:\s")  # Lead agency: Ministry of Finance
RELATIVE = re.compile(r",|\b(?:that|which|who)\b")
TOPIC = re.compile(r"[^:.;!?\n]{3,60}:\s+(?=\S)")  # Decent homes for all: …
SUBORDINATE = re.compile(r"\b(?:as|so|that|which|because|since|if|when|than|where)\s+(?:\w+\s+){0,3}$")
IMPERATIVE_TO_OTHERS = re.compile(
    rf"(?:let|look|imagine|see|consider|invites?|urges?|encourages|declares? that|appeals? to|{p.STANCE})\b(?!-)",
    re.IGNORECASE,
)
WE_STANCE = re.compile(rf"\W*(?:we|leaders|heads)\s+{p.STANCE}\b", re.IGNORECASE)
SHOULD = re.compile(r"\b(?:should|must|ought to|need to)\b", re.IGNORECASE)


def judge(text: str, group: Group, found: Callable[[Unit], list[Found]]) -> Verdict:
    lead = re.split(r"(?<=[.!?])\s", group.lead)[-1]
    titles = group.titles[:1]
    if any(PAST.search(title) for title in titles):
        return Verdict("past", "under a heading of past work", 0.8)
    if PAST_LEAD.search(lead) and not PROMISE_LEAD.search(lead):
        return Verdict("past", "announced as past work", 0.8)
    share = sum(bool(found(unit)) for unit in group.units) / len(group.units)
    urged = sum(bool(SHOULD.search(text, unit.start, min(unit.end, unit.start + 160))) for unit in group.units)
    if (PRINCIPLES.search(lead) or any(PRINCIPLES.search(title) for title in titles)) and share < 0.7:
        return Verdict("principles", "announced as principles", 0.8)
    if URGES.search(lead) and not PROMISE_LEAD.search(lead):
        return Verdict("principles", "urges others", 0.8)
    if urged >= 0.6 * len(group.units) and share < 0.4:
        return Verdict("principles", "exhorts others", 0.7)
    if share:
        return Verdict("proposals", "items with measures", round(0.6 + 0.35 * share, 2))
    return Verdict("nothing", "items without measures", 0.6)


def readable(text: str) -> str:
    """What stands between dashes blanked and verbs in capitals made small, the length kept."""
    text = CAPITALS.sub(lambda found: found.group().lower() if is_verb(found.group().lower()) else found.group(), text)
    return BETWEEN_DASHES.sub(lambda found: GAP * len(found.group()), text)


def is_promised(group: Group, title: str) -> bool:
    """“This year we will:” makes a promise of whatever its items name, and so does a title of pledges of short ones."""
    lead = re.split(r"(?<=[.!?])\s", group.lead)[-1]
    are_short = all(unit.end - unit.start <= SHORT_ITEM for unit in group.units)
    return bool(PROMISE_LEAD.search(lead) or PROMISE_TITLE.search(lead) or are_short and PROMISE_TITLE.search(title))


def measures(text: str, start: int, end: int, *, is_list: bool = True, is_promised: bool = False) -> Iterator[Found]:
    read: list[tuple[int, int, list[Found]]] = []
    for sentence in SENTENCE.finditer(text, start, end):
        first, last = sentence.span()
        if last - first <= LONGEST_SENTENCE:
            stop = _before_mark(text, first, last)
            opens_item = is_list and (first == start or text[first - 1] == "\n")
            announces = text[stop:last].strip() == ":"  # we will take the following steps:
            found = [] if announces else list(_of_sentence(text, first, stop, opens_item))
            if not found and (is_promised and first == start or opens_item and _names_something_new(text, first, stop)):
                found = _named(text, first, stop)
            read.append((first, stop, found))
    bullets = [found for first, _, found in read if BULLET.match(text, first)]
    are_acts = len(bullets) > 2 and sum(map(bool, bullets)) >= 0.6 * len(bullets)
    for first, stop, found in read:
        if not found and are_acts and BULLET.match(text, first) and not IS_SAID.search(text[first:stop]):
            found = _named(text, first, stop)  # among acts, “free meals in all schools” is one too
        yield from found


def _names_something_new(text: str, start: int, end: int) -> bool:
    """“A new £60 million scheme for …”, “40 GW of offshore wind by 2030”: an item without a verb."""
    if clause := RELATIVE.search(text, start, end):
        end = clause.start()
    return bool(NEW.match(text, start, end)) and not SAID_OF_IT.search(text, start, end)


def _named(text: str, start: int, end: int) -> list[Found]:
    """What an item under a promise names, with or without a verb."""
    if WE_STANCE.match(text, start, end):
        return []
    if topic := TOPIC.match(text, start, end):
        start = topic.end()
        if _opens_with_act(text, start, end):
            return list(_of_sentence(text, start, end, opens_item=True))
    word = FIRST_WORD.match(text, start, end)
    if not word:
        return []
    return list(
        phrases(text, word.end() + 1 if word.group(1) == "To" else word.start(1), end, "announced by a promise")
    )


def _before_mark(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1] in ".!?;:*" or text[end - 1].isspace()):
        end -= 1
    return end


def _of_sentence(text: str, start: int, end: int, opens_item: bool) -> Iterator[Found]:
    triggers = sorted(triggers_of(text, start, end), key=lambda found: found.place)
    if opens_item and _opens_with_act(text, start, end):  # building homes, as we said we would: the act comes first
        triggers = [each for each in triggers if not _is_subordinate(text[start : each.place])]
    if triggers and opens_item and _opens_with_act(text, start, end) and triggers[0].begin > start + SHORTEST:
        first = FIRST_WORD.match(text, start, end)
        triggers.insert(0, Trigger(start, first.start(1) if first else start, "bare imperative"))
    if not triggers:
        yield from _without_trigger(text, start, end, opens_item)
        return
    done = start
    for number, trigger in enumerate(triggers):
        if trigger.place < done:
            continue
        stop = _stop(text, trigger, triggers[number + 1 :], end)
        for found in phrases(text, trigger.place, stop, trigger.reason):
            done = found.end
            yield replace(found, is_doubtful=found.is_doubtful or trigger.is_doubtful)


def _first_word(text: str, start: int, end: int) -> re.Match[str] | None:
    """“Progressively increase …”: the adverb does not count."""
    first = FIRST_WORD.match(text, start, end)
    if first and first.group(1).endswith("ly") and is_verb(next_word(text, first.end(), end)):
        return FIRST_WORD.match(text, first.end(), end)
    return first


def _from_adverb(text: str, start: int, first: re.Match[str]) -> int:
    word = FIRST_WORD.match(text, start)
    return word.start(1) if word and word.group(1).endswith("ly") else first.start(1)


def _opens_with_act(text: str, start: int, end: int) -> bool:
    first = _first_word(text, start, end)
    if not first or IMPERATIVE_TO_OTHERS.match(text, first.start(1), end):
        return False
    word = first.group(1).lower()
    return is_verb(word) or _is_opening_gerund(text, first.end(1), end, word)


def _is_opening_gerund(text: str, behind: int, end: int, word: str) -> bool:
    """“Storing home-made power”: an item may open with a gerund that the list of verbs lacks."""
    if MAIN_CLAUSE.search(text, behind, end):  # Building on our success, we …
        return False
    if is_gerund(word):
        clause = RELATIVE.search(text, behind, end)
        return not HAS_BEEN.search(text, behind, clause.start() if clause else end)
    is_noun = word in w.NOUNS_IN_ING or next_word(text, behind, end).lower() in AFTER_NOUN
    is_unknown = word.endswith("ing") and len(word) > 5 and word not in w.NO_GERUNDS and not is_noun
    return is_unknown and not SAID_OF_IT.search(text, behind, end)


def _is_subordinate(before: str) -> bool:
    speaker = before.lower().rfind(" we ")
    return speaker > 0 and bool(SUBORDINATE.search(before[: speaker + 1]))


def _stop(text: str, trigger: Trigger, others: list[Trigger], end: int) -> int:
    """Where the next trigger's own words begin, so that “, and we” does not stay at the end of the phrase."""
    stop = next((each.begin for each in others if each.begin > trigger.place + SHORTEST), end)
    if stop < end and (joint := BEFORE_NEXT.search(text, max(trigger.place, stop - 60), stop)):
        stop = joint.start()
    return stop


def _without_trigger(text: str, start: int, end: int, opens_item: bool) -> Iterator[Found]:
    """A bare imperative of a plan, or a named body that will do something."""
    first = _first_word(text, start, end)
    if not first or IMPERATIVE_TO_OTHERS.match(text, first.start(1), end):
        return
    word = first.group(1)
    if word.lower() in w.ALSO_NOUNS:  # Supply has increased, Research matters
        is_noun = FINITE.match(text, first.end(), end) or not opens_item
        following = next_word(text, first.end(), end)
        if is_noun and following not in DETERMINERS and not following[:1].isdecimal():
            return
    is_act = is_verb(word.lower()) or opens_item and _is_opening_gerund(text, first.end(1), end, word.lower())
    if (
        word.lower() == "to"
        and (second := next_word(text, first.end(), end))
        and (word == "to" or is_verb(second) and not SAID_OF_IT.search(text, first.end(), end))
    ):
        yield from phrases(text, text.index(second, first.end()), end, "bare imperative")
    elif (word[:1].isupper() or opens_item) and is_act and not FIELD.match(text, start, end):
        yield from phrases(text, _from_adverb(text, start, first), end, "bare imperative")
    elif opens_item and (when := OPENING_TIME.match(text, start, end)) and _opens_with_act(text, when.end(), end):
        for number, act in enumerate(phrases(text, when.end(), end, "bare imperative")):
            yield act if number else replace(act, start=first.start(1))
    elif (
        opens_item
        and (plan := PLANNED.match(text, start, end))
        and not SAID_OF_IT.search(plan.group().lower())
        and (is_verb(plan.group().split()[-1]) or " to be " in plan.group())
    ):
        yield from phrases(text, plan.start("who"), end, "somebody to do it")
