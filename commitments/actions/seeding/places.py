"""Room in the tree: where commitments come in or move, the paths of their document are laid out anew first."""

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from commitments.models import Commitment, SourceDocument
from commitments.models.commitment import STEP

Place = tuple[str, int]


def make_room(document: SourceDocument, moving: list[Commitment]) -> list[Commitment]:
    """`moving` are changed or new, parents first. Returns those that found their place taken and stand last instead."""
    everyone = {row.code: row for row in Commitment.objects.filter(document=document).select_related("parent")}
    standing = dict(everyone)
    everyone.update({row.code: row for row in moving})
    displaced = _settle_positions(everyone, moving)
    paths: dict[str, str] = {}
    for code in everyone:
        _lay_path(code, everyone, paths)
    if any(paths[code] != row.path for code, row in standing.items()):
        _write_paths(document, list(standing.values()), paths)
    for row in moving:
        if row.parent:
            row.parent.path = paths[row.parent.code]
    return displaced


def _settle_positions(everyone: dict[str, Commitment], moving: list[Commitment]) -> list[Commitment]:
    codes = {row.code for row in moving}
    taken = {_place(row) for code, row in everyone.items() if code not in codes}
    wanted = taken | {_place(row) for row in moving}
    displaced = []
    for row in moving:
        if _place(row) in taken:
            row.position = 1 + max(position for parent, position in wanted if parent == _place(row)[0])
            wanted.add(_place(row))
            displaced.append(row)
        taken.add(_place(row))
    return displaced


def _place(row: Commitment) -> Place:
    return row.parent.code if row.parent else "", row.position


def _lay_path(code: str, everyone: dict[str, Commitment], paths: dict[str, str]) -> str:
    if code not in paths:
        parent, position = _place(everyone[code])
        paths[code] = (_lay_path(parent, everyone, paths) if parent else "") + str(position).zfill(STEP)
    return paths[code]


def _write_paths(document: SourceDocument, standing: list[Commitment], paths: dict[str, str]) -> None:
    """Paths are unique, so all step aside first. A path follows from positions: it has no history of its own."""
    rows = Commitment.objects.filter(document=document)
    rows.update(path=Concat(Value("!"), Cast("pk", CharField())))
    for row in standing:
        row.path = paths[row.code]
    Commitment.objects.bulk_update(standing, ["path"], batch_size=500)
