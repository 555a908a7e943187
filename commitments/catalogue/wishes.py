"""What a list is asked for, as wishes: cleaned parameters -> the rows of the present standings that they allow.

Each wish is a choice of options, and any of them will do. The exact twin of this is CommitmentFilterSet, which also
answers for the past; tests hold the two equal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from commitments.catalogue.present import party_word, theme_word
from commitments.choices import BAND_OF
from commitments.models import Commitment, Posting
from commitments.models.unindexed import Unindexed

LONGEST_PATH = 120
# Parameter -> the column that it is about; these columns are those of the tally.
TALLIED = {
    "status": "shown_status",
    "band": "shown_status",
    "momentum": "momentum",
    "kind": "kind",
    "confidence": "confidence",
    "verifiability": "verifiability",
    "document": "document_id",
}
DAYS = {"due": "due_on", "assessed": "status_as_of"}  # with _after and _before


@dataclass(frozen=True)
class Wish:
    """`options`: lookups on CurrentStanding; or `words` of Postings. `walks`: an index has them in tree order."""

    name: str
    options: tuple[dict[str, Any], ...] = ()
    words: tuple[str, ...] = ()
    walks: bool = True
    or_never: str = ""  # the column may also be empty

    @property
    def alone(self) -> Q:
        """As what brings the rows."""
        if self.words:
            return Q(commitment_id__in=Posting.objects.filter(word__in=self.words).values("commitment_id"))
        return self._any("")

    def beside(self, prefix: str) -> Q | Exists:
        """As a condition on rows that another index brings."""
        if self.words:
            return Exists(Posting.objects.filter(commitment_id=OuterRef("commitment_id"), word__in=self.words))
        return self._any(prefix)

    def _any(self, prefix: str) -> Q:
        found = Q()
        for option in self.options:
            found |= Q(**{f"{prefix}{lookup}": value for lookup, value in option.items()})
        return found | Q(**{f"{prefix}{self.or_never}__isnull": True}) if self.or_never else found


def wishes(cleaned: dict[str, Any]) -> list[Wish]:
    return [*_words(cleaned), *_rows(cleaned), *_days(cleaned)]


def _words(cleaned: dict[str, Any]) -> Iterable[Wish]:
    for name in ("status", "momentum", "kind", "confidence", "verifiability"):
        if values := cleaned.get(name):
            yield _any_of(name, TALLIED[name], values)
    if bands := cleaned.get("band"):
        yield _any_of("band", TALLIED["band"], [status for status, band in BAND_OF.items() if band in bands])
    if asked := cleaned.get("evidence"):
        yield Wish("evidence", ({"has_evidence": asked == "any"},))


def _rows(cleaned: dict[str, Any]) -> Iterable[Wish]:
    if rows := cleaned.get("document"):
        yield _any_of("document", TALLIED["document"], [row.pk for row in rows])
    if ancestors := cleaned.get("ancestor"):
        yield Wish("ancestor", tuple(below(row) for row in chain.from_iterable(ancestors)))
    for name, word in (("theme", theme_word), ("party", party_word)):
        if rows := cleaned.get(name):
            yield Wish(name, words=tuple(word(row.pk) for row in rows))


def _days(cleaned: dict[str, Any]) -> Iterable[Wish]:
    for name, column in DAYS.items():
        asked = {f"{column}__gte": cleaned.get(f"{name}_after"), f"{column}__lte": cleaned.get(f"{name}_before")}
        if between := {lookup: day for lookup, day in asked.items() if day}:
            yield Wish(name, (between,), walks=False)
    if day := cleaned.get("checked_before"):
        yield Wish("checked_before", ({"last_checked_on__lt": day},), walks=False, or_never="last_checked_on")


def _any_of(name: str, column: str, values: Iterable[Any]) -> Wish:
    return Wish(name, tuple({column: getattr(value, "value", value)} for value in dict.fromkeys(values)))


def below(ancestor: Commitment) -> dict[str, Any]:
    """Its descendants as a range of paths: what begins with these digits, in any collation."""
    path = ancestor.path
    return {"document_id": ancestor.document_id, "path__gt": path, "path__lte": path.ljust(LONGEST_PATH, "9")}


def fitting(rows: QuerySet[Any], asked: Iterable[Wish], prefix: str = "") -> QuerySet[Any]:
    """`rows` narrowed by wishes that no index is chosen for."""
    for wish in asked:
        rows = _apart(rows, wish, prefix) if _is_plain(wish) else rows.filter(wish.beside(prefix))
    return rows


def _is_plain(wish: Wish) -> bool:
    one = len(wish.options) == 1
    return bool(wish.options) and not wish.or_never and (one or all(len(option) == 1 for option in wish.options))


def _apart(rows: QuerySet[Any], wish: Wish, prefix: str) -> QuerySet[Any]:
    """Its columns and their values, the indexes of these columns left aside."""
    values: dict[str, list[Any]] = {}
    for option in wish.options:
        for lookup, value in option.items():
            values.setdefault(lookup, []).append(value)
    for lookup, several in values.items():
        column, _dot, compared = lookup.partition("__")
        alias = f"apart_{column}"
        rows = rows.alias(**{alias: Unindexed(F(f"{prefix}{column}"))})
        rows = rows.filter(**({f"{alias}__{compared}": several[0]} if compared else {f"{alias}__in": several}))
    return rows
