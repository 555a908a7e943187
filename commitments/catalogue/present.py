"""How published commitments stand on a day, asked exactly: ids -> what models/standing.py keeps of each.

The questions are those of every other date (standing.py, clocks.py); here they are asked of some rows at a time.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from commitments.catalogue.clock import Clock
from commitments.catalogue.standing import part_statuses
from commitments.choices import Kind, Publication, Status
from commitments.models import (
    Assessment,
    Check,
    Citation,
    Commitment,
    CommitmentParty,
    CommitmentTheme,
    CurrentStanding,
    EvidenceLink,
    Stale,
    Tally,
)
from commitments.models.among import among
from commitments.models.commitment import is_public
from commitments.rules.clocks import end_of_day
from commitments.rules.momentum import turns_on
from commitments.rules.rollup import computed_status
from commitments.today import ZONE, today

COLUMNS = tuple(field.attname for field in CurrentStanding._meta.concrete_fields)
CELL = ("document_id", "kind", "target", "shown_status", "momentum", "confidence", "verifiability")
EVERYWHERE = 0  # in place of a document: the numbers of the whole register
# Derived here, or beside the query; all other columns are read as they are annotated.
_MADE = ("commitment_id", "shown_status", "has_evidence", "cited", "parts", "turns_on")
_READ = tuple(name for name in COLUMNS if name not in _MADE)

PLENTY = 20_000  # rows

Values = dict[str, Any]


def is_kept() -> bool:
    """May today's lists be read from what is kept? Not while something written waits to be taken in.

    What changes by itself is taken in shortly after midnight. Until then a small register is asked exactly; in a large
    one, where that would take minutes, the rows in question show the movement of the day before.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT 1 FROM {Stale._meta.db_table}),"
            f" EXISTS (SELECT 1 FROM {CurrentStanding._meta.db_table} WHERE turns_on <= %s)",
            [today()],
        )
        is_marked, has_turned = cursor.fetchone()
    return not is_marked and (not has_turned or CurrentStanding.objects.count() > PLENTY)


def standings(ids: Collection[int], on: date) -> dict[int, Values]:
    """By commitment; one that readers may not see has none."""
    clock = Clock(on, on)
    rows = Commitment.objects.published().filter(pk__in=among(ids)).with_momentum(on, on).order_by()
    found = {row["pk"]: row for row in rows.values("pk", *_READ)}
    parts = part_statuses(clock, of=[pk for pk, row in found.items() if row["kind"] in (Kind.PROPOSAL, Kind.MEASURE)])
    linked = _linked(found)
    cited = _cited([row["in_force_id"] for row in found.values() if row["in_force_id"]])
    turning = _turning(found, clock)
    for pk, row in found.items():
        number = cited.get(row["in_force_id"], 0)
        row["commitment_id"] = row.pop("pk")
        row["parts"] = " ".join(parts.get(pk, ()))
        row["shown_status"] = _shown(row, parts.get(pk, []))
        row["cited"], row["has_evidence"] = number, bool(number) or pk in linked
        row["turns_on"] = min((day for day in (turning.get(pk), _turn(row, on)) if day), default=None)
    return found


def _shown(row: Values, parts: list[Status]) -> str:
    if row["kind"] == Kind.PROPOSAL and row["in_force_id"] is None:
        return (computed_status(parts) or Status.NOT_ASSESSED).value
    return row["status"]


def _turn(row: Values, on: date) -> date | None:
    return turns_on(
        status=Status(row["status"]),
        due_on=row["due_on"],
        newest_evidence_on=row["newest_evidence_on"],
        assessed_as_of=row["status_as_of"],
        checked_on=row["last_checked_on"],
        on=on,
    )


def _linked(ids: Collection[int]) -> set[int]:
    """Those with public evidence linked to themselves, their parts or the parts of these."""
    links = EvidenceLink.objects.filter(
        evidence__publication=Publication.PUBLISHED, commitment__publication=Publication.PUBLISHED
    ).order_by()
    found: set[int] = set()
    for family in ("commitment", "commitment__parent", "commitment__parent__parent"):
        found |= set(links.filter(**{f"{family}__in": among(ids)}).values_list(family, flat=True))
    return found


def _cited(assessments: Collection[int]) -> dict[int, int]:
    rows = Citation.objects.filter(assessment__in=among(assessments), evidence__publication=Publication.PUBLISHED)
    return dict(rows.order_by().values_list("assessment").annotate(number=Count("pk")))


def _turning(ids: Collection[int], clock: Clock) -> dict[int, date]:
    """The first day on which a judgement or a check that is dated later will count; there should be none."""
    end = end_of_day(clock.known_on)
    later: dict[int, list[date]] = defaultdict(list)
    # The party is looked at here: without statistics SQLite walks its index, where nearly every judgement has none.
    judged = Assessment.objects.filter(commitment__in=among(ids), published_at__isnull=False).filter(
        Q(as_of__gt=clock.as_of) | Q(published_at__gte=end) | Q(withdrawn_at__gte=end)
    )
    for pk, party, *days in judged.order_by().values_list(
        "commitment_id", "party_id", "as_of", "published_at", "withdrawn_at"
    ):
        later[pk] += [] if party else _after(days, clock)
    checks = Check.objects.filter(commitment__in=among(ids)).filter(
        Q(checked_on__gt=clock.as_of) | Q(recorded_at__gte=end)
    )
    for pk, *days in checks.order_by().values_list("commitment_id", "checked_on", "recorded_at"):
        later[pk] += _after(days, clock)
    return {pk: min(days) for pk, days in later.items() if days}


def _after(days: Iterable[date | datetime | None], clock: Clock) -> list[date]:
    """Days, and moments as days, that the clock has not reached."""
    told = (day.astimezone(ZONE).date() if isinstance(day, datetime) else day for day in days)
    return [day for day in told if day and day > clock.as_of]


def postings(ids: Collection[int]) -> set[tuple[str, int, int, str]]:
    """(word, commitment, document, path) of what the published ones are filed under."""
    found: set[tuple[str, int, int, str]] = set()
    for word, model in ((theme_word, CommitmentTheme), (party_word, CommitmentParty)):
        filed = f"{model.__name__.removeprefix('Commitment').lower()}_id"
        rows = model._base_manager.filter(is_public("commitment"), commitment__in=among(ids))
        place = ("commitment_id", "commitment__document_id", "commitment__path")
        found |= {(word(pk), *rest) for pk, *rest in rows.values_list(filed, *place)}
    return found


def theme_word(pk: int) -> str:
    return f"theme:{pk}"


def party_word(pk: int) -> str:
    return f"party:{pk}"


def cells(rows: Iterable[Values]) -> Counter[tuple[Any, ...]]:
    """How the rows are counted: each in its document, and everywhere with its target."""
    found: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        _document, _kind, _target, *rest = cell = tuple(row[name] for name in CELL)
        found[(cell[0], cell[1], "", *rest)] += 1
        found[(EVERYWHERE, *cell[1:])] += 1
    return found


def recounted() -> Counter[tuple[Any, ...]]:
    """The tally that the rows call for."""
    found: Counter[tuple[Any, ...]] = Counter()
    grouped = CurrentStanding.objects.order_by().values(*CELL).annotate(number=Count("pk"))
    for row in grouped.iterator():
        for cell, _one in cells([row]).items():
            found[cell] += row["number"]
    return found


def tallied() -> Counter[tuple[Any, ...]]:
    """The tally that is kept."""
    rows = Tally.objects.exclude(number=0).values_list(*CELL, "number")
    return Counter({tuple(cell): number for *cell, number in rows.iterator()})
