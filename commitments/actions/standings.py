"""Keeps the present standings right: `refresh(ids)` after each change, `turned()` is what changed by itself."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from commitments.catalogue.present import CELL, COLUMNS, Values, cells, postings, recounted, standings, tallied
from commitments.models import Commitment, CurrentStanding, Posting, Stale, Tally
from commitments.models.among import among
from commitments.today import today

AT_ONCE = 1_000
EXAMINED = 20_000


@transaction.atomic
def refresh(ids: Collection[int]) -> None:
    """Follows every write (derived.py): one writer at a time, so that a proposal's roll-up misses nobody's change."""
    wanted = sorted(ids)
    on = today()
    change: Counter[tuple[Any, ...]] = Counter()
    for start in range(0, len(wanted), AT_ONCE):
        change.update(_rewrite(wanted[start : start + AT_ONCE], on))
    _count(change)


def turned(most: int) -> set[int]:
    """What changed by itself since it was written: a due date passed, a judgement or a check grew old."""
    rows = CurrentStanding.objects.filter(turns_on__lte=today()).order_by("turns_on")
    return set(rows.values_list("pk", flat=True)[:most])


def count_kept() -> int:
    return 1 + min(Commitment.objects.count(), EXAMINED)


def examine_kept() -> Iterator[str]:
    """The tally against a recount, and rows against the exact question: all, or in turn some of very many.

    What seems wrong is looked at again: a writer may have come between.
    """
    wrong = _miscounted() and _miscounted()
    yield _("%(count)d numbers of the lists differ from a recount.") % {"count": wrong} if wrong else ""
    step = -(-CurrentStanding.objects.count() // EXAMINED) or 1
    some = Commitment.objects.annotate(turn=F("pk") % step).filter(turn=today().toordinal() % step)
    ids = list(some.values_list("pk", flat=True)[:EXAMINED])
    for start in range(0, len(ids), AT_ONCE):
        chunk = ids[start : start + AT_ONCE]
        doubtful = _differing(chunk)
        wrong_ones = _differing(sorted(doubtful)) if doubtful else set()
        for pk in chunk:
            sentence = _("How commitment %(id)s stands is not what the lists say.")
            yield sentence % {"id": pk} if pk in wrong_ones else ""


def _miscounted() -> int:
    difference = recounted()
    difference.subtract(tallied())
    return sum(1 for number in difference.values() if number)


def _differing(ids: list[int]) -> set[int]:
    marked = set(Stale.objects.filter(commitment_id__in=among(ids)).values_list("commitment_id", flat=True))
    kept = {row["commitment_id"]: row for row in CurrentStanding.objects.filter(pk__in=among(ids)).values(*COLUMNS)}
    right = standings(ids, today())
    turned = {pk for pk, row in kept.items() if row["turns_on"] and row["turns_on"] <= today()}
    return {pk for pk in ids if kept.get(pk) != right.get(pk)} - marked - turned


def _rewrite(ids: list[int], on: date) -> Counter[tuple[Any, ...]]:
    """Rows and postings of these; how the tally changes by it."""
    new = standings(ids, on)
    old: dict[int, Values] = {
        row["commitment_id"]: row for row in CurrentStanding.objects.filter(pk__in=among(ids)).values(*COLUMNS)
    }
    if gone := old.keys() - new.keys():
        CurrentStanding.objects.filter(pk__in=among(gone)).delete()
    changed = [pk for pk, row in new.items() if row != old.get(pk)]
    _upsert(CurrentStanding, COLUMNS, [[new[pk][name] for name in COLUMNS] for pk in changed], ("commitment_id",))
    _file(ids)
    difference = cells(new[pk] for pk in changed)
    difference.subtract(cells(old[pk] for pk in old if pk in gone or pk in changed))
    return difference


def _file(ids: list[int]) -> None:
    wanted = postings(ids)
    columns = ("word", "commitment_id", "document_id", "path")
    kept = {
        tuple(row): pk for pk, *row in Posting.objects.filter(commitment__in=among(ids)).values_list("pk", *columns)
    }
    if gone := [pk for row, pk in kept.items() if row not in wanted]:
        Posting.objects.filter(pk__in=among(gone)).delete()
    _upsert(Posting, columns, sorted(wanted - kept.keys()), ())


def _count(change: Counter[tuple[Any, ...]]) -> None:
    rows = [(*cell, number) for cell, number in sorted(change.items()) if number]
    _upsert(Tally, (*CELL, "number"), rows, CELL, add="number")


def _upsert(
    model: type[Any], columns: Sequence[str], rows: Sequence[Sequence[Any]], unique: Sequence[str], add: str = ""
) -> None:
    """Rows inserted, or where `unique` is there already, their other columns set; `add` is added to instead."""
    if not rows:
        return
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    sets = [f"{quote(c)} = {table}.{quote(c)} + excluded.{quote(c)}" for c in columns if c == add] or [
        f"{quote(c)} = excluded.{quote(c)}" for c in columns if c not in unique
    ]
    conflict = f" ON CONFLICT ({', '.join(map(quote, unique))}) DO UPDATE SET {', '.join(sets)}" if unique else ""
    names, marks = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks}){conflict}", rows)
