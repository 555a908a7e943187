"""The items of one list -> where the heading of each ends, judged by what its sisters do."""

import re

from commitments.extraction.clauses_zh import read_clause
from commitments.extraction.labels import HEADINGS
from commitments.extraction.units import Group, Unit
from commitments.extraction.words_zh import SPEAKER

LONGEST, LONGEST_PLAIN, LONGEST_TITLE = 40, 110, 18
CONTENTS_REACH = 20_000  # characters
STOP = re.compile(r"[。！？；\n]|\*\*[。：:]?|(?<=[a-z)])\.(?=\s)|(?<=[\u4e00-\u9fff”》])[：:](?=.{12})")
WILL = re.compile(
    r"(?:将|愿|决定|倡议|宣布)(?!来|军)|\d|[Ww]e |\b(?:will|shall|is|are|was|were|has|have|agreed?|decided?|undertook"
    r"|undertake|committed|commit|pledged?)\b"
)
SPOKEN = frozenset({"one_is", "ordinal", "in_turn", "dash"})
FIRST_CLAUSE = re.compile(r"[^，。；：\d“《\n]{4,11}，")


def give_headings(text: str, masked: str, group: Group) -> None:
    """A first sentence or line is a heading where most items of the list have a short one with text after it."""
    if group.family == "paragraph" and all(masked[unit.text_start].isascii() for unit in group.units):
        return  # an English paragraph begins with a sentence like any other
    ends = [_first_stop(masked, unit) for unit in group.units]
    short = [end for unit, end in zip(group.units, ends, strict=True) if end and _is_short(masked, unit, end)]
    is_custom = len(short) >= (0.4 if group.family == "article" else 0.6) * len(group.units)
    if all(_is_bare_line(unit) for unit in group.units):
        if _is_contents(text, group.units[0]):
            group.units.clear()
        return
    are_lines = sum(map(_is_bare_line, group.units)) >= 0.75 * len(group.units)
    clauses = [] if is_custom else _first_clauses(masked, group)
    for number, (unit, end) in enumerate(zip(group.units, ends, strict=True)):
        if clauses:
            unit.heading_end = clauses[number]
            continue
        is_line = unit.node is not None and unit.node.is_title_only or unit.family in HEADINGS
        if end and (is_line or is_custom and _is_short(masked, unit, end)):
            unit.heading_end = end
        elif end and _is_title_before_speaker(masked, unit, end):
            unit.heading_end = end
        elif is_line and not (are_lines and _is_bare_line(unit)):
            unit.heading_end = unit.end


def _is_bare_line(unit: Unit) -> bool:
    """One line without a stop and with nothing beneath it: text of its own, not a heading."""
    node = unit.node
    return node is not None and node.is_title_only and not node.paragraphs and not node.children


def _is_contents(text: str, unit: Unit) -> bool:
    """A table of contents says what comes again as a heading."""
    return text.find("\n" + text[unit.start : unit.end] + "\n", unit.end, unit.end + CONTENTS_REACH) > 0


def _first_clauses(masked: str, group: Group) -> list[int]:
    """一要补齐短板，新建…，改造…；二要…: the short first clause of each item names what the others do."""
    if group.family not in SPOKEN or len(group.units) < 2:
        return []
    found = [FIRST_CLAUSE.match(masked, unit.text_start, unit.end) for unit in group.units]
    ends = [each.end() if each else 0 for each in found]
    pairs = [(unit, end) for unit, end in zip(group.units, ends, strict=True) if end]
    if len(pairs) < 0.75 * len(group.units):
        return []
    nouns = sum(read_clause(masked, unit.text_start, end - 1).kind == "state" for unit, end in pairs)
    followed = sum(masked.count("，", end, unit.end) >= 1 for unit, end in pairs)
    is_custom = nouns >= 0.75 * len(pairs) or len(pairs) > 2 and followed >= 0.75 * len(group.units)
    return ends if is_custom else []


def _first_stop(masked: str, unit: Unit) -> int:
    """Behind the mark that ends the first sentence; 0 where nothing follows it."""
    found = STOP.search(masked, unit.text_start, min(unit.end, unit.text_start + LONGEST_PLAIN))
    if not found:
        return 0
    rest = masked[found.end() : min(unit.end, found.end() + 40)].strip("*\n 　")
    return found.end() if len(rest) >= 4 and not rest.startswith(("（责", "（牵")) else 0


def _is_short(masked: str, unit: Unit, end: int) -> bool:
    heading = masked[unit.text_start : end]
    return (
        len(heading) <= (LONGEST if not heading.isascii() else LONGEST_PLAIN)
        and heading.count("，") <= 2
        and not WILL.search(heading)
    )


def _is_title_before_speaker(masked: str, unit: Unit, end: int) -> bool:
    """第四，支持减贫合作。中方决定…: a title, though its sisters have none."""
    heading = masked[unit.text_start : end]
    is_title = len(heading) <= LONGEST_TITLE and "，" not in heading and not WILL.search(heading)
    return is_title and bool(SPEAKER.match(masked, end, unit.end))


def plain_heading(text: str, unit: Unit) -> str:
    """The heading as written, without label and mark; "" where the item has none."""
    if not unit.heading_end:
        return ""
    return text[unit.text_start : unit.heading_end].strip("*#。；：:.！ \n\u3000")
