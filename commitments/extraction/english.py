"""English sentences of one item -> its measures, and what an English list is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from commitments.extraction import words_en as w
from commitments.extraction.lists import Verdict
from commitments.extraction.measures_zh import Found
from commitments.extraction.triggers_en import (
    FIRST_WORD,
    Trigger,
    form_of,
    is_done,
    is_gerund,
    is_verb,
    next_word,
    triggers_of,
)
from commitments.extraction.units import Group, Unit

SENTENCE = re.compile(r"(?:[^.!?;\n]|[.](?!\s|$)|(?<=\b[A-Z])\.|(?<=\b(?:No|Mr|Dr|St))\.|(?<=\bMrs)\.)+[.!?;]?")
JOIN = re.compile(
    r"(?:,?\s+while\s+(?:also\s+)?|,\s+and\s+|,\s+as well as\s+|\s+and\s+|,\s+|\s+as well as\s+)(?=(?:(?:will|shall|to"
    r"|also|further|\w+ly)\s+)*([a-z]+(?:-[a-z]+)*))"
)
AND_DOING = re.compile(r"\band\s+(?:to\s+)?(?:\w+ly\s+)?[\w-]+ing\b")
BY_DOING = re.compile(r"\b(?:by|through|including|of|in|on|for|with) \w+ing\b")
RESUMED = re.compile(r",\s+and\s+(?:to\s+)?(?=(?:\w+ly\s+|also\s+)?(?P<verb>[a-z]+(?:-[a-z]+)*)\s)")
TO_VERB = re.compile(r"\sto\s+(?:\w+ly\s+|further\s+)?[a-z]+\b|\swith\s+[a-z]+ing\b")
LEAST_BEFORE_PURPOSE = 45
TO_BEFORE = re.compile(r"\bto\s+$")
ARTICLE_NOUN = re.compile(r"\b(?:an?|the|our|joint|new)\s+\w+$")
PREPOSITION_NOUN = re.compile(r"\b(?:in|on|of|for|with|between|through|across|as|to)\s+[a-z]+$")
MODAL = re.compile(r"\s*(?:will|shall)\b")
PARTICLES = frozenset("up out off down away together back forward".split())
REPORT_TO = frozenset("on back to by".split())
NO_OBJECT = frozenset("for of in from and to or on by at that".split())
DETERMINERS = frozenset("a an the our their its all every each more new two three four five six ten".split())
UNFINISHED = frozenset("and or to of for in on with by from at as into through between".split())
ADJECTIVES = frozenset("open free clean secure live further".split())
AFTER_NOUN = frozenset("of is are was were will has have had in for and or by at".split())
FINITE = re.compile(r"\s+(?:is|are|was|were|will|has|have|had|can|could|should|must|of|may)\b")
PLANNED = re.compile(  # Ministers to meet every year
    rf"\W*(?P<who>{w.NAME}(?:\s[a-z]\w+){{0,2}}) to (?:be \w+|(?!the |a |an |all )[a-z]+)\b"
)
MAIN_CLAUSE = re.compile(r",\s+(?:we|the|this|it|they|our|[A-Z]\w+)\s")
SAID_OF_IT = re.compile(
    r"(?<!as )(?<!that )\bwe\b|\b(?:should|must|c(?:an|ould)|would|may|is|are|was|were|ha[sv]e?|will)\b"
)
LEAD_IN = re.compile(r"(?:(?:will|shall|to|also|and)\s+)+")
ITEMS = re.compile(r",\s+(?:and\s+)?|\s+and\s+")
COUNTABLE = re.compile(r"(?:an?|the|\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|new)\s")
MAKES = frozenset(
    "establish create launch build host convene publish adopt open sign issue set finance construct".split()
)
BETWEEN_DASHES = re.compile(r"\s[–—]\s[^–—\n]{3,200}\s[–—](?=[\s,])")
CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
GAP = "\0"
LONGEST_SENTENCE = 1500
SHORTEST = 8
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
    r"\b(?:will|shall|pledge|promise|undertake|commit(?: ourselves)?(?: to)?|agreed? to|decided? to)\s*:?\s*$",
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
    rf"(?:let|look|imagine|see|consider|invites?|urges?|{w.STANCE})\b(?!-)", re.IGNORECASE
)
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
            found = list(_of_sentence(text, first, stop, opens_item))
            if not found and (is_promised and first == start or opens_item and _names_something_new(text, first, stop)):
                found = _named(text, first, stop)
            read.append((first, stop, found))
    bullets = [found for first, _, found in read if BULLET.match(text, first)]
    are_acts = len(bullets) > 2 and sum(map(bool, bullets)) >= 0.6 * len(bullets)
    for first, stop, found in read:
        if not found and are_acts and BULLET.match(text, first) and not SAID_OF_IT.search(text, first, stop):
            found = _named(text, first, stop)  # among acts, “free meals in all schools” is one too
        yield from found


def _names_something_new(text: str, start: int, end: int) -> bool:
    """“A new £60 million scheme for …”, “40 GW of offshore wind by 2030”: an item without a verb."""
    if clause := RELATIVE.search(text, start, end):
        end = clause.start()
    return bool(NEW.match(text, start, end)) and not SAID_OF_IT.search(text, start, end)


def _named(text: str, start: int, end: int) -> list[Found]:
    """What an item under a promise names, with or without a verb."""
    if topic := TOPIC.match(text, start, end):
        start = topic.end()
        if _opens_with_act(text, start, end):
            return list(_of_sentence(text, start, end, opens_item=True))
    word = FIRST_WORD.match(text, start, end)
    if not word:
        return []
    return list(
        _phrases(text, word.end() + 1 if word.group(1) == "To" else word.start(1), end, "announced by a promise")
    )


def _before_mark(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1] in ".!?;:*" or text[end - 1].isspace()):
        end -= 1
    return end


def _of_sentence(text: str, start: int, end: int, opens_item: bool) -> Iterator[Found]:
    triggers = sorted(triggers_of(text, start, end), key=lambda found: found.place)
    if opens_item and _opens_with_act(text, start, end):  # building homes, as we said we would: the act comes first
        triggers = [each for each in triggers if not _is_subordinate(text[start : each.place])]
    if not triggers:
        yield from _without_trigger(text, start, end, opens_item)
        return
    done = start
    for number, trigger in enumerate(triggers):
        if trigger.place < done:
            continue
        stop = _stop(text, trigger, triggers[number + 1 :], end)
        for found in _phrases(text, trigger.place, stop, trigger.reason):
            done = found.end
            yield replace(found, is_doubtful=found.is_doubtful or trigger.is_doubtful)


def _first_word(text: str, start: int, end: int) -> re.Match[str] | None:
    """“Progressively increase …”: the adverb does not count."""
    first = FIRST_WORD.match(text, start, end)
    if first and first.group(1).endswith("ly") and is_verb(next_word(text, first.end(), end)):
        return FIRST_WORD.match(text, first.end(), end)
    return first


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
        return True
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
        yield from _phrases(text, text.index(second, first.end()), end, "bare imperative")
    elif (word[:1].isupper() or opens_item) and is_act and not FIELD.match(text, start, end):
        yield from _phrases(text, first.start(1), end, "bare imperative")
    elif (
        opens_item
        and (plan := PLANNED.match(text, start, end))
        and not SAID_OF_IT.search(plan.group().lower())
        and is_verb(plan.group().split()[-1])
    ):
        yield from _phrases(text, plan.start("who"), end, "somebody to do it")


def _phrases(text: str, start: int, end: int, reason: str) -> Iterator[Found]:
    """The verb phrases that hang on one “will”: split at “, and <verb>”, effects cut off."""
    is_task = reason == "given as a task"
    stop, form = _before_effect(text, start, end, is_task=is_task), _form_at(text, start, end)
    rest = None
    if stop < end:  # … , in line with the plan, and build a school
        joints = (joint for joint in RESUMED.finditer(text, stop + 1, end) if form_of(joint.group("verb")) == form)
        rest = next((each for each in joints if each.group("verb") not in w.ALSO_NOUNS), None)
    yield from _split(text, start, stop, reason, is_task=is_task)
    if rest:
        yield from _phrases(text, rest.end(), end, reason)


def _split(text: str, start: int, end: int, reason: str, *, is_task: bool) -> Iterator[Found]:
    for number, (first, last) in enumerate(_joints(text, start, end, is_task=is_task)):
        while first < last and (lead := LEAD_IN.match(text, first, last)):
            first = lead.end()
        if purpose := w.LATE_PURPOSE.search(text, min(last, first + 60), last):
            last = purpose.start() if not is_task else last
        if (gap := text.find(GAP, first, last)) > 0:
            last = gap
        if last - first < SHORTEST:
            continue
        score = 0.9 if reason in ("we will", "we commit to") else 0.7
        yield from _listed(
            text, Found(first, last, reason if not number else f"{reason}, joined", score, is_bound=True)
        )


def _before_effect(text: str, start: int, end: int, *, is_task: bool) -> int:
    """“…, enabling others” and “…, to make life easier” end the phrase, unless they go on with a list of acts."""
    first = start + SHORTEST
    if is_task and (to := TO_VERB.search(text, start, end)):  # ask the bank, in tandem with the fund, to
        first = to.end()
    if cut := w.CUT.search(text, first, end):
        end = cut.start()
    if cut := w.IN_ORDER.search(text, min(end, start + LEAST_BEFORE_PURPOSE), end):
        end = cut.start()
    if _form_at(text, start, end) != "ing" or not AND_DOING.search(text, first, end):
        for effect in w.EFFECT.finditer(text, first, end):
            word = effect.group("word")
            is_means = BY_DOING.search(text, start, effect.start())  # by doing A, doing B and doing C
            if word not in w.NO_GERUNDS and word not in w.NOUNS_IN_ING and not is_means:
                end = effect.start()
                break
    if is_task:
        return end
    if not TO_BEFORE.search(text[max(0, start - 6) : start]) or not re.search(r"\band to\b", text[start:end]):
        for purpose in w.TO_END.finditer(text, first, end):
            if is_verb(purpose.group("word")) or is_done(purpose.group("word")):
                return purpose.start()
    return end


def _joints(text: str, start: int, end: int, *, is_task: bool) -> list[tuple[int, int]]:
    form = _form_at(text, start, end)
    has_to = is_task or bool(TO_BEFORE.search(text[max(0, start - 6) : start]))
    places, begin = [], start
    least = to.end() if is_task and (to := TO_VERB.search(text, start, end)) else begin
    for joint in JOIN.finditer(text, start, end):
        word = joint.group(1)
        if joint.start() <= max(begin, least) or not _begins_phrase(text, joint, word, form, has_to=has_to):
            continue
        before = text[begin : joint.start()]
        behind = text[joint.end() : joint.end() + 6]
        is_parallel = has_to and behind.startswith("to ")  # commit to plan X to the end of Y and to finance Z
        if (
            not _has_object(before)
            or not is_parallel
            and _is_within_purpose(
                before if not is_task else TO_VERB.sub(" ", before, count=1), joint.group(), behind, word
            )
        ):
            continue
        places.append((begin, joint.start()))
        begin, form = joint.end(), form_of(word) or form
    return [*places, (begin, end)]


def _form_at(text: str, start: int, end: int) -> str:
    for word in re.findall(r"\b[a-z]+\b", _uncapped(text[start : min(end, start + 60)]))[:3]:
        if form := form_of(word):
            return form
    return "base"


def _uncapped(text: str) -> str:
    return text[:1].lower() + text[1:]


def _begins_phrase(text: str, joint: re.Match[str], word: str, form: str, *, has_to: bool) -> bool:
    """Does a second verb phrase begin behind the comma or “and”, or only another noun?"""
    behind = text[joint.end() : joint.end() + 60]
    if MODAL.match(behind):
        return True
    if word in w.NO_GERUNDS:
        return False
    found, mark = form_of(word), joint.group()
    is_gerund_phrase = found == "ing" and ("while" in mark or "as well" in mark or behind.startswith("to "))
    if behind.startswith("to ") and not is_gerund_phrase and not has_to:
        return False
    if not found or found != form and not is_gerund_phrase:
        return False
    after = re.search(rf"\b{word}(?:,|\s+(?:and|or)\s+(\w+))", behind)
    if after and not is_verb(after.group(1) or "") and not is_gerund(after.group(1) or ""):  # strong, secure, balanced
        return False
    return (
        word not in w.ALSO_NOUNS
        and word not in w.NOUNS_IN_ING
        or _is_verb_here(word, behind, text[max(0, joint.start() - 30) : joint.start()], mark)
    )


def _is_verb_here(word: str, behind: str, before: str, mark: str) -> bool:
    """A word that is as often a noun: a search and rescue agreement, funding and support for."""
    after = re.search(rf"\b{word}\s+(\w+)", behind)
    if after and (
        after.group(1) in DETERMINERS
        or after.group(1).isdecimal()
        or after.group(1).endswith("ly")
        or after.group(1) in PARTICLES
    ):
        return True
    if "," not in mark and (ARTICLE_NOUN.search(before) or PREPOSITION_NOUN.search(before)):
        return False
    return after is not None and (after.group(1) not in NO_OBJECT or word == "report" and after.group(1) in REPORT_TO)


def _has_object(before: str) -> bool:
    words = re.findall(r"[\w’'-]+", before)
    if len(words) < 2 or words[-1] in UNFINISHED or words[-2:-1] == ["to"] and is_verb(words[-1]):
        return False
    return not is_verb(words[-1]) or words[-1] in w.ALSO_NOUNS or words[-1] in ADJECTIVES


def _is_within_purpose(before: str, joint: str, after: str, word: str) -> bool:
    """… to strengthen X and expand Y: both belong to the purpose, unless a comma parts them."""
    if "while" in joint or "as well as" in joint or after.startswith(("will ", "shall ")):
        return False
    if w.LATE_PURPOSE.search(before, 30):
        return True
    if "," in joint and word not in w.SOFT:
        return False
    verbs = [found.group(1) for found in w.TO_VERB.finditer(before) if not re.match(r"\s*continue to", before)]
    return any(is_verb(verb) for verb in verbs)


def _listed(text: str, found: Found) -> Iterator[Found]:
    """establish a centre, a fund and two schools: three."""
    words = text[found.start : found.end].split(None, 1)
    pieces = ITEMS.split(words[1]) if len(words) == 2 and words[0].lower() in MAKES else []
    if (
        len(pieces) < 2
        or " and " not in text[found.start : found.end]
        or not all(COUNTABLE.match(piece) and len(piece.split()) >= 2 for piece in pieces)
    ):
        yield found
        return
    place = found.start
    for number, piece in enumerate(pieces):
        place = text.index(piece, place)
        first = found.start if not number else place
        place += len(piece)
        governor = "" if not number else words[0]
        yield replace(found, start=first, end=place, governor=governor, score=found.score - 0.1 * bool(number))
