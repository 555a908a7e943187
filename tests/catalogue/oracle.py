"""What a list must answer, computed in plain Python from rows read with the ORM: no filter, no annotation, no SQL.

What words name is the search's to say; here it is one more condition.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from commitments.catalogue.listing import Listing
from commitments.choices import BAND_OF, CheckOutcome, Kind, Momentum, Status
from commitments.models import (
    Assessment,
    Check,
    Citation,
    Commitment,
    CommitmentParty,
    CommitmentTheme,
    Evidence,
    EvidenceLink,
)
from commitments.rules.clocks import end_of_day, in_force
from commitments.rules.momentum import shown_momentum
from commitments.rules.rollup import computed_status

Params = dict[str, list[str]]
FAR = {False: date(9999, 1, 1), True: date(1, 1, 1)}


@dataclass
class Item:
    """A published commitment with everything that the filters look at."""

    row: Commitment
    place: tuple[Any, ...]
    ancestors: tuple[int, ...]
    assessments: list[Assessment] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    links: list[EvidenceLink] = field(default_factory=list)
    parties: set[str] = field(default_factory=set)
    themes: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        return f"{self.row.document.slug}/{self.row.code}"


@dataclass(frozen=True)
class Shown:
    """How an item stands at a clock."""

    status: Status
    basis: str
    momentum: Momentum | None
    assessment: Assessment | None
    last_checked_on: date | None

    @property
    def as_of(self) -> date | None:
        return self.assessment.as_of if self.assessment else None

    @property
    def confidence(self) -> str | None:
        return self.assessment.confidence if self.assessment else None


class Oracle:
    """Reads everything once."""

    def __init__(self, today: date) -> None:
        self.today = today
        everything = {row.pk: row for row in Commitment.objects.select_related("document")}
        self.evidence = {row.pk: row for row in Evidence.objects.all()}
        self.cited: dict[int, list[int]] = {}
        for citation in Citation.objects.all():
            self.cited.setdefault(citation.assessment_id, []).append(citation.evidence_id)
        self.items = {
            row.pk: Item(row, (row.document_id, *(one.position for one in line)), tuple(one.pk for one in line[:-1]))
            for row, line in ((row, list(_line(row, everything))) for row in everything.values())
            if row.publication == "published" and row.document.publication == "published"
        }
        self._named: dict[tuple[str, str], list[str]] = {}
        self._gather()

    def _gather(self) -> None:
        def each(model: Any) -> Iterable[tuple[Item, Any]]:
            rows = model._base_manager.all()
            return ((self.items[one.commitment_id], one) for one in rows if one.commitment_id in self.items)

        for item, assessment in each(Assessment):
            item.assessments.append(assessment)
        for item, check in each(Check):
            item.checks.append(check)
        for item, link in each(EvidenceLink):
            item.links.append(link)
        for item, party in each(CommitmentParty):
            item.parties.add(party.party.code)
        for item, theme in each(CommitmentTheme):
            item.themes.add(theme.theme.slug)

    def shown(self, item: Item, as_of: date, known_on: date) -> Shown:
        judged = in_force(item.assessments, as_of, known_on)
        end = end_of_day(known_on)
        checks = [check for check in item.checks if check.checked_on <= as_of and check.recorded_at < end]
        latest = max(checks, key=lambda check: (check.checked_on, check.pk), default=None)
        status, basis = Status(judged.status if judged else "not_assessed"), "assessed"
        moves = self._momentum(item, judged, latest, as_of) if judged else None
        if item.row.kind == Kind.PROPOSAL and judged is None:
            parts = [one for one in self.items.values() if one.row.parent_id == item.row.pk]
            own = [in_force(one.assessments, as_of, known_on) for one in parts]
            levels = [Status(one.status if one else "not_assessed") for one in own]
            status, basis = computed_status(levels) or Status.NOT_ASSESSED, "computed"
        return Shown(status, basis, moves, judged, latest.checked_on if latest else None)

    def _momentum(self, item: Item, judged: Assessment, latest: Check | None, as_of: date) -> Momentum | None:
        dates = [self.evidence[pk].published_on for pk in self.cited.get(judged.pk, [])]
        return shown_momentum(
            status=Status(judged.status),
            judged=Momentum(judged.momentum) if judged.momentum else None,
            newest_evidence_on=max((day for day in dates if day), default=None),
            assessed_as_of=judged.as_of,
            due_on=item.row.due_on,
            latest_check=(latest.checked_on, CheckOutcome(latest.outcome)) if latest else None,
            on=as_of,
        )

    def answer(self, params: Params) -> list[tuple[Item, Shown]]:
        """All rows of the question, in its order."""
        day = {name: date.fromisoformat(params[name][0]) for name in ("as_of", "known_on") if name in params}
        known_on = day.get("known_on", self.today)
        as_of = day.get("as_of", known_on)
        found = [(item, self.shown(item, as_of, known_on)) for item in self.items.values()]
        found = [(item, shown) for item, shown in found if self._fits(item, shown, params)]
        return self._sorted(found, params)

    def _fits(self, item: Item, shown: Shown, params: Params) -> bool:
        return all(TESTS[name](self, item, shown, values) for name, values in params.items() if name in TESTS)

    def _sorted(self, found: list[tuple[Item, Shown]], params: Params) -> list[tuple[Item, Shown]]:
        q = params.get("q", [""])[0]
        order = params.get("order", ["relevance" if q else "code"])[0]
        backwards, name = order.startswith("-"), order.lstrip("-")
        found = sorted(found, key=lambda pair: pair[0].place, reverse=backwards and name == "code")
        if name == "code":
            return found
        if name == "relevance":
            near = self.named_by(q, order) if q else []
            return sorted(found, key=lambda pair: near.index(pair[0].id)) if q else found
        days = {
            "as_of": lambda item, shown: shown.as_of,
            "last_checked_on": lambda item, shown: shown.last_checked_on,
            "due_on": lambda item, shown: item.row.due_on,
        }[name]
        return sorted(found, key=lambda pair: days(*pair) or FAR[backwards], reverse=backwards)

    def has_evidence(self, item: Item, shown: Shown) -> bool:
        family = [one for one in self.items.values() if one is item or item.row.pk in one.ancestors]
        ids = {link.evidence_id for one in family for link in one.links}
        ids |= set(self.cited.get(shown.assessment.pk, [])) if shown.assessment else set()
        return any(self.evidence[pk].publication == "published" for pk in ids)

    def named_by(self, q: str, order: str = "relevance") -> list[str]:
        """What the words alone name, in this order: tests/search holds that against an oracle of its own."""
        if (q, order) not in self._named:
            listing = Listing(QueryDict(urlencode({"q": q, "order": order})))
            self._named[q, order] = [row.natural_id for row in listing]
        return self._named[q, order]

    def is_below(self, item: Item, wanted: str) -> bool:
        above = [self.items[pk] for pk in item.ancestors if pk in self.items]
        return any(wanted in (one.row.code, one.id) for one in above)


def _line(row: Commitment, everything: dict[int, Commitment]) -> Iterable[Commitment]:
    """From the root down to the row."""
    if row.parent_id:
        yield from _line(everything[row.parent_id], everything)
    yield row


def _day(compare: Callable[[date, date], bool], value: Callable[[Item, Shown], date | None]) -> Callable[..., bool]:
    def fits(_oracle: Oracle, item: Item, shown: Shown, values: list[str]) -> bool:
        day = value(item, shown)
        return day is not None and compare(day, date.fromisoformat(values[0]))

    return fits


TESTS: dict[str, Callable[[Oracle, Item, Shown, list[str]], bool]] = {
    "q": lambda o, i, s, v: i.id in o.named_by(v[0]),
    "document": lambda o, i, s, v: i.row.document.slug in v,
    "kind": lambda o, i, s, v: i.row.kind in v,
    "ancestor": lambda o, i, s, v: any(o.is_below(i, one) for one in v),
    "status": lambda o, i, s, v: s.status in v,
    "band": lambda o, i, s, v: BAND_OF[s.status] in v,
    "momentum": lambda o, i, s, v: s.momentum in v,
    "theme": lambda o, i, s, v: bool(i.themes & set(v)),
    "party": lambda o, i, s, v: bool(i.parties & set(v)),
    "verifiability": lambda o, i, s, v: i.row.verifiability in v,
    "confidence": lambda o, i, s, v: s.confidence in v,
    "evidence": lambda o, i, s, v: o.has_evidence(i, s) == (v[0] == "any"),
    "due_after": _day(lambda a, b: a >= b, lambda i, s: i.row.due_on),
    "due_before": _day(lambda a, b: a <= b, lambda i, s: i.row.due_on),
    "assessed_after": _day(lambda a, b: a >= b, lambda i, s: s.as_of),
    "assessed_before": _day(lambda a, b: a <= b, lambda i, s: s.as_of),
    "checked_before": lambda o, i, s, v: s.last_checked_on is None or s.last_checked_on < date.fromisoformat(v[0]),
}
