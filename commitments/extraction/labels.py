"""Enumerators -> labels: 一、 （一） 1. （1） ① 一是 第一， —— • First, (a) and headings, with family and number."""

import re
from dataclasses import dataclass

from commitments.text.numerals import number_of
from commitments.text.unwrap import Flat

CN = "一二三四五六七八九十百"
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
ORDINALS = {
    **{word: n for n, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)},
    **{f"{word}ly": n for n, word in enumerate("first second third fourth fifth sixth".split(), 1)},
}
IN_TURN = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 4, "其一": 1, "其二": 2, "其三": 3, "其四": 4, "其五": 5}

GOALS = "Goal Pillar Priority Objective Chapter Part Section Theme Area Strategy Mission Outcome"
ACTIONS = "Action Commitment Recommendation Step Measure Target Milestone Initiative Pledge Deliverable"


def _words(names: str) -> str:
    """Each as a title has it: Goal or GOAL."""
    return "|".join(f"{name}|{name.upper()}" for name in names.split())


# Each family: how its label looks, with the number as a group where it has one.
AT_START = {
    "mark": r"#{1,6}[ \t]+",
    "chapter": rf"第([{CN}]{{1,3}})[章编节篇部](?:分|分：)?[　 、：:]*",
    "article": rf"第([{CN}]{{1,3}}|\d{{1,3}})条[　 、：:]*",
    "task": rf"(?:专项行动|重点任务|任务|行动|举措|措施|工程|建议)[ ]?([{CN}]{{1,3}}|\d{{1,2}})[：:、.．　 ]+",
    "english_goal": rf"(?:{_words(GOALS)})[ ](\d{{1,2}})[.:)]?[ \t]+",
    "english_action": rf"(?:{_words(ACTIONS)})[ ](?:[A-Z]{{1,4}}[-.]?)?(\d{{1,2}}(?:\.\d{{1,2}})*)[.:)]?[ \t]+",
    "top": rf"([{CN}]{{1,3}})[、．.][ 　]*",
    "parenthesis": rf"[（(]([{CN}]{{1,3}})[）)][、.．]?[ 　]*",
    "decimal_deep": r"(\d{1,2}(?:\.\d{1,2}){2,3})[.、．]?[ 　\t]+",
    "decimal": r"(\d{1,2}\.\d{1,2})[.、．]?[ 　\t]+",
    "number": r"(\d{1,3})(?:[.．、](?!\d)|\\\.)[ 　\t]*",
    "number_half": r"(\d{1,3})[)）][ 　\t]*",
    "number_parenthesis": r"[（(](\d{1,3})[）)][ 　]*",
    "circled": r"([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])[ 　]*",
    "one_is": rf"([{CN}]{{1,3}})(?:是(?!否)|要(?![求点素件]))[，,：:]?",
    "ordinal": rf"第([{CN}]{{1,3}})(?:[，,、：:]|是[，,]?|点是?[，,：:])[ 　]*",
    "in_turn": r"(首先|其次|再次|再者|最后|其[一二三四五])(?:是)?[，,]",
    "english_ordinal": r"(?:and )?((?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?:ly)?)[,:]\s+",
    "letter": r"\(([a-z]{1,4})\)[ \t]+",
    "letter_dot": r"([a-h])[.)][ \t]+",
    "roman": r"([IVX]{1,5})\.[ \t]+",
    "capital": r"([A-H])\.[ \t]+",
    "dash": r"(?:——|—\s|--\s|–\s)[ 　]*",
    "bullet": r"[·•●○■□◆◇▪▫►▶➢★☆*+-][ 　\t]+|[·•●○■□◆◇▪►▶➢★]",
}
START = {
    family: re.compile(pattern, re.IGNORECASE if family == "english_ordinal" else 0)
    for family, pattern in AT_START.items()
}
INLINE = ("one_is", "ordinal", "in_turn", "number_parenthesis", "circled", "english_ordinal", "dash")
# Within a paragraph only where the text has no line ends to speak of, or where an item counts from one.
INLINE_ALONE = ("top", "parenthesis", "number")
NUMBERED = frozenset(AT_START) - {"mark", "dash", "bullet"}
UNNUMBERED = frozenset({"dash", "bullet"})
HEADINGS = frozenset({"mark", "bold", "heading"})
BOLD = re.compile(r"\*\*[ ]?([^*\n]{2,120}?)[ ]?\*\*[：:.。]?")
AFTER_STOP = re.compile(r"[。！？；：;:!?.][”’」』）)]?\s*(?=[第一二三四五六七八九十首其再最（(\d①②③④⑤⑥⑦⑧⑨⑩—AFST])")


@dataclass(frozen=True)
class Label:
    family: str
    number: int  # 0 where the family has none
    start: int  # in the flat text
    end: int  # of the label alone
    paragraph: int
    is_inline: bool = False

    @property
    def is_numbered(self) -> bool:
        return self.family in NUMBERED


def find_labels(flat: Flat) -> list[Label]:
    """In order. Which of them belong to lists is another question."""
    found: list[Label] = []
    long = len(flat.text) / max(1, len(flat.paragraphs)) > 600
    for index, paragraph in enumerate(flat.paragraphs):
        first = at_start(flat.text, paragraph.start, paragraph.end, index)
        if first:
            found.append(first)
        places = [stop.end() for stop in AFTER_STOP.finditer(flat.text, paragraph.start, paragraph.end)]
        within = [_match(flat.text, place, paragraph.end, index, INLINE, is_inline=True) for place in places]
        alone = [_match(flat.text, place, paragraph.end, index, INLINE_ALONE, is_inline=True) for place in places]
        takes_alone = long or first is not None and first.is_numbered and _counts_up(alone)
        for label, other in zip(within, alone, strict=True):
            if chosen := label or (other if takes_alone else None):
                found.append(chosen)
    return found


def _counts_up(labels: list[Label | None]) -> bool:
    """（一）完善网络。1.…；2.…: a list of one family, from one on, within an item."""
    given = [label for label in labels if label]
    numbers = [label.number for label in given]
    return len(given) > 1 and len({label.family for label in given}) == 1 and numbers == [*range(1, len(given) + 1)]


def at_start(text: str, start: int, end: int, paragraph: int) -> Label | None:
    if bold := BOLD.match(text, start, end):
        inner = _match(text, bold.start(1), end, paragraph, tuple(AT_START))
        return inner or Label("bold", 0, start, start + 2, paragraph)
    if (label := _match(text, start, end, paragraph, tuple(AT_START))) and label.family == "mark":
        skip = label.end + (2 if text.startswith("**", label.end) else 0)
        inner = _match(text, skip, end, paragraph, tuple(NUMBERED))
        return inner or label
    return label


def _match(
    text: str, start: int, end: int, paragraph: int, families: tuple[str, ...], *, is_inline: bool = False
) -> Label | None:
    for family in families:
        if found := START[family].match(text, start, end):
            number = _number(family, found.group(1)) if START[family].groups else 0
            if number is not None:
                return Label(family, number, start, found.end(), paragraph, is_inline)
    return None


def _number(family: str, written: str) -> int | None:
    if family in ("decimal", "decimal_deep", "english_action"):
        return int(written.rpartition(".")[2])
    if family == "circled":
        return ord(written) - ord("①") + 1
    if family == "in_turn":
        return IN_TURN[written]
    if family == "english_ordinal":
        return ORDINALS.get(written.lower())
    if family in ("letter_dot", "capital"):
        return ord(written.lower()) - ord("a") + 1
    if family == "letter":
        return ord(written) - ord("a") + 1 if len(written) == 1 else ROMAN.get(written)
    if family == "roman":
        return ROMAN.get(written.lower())
    return number_of(written)
