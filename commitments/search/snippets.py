"""Where the words of a question stand in a text as it is shown: found in its key, marked in the text itself."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from commitments.text.bigrams import Phrase
from commitments.text.folding import is_han, places

BEFORE, LONGEST = 24, 110  # characters


class Piece(NamedTuple):
    text: str
    hit: bool


class _Where(NamedTuple):
    start: int
    end: int


def spans(text: str, phrases: Iterable[Phrase]) -> list[_Where]:
    """Places of the phrases in the text, in order, none within another."""
    key, where = [" "], [_Where(0, 0)]
    for place in places(text):
        for at, character in enumerate(place.unit):
            is_one = is_han(place.unit) and len(place.starts) == len(place.unit)
            start = place.starts[at] if is_one else place.starts[0]
            end = place.starts[at + 1] if is_one and at + 1 < len(place.starts) else place.end
            key.append(character)
            where.append(_Where(start, end))
        key.append(" ")
        where.append(_Where(place.end, place.end))
    return _merged(sorted(_found("".join(key), where, phrases)))


def _found(key: str, where: Sequence[_Where], phrases: Iterable[Phrase]) -> Iterable[_Where]:
    for phrase in phrases:
        pattern = phrase.pattern
        at = key.find(pattern)
        while at >= 0:
            first = at + (pattern[0] == " ")
            last = at + len(pattern) - 1 - (pattern[-1] == " ")
            yield _Where(where[first].start, where[last].end)
            at = key.find(pattern, at + 1)


def _merged(found: Sequence[_Where]) -> list[_Where]:
    merged: list[_Where] = []
    for span in found:
        if merged and span.start <= merged[-1].end:
            merged[-1] = _Where(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def marked(text: str, phrases: Iterable[Phrase]) -> list[Piece]:
    """The whole text in pieces."""
    return _pieces(text, spans(text, phrases), 0, len(text))


def cut(text: str, phrases: Iterable[Phrase]) -> list[Piece]:
    """The text around the first of the words; nothing where none of them stands in it."""
    found = spans(text, phrases)
    if not found:
        return []
    start = max(0, found[0].start - BEFORE)
    end = min(len(text), max(start + LONGEST, found[0].end))
    pieces = _pieces(text, [span for span in found if span.end <= end], start, end)
    return [Piece("…", False)] * (start > 0) + pieces + [Piece("…", False)] * (end < len(text))


def _pieces(text: str, found: Iterable[_Where], start: int, end: int) -> list[Piece]:
    pieces, at = [], start
    for span in found:
        pieces += [Piece(text[at : span.start], False), Piece(text[span.start : span.end], True)]
        at = span.end
    pieces.append(Piece(text[at:end], False))
    return [piece for piece in pieces if piece.text]
