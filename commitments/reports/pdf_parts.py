"""What a printed report says, in parts that can be set one after the other: plain values -> sections with their pieces.

A typesetter keeps all that it sets in memory, some 300 bytes for each byte said: a long report is set in parts.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from commitments.reports.printed_pieces import Values

MOST = 1_000_000  # bytes of what is said in one part
COVER = ("lang", "brief", "site", "length", "title", "dates", "selection", "selection_label", "notices", "foreword")
OPENING = ("concern", "chapter", "group")  # is never the last of a part


class Piece(NamedTuple):
    """`values` has its `kind`, which says how it is set."""

    section: str
    values: Values

    @property
    def size(self) -> int:
        return len(json.dumps(self.values, ensure_ascii=False).encode())


def parts(said: Values, most: int = MOST) -> list[Values]:
    """Each with the words of the cover and its own sections, of which the first may go on from the part before."""
    filled = list(_filled(_pieces(said), most))
    cover = {name: said[name] for name in (*COVER, "empty")} | {"alone": len(filled) == 1}
    begun: set[str] = set()
    found: list[Values] = []
    for part in filled:
        found.append(cover | {"first": not found, "sections": list(_sections(said, part, begun))})
    return found


def _filled(pieces: Iterable[Piece], most: int) -> Iterator[list[Piece]]:
    part: list[Piece] = []
    held: list[Piece] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        if piece.values["kind"] in OPENING:
            continue
        more = sum(one.size for one in held)
        if part and size + more > most:
            yield part
            part, size = [], 0
        part, size, held = part + held, size + more, []
    yield part + held


def _sections(said: Values, part: list[Piece], begun: set[str]) -> Iterator[Values]:
    for name, pieces in groupby(part, key=lambda piece: piece.section):
        head = {"name": name, "title": said[name]["title"], "remark": said[name].get("remark", "")}
        yield head | {"continued": name in begun, "pieces": [piece.values for piece in pieces]}
        begun.add(name)


def _pieces(said: Values) -> Iterator[Piece]:
    """All that is said, in its order; a section without pieces is not there."""
    if said["empty"]:
        return
    yield _whole("overview", said)
    if said["ledger"]["rows"]:
        yield _whole("ledger", said)
    for name in ("happened", "entered", "corrections"):
        yield from (Piece(name, piece) for piece in _changes(said[name]))
    yield from (Piece("attention", piece) for piece in _attention(said["attention"]))
    yield _whole("next", said)
    if "commitments" in said:
        yield from (Piece("commitments", piece) for piece in _commitments(said["commitments"]))
    yield _whole("method", said)
    yield from (Piece("sources", {"kind": "source", **one}) for one in said["sources"]["items"])


def _whole(name: str, said: Values) -> Piece:
    return Piece(name, {"kind": name, **said[name]})


def _changes(found: Values) -> Iterator[Values]:
    yield from ({"kind": "line", **one} for one in found.get("lines", ()))
    yield from ({"kind": "step", **one} for one in found["steps"])
    yield from ({"kind": "remark", "text": text} for text in (found.get("empty"), found.get("rest")) if text)


def _attention(found: Values) -> Iterator[Values]:
    for concern in found["concerns"]:
        yield {"kind": "concern", **{name: said for name, said in concern.items() if name != "items"}}
        yield from ({"kind": "concerned", **item} for item in concern["items"])
    if found["empty"]:
        yield {"kind": "remark", "text": found["empty"]}


def _commitments(found: Values) -> Iterator[Values]:
    for chapter in found["chapters"]:
        if chapter["title"]:
            yield {"kind": "chapter", "title": chapter["title"]}
        for group in chapter["groups"]:
            yield {"kind": "group", "numeral": group["numeral"], "title": group["title"]}
            if group["own"]:
                yield {"kind": "own", **group["own"]}
            yield from ({"kind": "entry", **item} for item in group["items"])
