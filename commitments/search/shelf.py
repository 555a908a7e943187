"""All rows that can be found: those of the index, and those whose texts changed since, which are read and matched here.

Rows written past the actions wait, marked, until a writer or a job has indexed them (models/stale.py). Up to
MOST_STALE of them are matched from their texts as they stand; with more the index alone answers and says so.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from commitments.models import Commitment, SearchIndex, SearchRow, Stale
from commitments.search.engine import engine
from commitments.search.texts import texts_of
from commitments.text.bigrams import Phrase

MOST_STALE = 500
MOST_COUNTED = 1_000  # above, a word is as common as any
ROWS_COUNTED = 20_000


class Entry(NamedTuple):
    """A public commitment with its keys."""

    commitment: int
    document: int
    path: str
    head: str
    body: str

    def has(self, phrase: Phrase) -> bool:
        return phrase.is_in(self.head) or phrase.is_in(self.body)

    def fits(self, all_of: Iterable[Phrase], none_of: Iterable[Phrase] = ()) -> bool:
        return all(self.has(phrase) for phrase in all_of) and not any(self.has(phrase) for phrase in none_of)


class Shelf:
    """Read once for one question."""

    @cached_property
    def _marked(self) -> list[int]:
        return list(Stale.objects.order_by().values_list("commitment_id", flat=True).distinct()[: MOST_STALE + 1])

    @property
    def is_behind(self) -> bool:
        """Too much has changed, or the index is being made anew: it answers from what it knows."""
        return len(self._marked) > MOST_STALE or self._is_half_made

    @cached_property
    def _is_half_made(self) -> bool:
        return not SearchIndex.objects.exists() and SearchRow.objects.exists()

    @cached_property
    def changed(self) -> frozenset[int]:
        return frozenset() if len(self._marked) > MOST_STALE else frozenset(self._marked)

    @cached_property
    def _fresh(self) -> dict[int, Entry]:
        found = texts_of(self.changed) if self.changed else {}
        return {pk: Entry(pk, texts.document, texts.path, texts.head, texts.body) for pk, texts in found.items()}

    def matching(self, all_of: Sequence[Phrase], none_of: Sequence[Phrase] = ()) -> Q:
        """A condition on commitments that are public; `all_of` names at least one phrase."""
        indexed = Q(pk__in=RawSQL(*engine().matching(all_of, none_of)))
        if not self.changed:
            return indexed
        fresh = [pk for pk, entry in self._fresh.items() if entry.fits(all_of, none_of)]
        return indexed & ~Q(pk__in=self.changed) | Q(pk__in=fresh)

    def ids(
        self, all_of: Sequence[Phrase], none_of: Sequence[Phrase] = (), *, limit: int, head: bool = False
    ) -> list[int]:
        """The first by id; with `head` those in whose code, title or quote each of the phrases stands."""
        fresh = [
            pk
            for pk, entry in self._fresh.items()
            if entry.fits(all_of, none_of) and (not head or all(phrase.is_in(entry.head) for phrase in all_of))
        ]
        return self._together(engine().ids(all_of, none_of, limit=limit + len(self.changed), head=head), fresh, limit)

    def with_any(self, phrases: Sequence[Phrase], *, limit: int) -> list[int]:
        fresh = [pk for pk, entry in self._fresh.items() if any(entry.has(phrase) for phrase in phrases)]
        return self._together(engine().with_any(phrases, limit=limit + len(self.changed)), fresh, limit)

    def _together(self, indexed: list[int], fresh: list[int], limit: int) -> list[int]:
        return sorted([pk for pk in indexed if pk not in self.changed] + fresh)[:limit]

    def count(self, all_of: Sequence[Phrase], none_of: Sequence[Phrase] = (), *, limit: int) -> int:
        """Of the index alone: where nothing has changed since."""
        return engine().count(all_of, none_of, limit=limit)

    def number_with(self, phrase: Phrase) -> int:
        if self.changed:
            return len(self.ids([phrase], limit=MOST_COUNTED))
        return self.count([phrase], limit=MOST_COUNTED)

    @cached_property
    def number(self) -> int:
        """Of rows, up to ROWS_COUNTED."""
        rows = SearchRow.objects.exclude(pk__in=self.changed) if self.changed else SearchRow.objects.all()
        return rows.order_by().values("pk")[:ROWS_COUNTED].count() + len(self._fresh)

    def entries(self, ids: Collection[int], *, whole: bool = True) -> list[Entry]:
        """Not whole: without the body, which is the longer part."""
        known = ", ".join(str(int(pk)) for pk in ids if pk not in self.changed) or "NULL"  # hundreds: no parameters
        body = "s.body" if whole else "''"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT s.commitment_id, c.document_id, c.path, s.head, {body} FROM {SearchRow._meta.db_table} s "
                f"JOIN {Commitment._meta.db_table} c ON c.id = s.commitment_id WHERE s.commitment_id IN ({known})"
            )
            found = [Entry(*row) for row in cursor.fetchall()]
        fresh = [self._fresh[pk] for pk in ids if pk in self._fresh]
        return found + (fresh if whole else [entry._replace(body="") for entry in fresh])
