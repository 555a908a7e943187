"""Text as it was laid out -> its paragraphs in one flat text, each character with its place in the text as given.

Newspapers and typists break lines in mid-sentence, some put a blank line after every line, others a whole speech
into one line with wide spaces between its paragraphs. Everything after this module reads paragraphs only.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
# Wide spaces indent a paragraph; in a text without line ends they, or spaces after a full stop, are all there is.
PIECE = re.compile(r"[^\s](?:[^\u3000 \t]|[\u3000 \t](?![\u3000 \t])|(?<![。！？”）；\u3000 \t])[ \t](?=[ \t]))*")
CLOSED = re.compile(r"[。！？!?；;：:….][”’\"'」』）)】*_\]]*(?:[（(][^（()）]*[）)])?$")
PAGE_NUMBER = re.compile(r"[-—–·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*/\s*\d{1,4})?[-—–·\s]*")
STARTS_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}[、是要]|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[，,、条章节]"
    r"|\d{1,3}[.．、)](?!\d)|[①-⑳]|——|[·•●○■□◆▪►*#+-]\s|\([a-z]{1,3}\)\s|\*\*"
    r"|[\u4e00-\u9fff]{2,8}(?:指出|强调|表示|认为)，"  # a report of a speech opens its paragraphs so
)
FULL_SLACK = 4  # columns that punctuation rules leave free at the end of a full line


@dataclass(frozen=True)
class Paragraph:
    start: int  # in the flat text
    end: int


@dataclass(frozen=True)
class Flat:
    """The paragraphs joined by line feeds, without wraps and indents."""

    text: str
    places: array  # of each character of `text` in the text as given
    paragraphs: tuple[Paragraph, ...]

    def given(self, start: int, end: int) -> tuple[int, int]:
        """A non-empty span of the flat text -> the span in the text as given."""
        return self.places[start], self.places[end - 1] + 1


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    width: int
    indent: int
    after_blank: bool
    is_closed: bool
    starts_item: bool


def unwrap(text: str) -> Flat:
    lines = list(_lines(text))
    groups = _joined(lines) if _is_wrapped(lines) else [[line] for line in lines]
    return _flat(text, groups)


def _lines(text: str) -> Iterator[_Line]:
    end_before = 0
    for row in LINE.finditer(text):
        gap = text.count("\n", end_before, row.start())
        for piece in PIECE.finditer(text, row.start(), row.end()):
            start, end = piece.start(), _stripped_end(text, piece.start(), piece.end())
            if PAGE_NUMBER.fullmatch(text, start, min(end, start + 40)) and end - start < 40:
                continue
            tail = text[max(start, end - 90) : end]
            yield _Line(
                start,
                end,
                _width(text[start:end]),
                start - row.start(),
                gap > 1 and end_before > 0,
                bool(CLOSED.search(tail)),
                bool(STARTS_ITEM.match(text, start, end)),
            )
            end_before, gap = end, 0


def _stripped_end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _width(text: str) -> int:
    """In columns: Chinese characters take two."""
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)


def _column(lines: list[_Line]) -> int:
    """The width that nine of ten lines keep to."""
    widths = sorted(line.width for line in lines)
    return widths[len(widths) * 9 // 10]


def _is_wrapped(lines: list[_Line]) -> bool:
    """Many lines of about the same width stop in mid-sentence, and hardly any is longer."""
    if len(lines) < 6:
        return False
    column = _column(lines)
    broken = sum(
        not line.is_closed and line.width >= 0.75 * column and not after.starts_item for line, after in pairwise(lines)
    )
    longer = sum(1 for line in lines if line.width > 1.2 * column)
    return column <= 130 and broken >= 0.3 * len(lines) and longer <= 0.03 * len(lines)


def _joined(lines: list[_Line]) -> list[list[_Line]]:
    column = _column(lines)
    torn = [line for before, line in pairwise(lines) if line.after_blank and not before.is_closed]
    blanks = sum(1 for line in lines if line.after_blank)
    blanks_are_noise = blanks > 3 and len(torn) > blanks / 2
    groups = [[lines[0]]]
    for before, line in pairwise(lines):
        if _continues(before, line, column) and (blanks_are_noise or not line.after_blank):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(before: _Line, line: _Line, column: int) -> bool:
    if before.is_closed:
        is_full = before.width > column - FULL_SLACK
        return is_full and not line.starts_item and line.indent <= before.indent
    return before.width >= 0.6 * column and not (line.starts_item and before.width < 0.9 * column)


def _flat(text: str, groups: Iterable[list[_Line]]) -> Flat:
    pieces: list[str] = []
    places = array("l")
    paragraphs = []
    for group in groups:
        if pieces:
            pieces.append("\n")
            places.append(max(0, group[0].start - 1))
        start = len(places)
        for number, line in enumerate(group):
            if number and _needs_space(text[group[number - 1].end - 1], text[line.start]):
                pieces.append(" ")
                places.append(group[number - 1].end)
            pieces.append(text[line.start : line.end])
            places.extend(range(line.start, line.end))
        paragraphs.append(Paragraph(start, len(places)))
    return Flat("".join(pieces), places, tuple(paragraphs))


def _needs_space(before: str, after: str) -> bool:
    """Between words of scripts that write spaces; a hyphen at the line's end joins."""
    wide = unicodedata.east_asian_width(before) in "WF" or unicodedata.east_asian_width(after) in "WF"
    return not wide and before not in "-—“（" and after not in "—”"
