"""Outline -> the units that could be proposals: the lowest numbered items with text, else bullets, else paragraphs."""

import re
from dataclasses import dataclass, field

from commitments.extraction.labels import HEADINGS, UNNUMBERED
from commitments.extraction.outline import Node

SHORTEST, SHORTEST_PARAGRAPH = 10, 16
LONGEST_LINE, FEWEST_LINES = 90, 3
STOP_WITHIN = re.compile(r"[。！？：:]")
LEAST_MEAN = 13  # characters of an inline item that says something


@dataclass
class Unit:
    start: int
    end: int
    text_start: int  # behind the label
    label: str
    family: str
    node: Node | None
    groups: tuple[str, ...] = ()
    heading_end: int = 0  # 0: it has none of its own
    is_promised: bool = False  # by what announces its list


@dataclass
class Group:
    """Items of one list, and what stands before it."""

    units: list[Unit]
    lead: str
    titles: tuple[str, ...]  # headings above, the nearest first
    family: str = ""
    kind: str = field(default="")


def groups_of(text: str, root: Node) -> list[Group]:
    found: dict[tuple[int, int], Group] = {}
    for node in root.walk():
        if node.label is None or not _is_unit(node, text):
            continue
        key = (id(node.parent), -1 if node.family in HEADINGS else node.run)
        if key not in found:
            titles = tuple(title_of(text, above) for above in node.ancestors())
            found[key] = Group([], _lead(text, node), titles, node.family)
        found[key].units.append(_unit(text, node))
    return list(found.values())


def _is_unit(node: Node, text: str) -> bool:
    if node.family in HEADINGS:
        return _is_headed_list(node)
    if node.family in UNNUMBERED:
        return not any(_holds_bullets(above) for above in node.ancestors())
    return node.end - node.start >= SHORTEST and not _numbered_children(node, text)


def _holds_bullets(node: Node) -> bool:
    return (
        node.family not in HEADINGS
        and node.family not in UNNUMBERED
        or _is_headed_list(node)
        or node.family in UNNUMBERED
    )


def _is_headed_list(node: Node) -> bool:
    """A heading with bullets, nothing numbered and little else beneath it."""
    bullets = [child for child in node.children if child.family in UNNUMBERED]
    if not bullets or len(bullets) < len(node.children) or len(node.paragraphs) > 2:
        return False
    return len(node.paragraphs) <= len(bullets)


def _numbered_children(node: Node, text: str) -> bool:
    children = [child for child in node.children if child.family not in UNNUMBERED and child.family not in HEADINGS]
    if not children:
        return False
    if all(child.label and child.label.is_inline for child in children):
        return sum(child.end - child.start for child in children) / len(children) >= LEAST_MEAN
    return True


def _unit(text: str, node: Node) -> Unit:
    label = node.label
    assert label is not None
    start, behind = node.start, label.end
    while behind < node.end and text[behind] in "* \u3000":
        behind += 1
    titles = tuple(title_of(text, above) for above in node.ancestors())
    return Unit(start, node.end, behind, text[start : label.end].strip(" *\u3000#"), node.family, node, titles)


def title_of(text: str, node: Node) -> str:
    """The first line or sentence of a heading, with its label."""
    line = text[node.start : min(node.end, node.start + 120)].partition("\n")[0]
    return re.split(r"(?<=.)[。；]", line, maxsplit=1)[0].strip("*# \u3000")


def _lead(text: str, node: Node) -> str:
    """What announces the list: the text before its first item, in its paragraph or the one before."""
    first = next((sister for sister in node.sisters if sister.parent is node.parent), node)
    before = text[max(0, first.start - 260) : first.start].rstrip("\n \u3000")
    paragraph = before.rpartition("\n")[2]
    sentences = re.split(r"(?<=[。！？；])", paragraph)
    return "".join([each for each in sentences if each.strip()][-2:])


def lines_of(text: str, root: Node) -> list[Group]:
    """Lines without marks, each a sentence, under a paragraph that announces them: “… 15 projects:”."""
    groups = []
    for node in root.walk():
        lead, units = "", []
        for start, end in [*node.paragraphs, (0, 0)]:
            is_line = lead and 6 <= end - start <= LONGEST_LINE and not STOP_WITHIN.search(text, start, end - 1)
            if is_line:
                units.append(Unit(start, end, start, "", "line", None))
                continue
            if len(units) >= FEWEST_LINES:
                groups.append(Group(units, lead, (), "line"))
            lead, units = text[start:end] if text[start:end].endswith(("：", ":")) else "", []
    return groups


def paragraphs_of(text: str, root: Node) -> list[Group]:
    """Where nothing is numbered or bulleted: sections under headings, or plain paragraphs."""
    groups = []
    for node in root.walk():
        spans = [(a, b) for a, b in node.paragraphs if b - a >= SHORTEST_PARAGRAPH]
        titles = (title_of(text, node),) if node.label else ()
        units = [Unit(a, b, a, "", "paragraph", None, titles) for a, b in spans]
        if units:
            groups.append(Group(units, "", titles, "paragraph"))
    return groups
