"""An English sentence -> the places where somebody binds itself: we will, we commit to, we intend to."""

import re
from collections.abc import Iterator

from commitments.extraction import words_en as w

FIRST_WORD = re.compile(r"\W*(\w+)")
IS_SPEAKER = re.compile(rf"{w.SPEAKERS}\b", re.IGNORECASE)
HELPS = re.compile(
    r"(?:help|enable|ensure|allow|make|bring|give|support|contribute|require|take|continue|include|provide|lead|reduce"
    r"|increase|improve)\b"
)
# A country or a body by its name: China will, Heads of Delegation will. Only where the sentence begins.
NAME_WILL = re.compile(
    r"\W*(?:Today,? |Next,? |In addition,? |To this end,? |Over the next [\w ]{3,20}, |First(?:ly)?, "
    r"|Second(?:ly)?, |Third(?:ly)?, )?"
    r"([A-Z][a-z]+|(?:The )?United (?:States|Kingdom|Nations)|The (?:EU|UK|US))"
    r"(?:, for (?:its|his|her|their) part,)? (?:will|shall) (?:also |further |now |jointly |continue to (?=$))*"
)
NO_NAMES = frozenset(
    "this that it these they those such there which who what nothing everyone nobody all each here today".split()
)
ASKS = re.compile(r"\b(?:how|what|why|where|when|whether)\s+$", re.IGNORECASE)
THEREBY = re.compile(r"thereby\s+$")
COMMITS = re.compile(r"\b(?:commit|pledge)\s+to\s+$")
POSSESSED = re.compile(r"(?:our|the|their)\b")
STANDS_BY = re.compile(r"firmly|fully|strongly|and\s")
WE = re.compile(r"\bwe\b", re.IGNORECASE)

Trigger = tuple[int, str, bool]  # where the verb phrase begins, the rule, whether one may doubt it


def triggers_of(text: str, start: int, end: int) -> Iterator[Trigger]:
    yield from _will(text, start, end)
    yield from _commit(text, start, end)
    for found in w.REAFFIRM.finditer(text, start, end):
        yield found.end(), "commitment reaffirmed", False
    for found in w.DECISION_THAT.finditer(text, start, end):
        yield found.end(), "decision", False
    for found in w.FORWARD.finditer(text, start, end):
        yield found.end(), "look forward to", True
    yield from _performed(text, start, end)


def _will(text: str, start: int, end: int) -> Iterator[Trigger]:
    if (name := NAME_WILL.match(text, start, end)) and name.group(1).lower() not in NO_NAMES:
        if is_verb(next_word(text, name.end(), end)) and not w.NOT_ACTS.match(text, name.end(), end):
            yield name.end(), "we will", False
    for found in w.WILL.finditer(text, start, end):
        is_asked = ASKS.search(text, max(start, found.start() - 8), found.start())  # How we will do this
        if is_asked or w.NOT_ACTS.match(text, found.end(), end) or THEREBY.search(found.group()):
            continue
        if IS_SPEAKER.match(found.group()) or _is_promise(text, found.end(), end):
            yield found.end(), "we will", False


def _is_promise(text: str, start: int, end: int) -> bool:
    """“It will help” is none."""
    return is_verb(next_word(text, start, end)) and not HELPS.match(text, start)


def _commit(text: str, start: int, end: int) -> Iterator[Trigger]:
    for found in w.COMMIT.finditer(text, start, end):
        word = next_word(text, found.end(), end)
        if not word or w.NOT_ACTS.match(text, found.end(), end):
            continue
        is_act = is_verb(word) or word.endswith(("ing", "ly"))
        to_thing = COMMITS.search(found.group()) and not POSSESSED.match(text, found.end(), end)
        if is_act or to_thing:
            yield found.end(), "we commit to", not is_act or "ready" in found.group()


def _performed(text: str, start: int, end: int) -> Iterator[Trigger]:
    """We hereby establish, we ask the secretariat to."""
    for found in w.PERFORM.finditer(text, start, end):
        is_support = text.startswith("support", found.end())
        joins = found.group().lower().startswith("and")
        if is_support and STANDS_BY.search(found.group()) or joins and not WE.search(text, start, found.start()):
            continue
        yield found.end(), "performed", is_support


def next_word(text: str, start: int, end: int) -> str:
    word = FIRST_WORD.match(text, start, end)
    return word.group(1) if word else ""


def is_verb(word: str) -> bool:
    return word in w.VERBS


def is_gerund(word: str) -> bool:
    stem = word.removesuffix("ing")
    return stem != word and any(is_verb(each) for each in (stem, stem + "e", stem[:-1]))


def form_of(word: str) -> str:
    return "ing" if word.endswith("ing") else "base" if is_verb(word) else ""
