"""What hangs on one English “will” -> its acts: effects and asides cut off, lists of acts and of things split."""

import re
from collections.abc import Iterator
from dataclasses import replace

from commitments.extraction import patterns_en as p
from commitments.extraction import words_en as w
from commitments.extraction.measures_zh import Found
from commitments.extraction.triggers_en import form_of, is_done, is_gerund, is_verb

JOIN = re.compile(
    r"(?:,?\s+while\s+(?:also\s+)?|,\s+and\s+|,\s+as well as\s+|\s+and\s+|,\s+|\s+as well as\s+)(?=(?:(?:will|shall|to"
    rf"|also|further|{p.LY})\s+)*([a-z]+(?:-[a-z]+)*))"
)
AND_DOING = re.compile(r"\band\s+(?:to\s+)?(?:\w+ly\s+)?[\w-]+ing\b")
BY_DOING = re.compile(r"\b(?:by|through|including|of|in|on|for|with) \w+ing\b")
RESUMED = re.compile(r",\s+and\s+(?:to\s+)?(?=(?:\w+ly\s+|also\s+)?(?P<verb>[a-z]+(?:-[a-z]+)*)\s)")
TO_VERB = re.compile(r"\sto\s+(?:\w+ly\s+|further\s+)?[a-z]+\b|\swith\s+[a-z]+ing\b")
LEAST_BEFORE_PURPOSE = 3  # words that say something by themselves
TO_BEFORE = re.compile(r"\bto\s+$")
ARTICLE_NOUN = re.compile(r"\b(?:an?|the|our|joint|new)\s+\w+$")
PREPOSITION_NOUN = re.compile(r"\b(?:in|on|of|for|with|between|through|across|as|to)\s+[a-z]+$")
MODAL = re.compile(r"\s*(?:will|shall)\b")
PARTICLES = frozenset("up out off down away together back forward".split())
REPORT_TO = frozenset("on back to by".split())
NO_OBJECT = frozenset("for of in from and to or on by at that".split())
UNFINISHED = frozenset("and or to of for in on with by from at as into through between".split())
ADJECTIVES = frozenset("open free clean secure live further".split())
LEAD_IN = re.compile(r"(?:(?:will|shall|to|also|and)\s+)+")
ITEMS = re.compile(r",\s+(?:and\s+)?|\s+and\s+")
COUNTABLE = re.compile(r"(?:an?|the|\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|new)\s")
MAKES = frozenset(
    "establish create launch build host convene publish adopt open sign issue set finance construct".split()
)
DETERMINERS = frozenset("a an the our their its all every each more new two three four five six ten".split())
GAP = "\0"
SHORTEST = 8


def phrases(text: str, start: int, end: int, reason: str) -> Iterator[Found]:
    """The verb phrases that hang on one “will”: split at “, and <verb>”, effects cut off."""
    is_task = reason == "given as a task"
    stop, form = _before_effect(text, start, end, is_task=is_task), _form_at(text, start, end)
    rest = None
    if stop < end:  # … , in line with the plan, and build a school
        joints = (joint for joint in RESUMED.finditer(text, stop + 1, end) if form_of(joint.group("verb")) == form)
        rest = next((each for each in joints if each.group("verb") not in w.ALSO_NOUNS), None)
    yield from _split(text, start, stop, reason, is_task=is_task)
    if rest:
        yield from phrases(text, rest.end(), end, reason)


def _split(text: str, start: int, end: int, reason: str, *, is_task: bool) -> Iterator[Found]:
    for number, (first, last) in enumerate(_joints(text, start, end, is_task=is_task)):
        while first < last and (lead := LEAD_IN.match(text, first, last)):
            first = lead.end()
        if purpose := p.LATE_PURPOSE.search(text, min(last, first + 60), last):
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
    end = next(
        (cut.start() for cut in p.CUT.finditer(text, first, end) if not _is_bare(text[start : cut.start()])), end
    )
    cut = p.IN_ORDER.search(text, first, end)
    if cut and len(text[start : cut.start()].split()) >= LEAST_BEFORE_PURPOSE:
        end = cut.start()
    end = _before_gerund(text, start, first, end)
    goes_on = TO_BEFORE.search(text[max(0, start - 6) : start]) and re.search(r"\band to\b", text[start:end])
    if not is_task and not goes_on:
        for purpose in p.TO_END.finditer(text, first, end):
            if is_verb(purpose.group("word")) or is_done(purpose.group("word")):
                return purpose.start()
    return end


def _is_bare(before: str) -> bool:
    """“to provide, in consultation with all, a report”: the aside stands between verb and object."""
    word = before.rstrip().rpartition(" ")[2]
    return word == "and" or is_verb(word) and word not in w.ALSO_NOUNS


def _before_gerund(text: str, start: int, first: int, end: int) -> int:
    if _form_at(text, start, end) == "ing" and AND_DOING.search(text, first, end):
        return end  # raising A, cutting B and ending C
    for effect in p.EFFECT.finditer(text, first, end):
        word = effect.group("word")
        is_means = BY_DOING.search(text, start, effect.start())  # by doing A, doing B and doing C
        if word not in w.NO_GERUNDS and word not in w.NOUNS_IN_ING and not is_means:
            return effect.start()
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
    if (
        words[-1].endswith("ing") and is_gerund(words[-1]) and words[-1] not in w.NOUNS_IN_ING
    ):  # for designing and introducing
        return False
    return not is_verb(words[-1]) or words[-1] in w.ALSO_NOUNS or words[-1] in ADJECTIVES


def _is_within_purpose(before: str, joint: str, after: str, word: str) -> bool:
    """… to strengthen X and expand Y: both belong to the purpose, unless a comma parts them."""
    if "while" in joint or "as well as" in joint or after.startswith(("will ", "shall ")):
        return False
    if p.LATE_PURPOSE.search(before, 30):
        return True
    if "," in joint and word not in w.SOFT:
        return False
    verbs = [found.group(1) for found in p.TO_VERB.finditer(before) if not re.match(r"\s*continue to", before)]
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
