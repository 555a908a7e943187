"""Does every edition still say what was frozen? Rows against their history, files against their hashes, one by one."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from commitments.actions.editions import reason
from commitments.catalogue import editions
from commitments.catalogue.editions import Altered, thawed
from commitments.languages import codes, suffix
from commitments.models import Edition
from commitments.reports.edition_archive import CONTENT, SUMS, sums
from commitments.storage import files

COPIED = [field.attname for field in Edition._meta.concrete_fields]


def verify_editions() -> list[str]:
    """A sentence for each thing that was tampered with; none where everything is as it was frozen."""
    return [sentence for sentence in examine_editions() if sentence]


def examine_editions() -> Iterator[str]:
    """One line for each edition that there is or was; '' for one that holds."""
    rows = {row.number: row for row in Edition.objects.order_by("number")}
    entries: dict[int, list[Any]] = defaultdict(list)
    for entry in Edition.history.order_by("history_id"):
        entries[entry.number].append(entry)
    for number in sorted({*rows, *entries, *range(1, max([*rows, *entries, 0]) + 1)}):
        yield "; ".join(_said(number, rows, entries.get(number, [])))


def _said(number: int, rows: dict[int, Edition], entries: list[Any]) -> Iterator[str]:
    row, name = rows.get(number), _("Edition %(number)d") % {"number": number}
    if row is None:
        yield _("%(edition)s: its row is missing") % {"edition": name}
        return
    for sentence in (*_of_history(row, entries), *_of_files(row), *_of_chain(row, rows.get(number - 1))):
        yield f"{name}: {sentence}"


def _of_history(row: Edition, entries: list[Any]) -> Iterator[str]:
    if len(entries) != 1:
        yield _("its history has %(count)d entries instead of one") % {"count": len(entries)}
        return
    entry = entries[0]
    changed = [name for name in COPIED if getattr(entry, name) != getattr(row, name)]
    expected = {
        "history_type": "+",
        "history_date": row.frozen_at,
        "history_user_id": row.frozen_by_id,
        "history_change_reason": reason(row.number),
    }
    changed += [name for name, value in expected.items() if getattr(entry, name) != value]
    for name in changed:
        yield _("row and history differ: %(column)s") % {"column": name}


def _of_files(row: Edition) -> Iterator[str]:
    """Sentences about what cannot be read name the file; what can be read is held against the row."""
    try:
        content = editions.content(row)
        yield from _of_content(row, content)
    except Altered as altered:
        content = None
        yield _of_file(str(altered))
    try:
        yield from _of_archive(editions.archive(row), content)
    except Altered as altered:
        yield _of_file(str(altered))


def _of_file(name: str) -> str:
    sentence = _("file altered: %(file)s") if files().exists(name) else _("file missing: %(file)s")
    return sentence % {"file": name}


def _of_content(row: Edition, content: bytes) -> Iterator[str]:
    frozen = thawed(content)
    said = {
        "number": frozen.number,
        "day": frozen.day,
        "is_provisional": frozen.is_provisional,
        **{f"notes_{suffix(code)}": frozen.notes.get(suffix(code), "") for code in codes()},
    }
    for name, value in said.items():
        if getattr(row, name) != value:
            yield _("row and content differ: %(column)s") % {"column": name}


def _of_archive(content: bytes, frozen: bytes | None) -> Iterator[str]:
    """The ZIP is of this very content, and every file in it is the one that its sums name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    if frozen is not None and inside.get(CONTENT) != frozen:
        yield _("the ZIP is of another content")
    said = inside.pop(SUMS, b"").splitlines()
    summed = sums(inside).splitlines()
    altered = {line.partition(b"  ")[2].decode("utf-8", "replace") for line in {*said} ^ {*summed}} - {""}
    if not altered and said != summed:
        altered = {SUMS}
    for name in sorted(altered):
        yield _("file altered: %(file)s") % {"file": name}


def _of_chain(row: Edition, before: Edition | None) -> Iterator[str]:
    """What an edition says of the one before it, that one still says of itself."""
    try:
        previous = editions.frozen(row).previous
    except Altered:
        return
    if previous != (editions.pair(before) if before else None):
        yield _("the edition before it is not the one that it names")
