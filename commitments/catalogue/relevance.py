"""Rows in the order of nearness to words: the ranked ones (search/find.py), then the rest in tree order."""

from collections.abc import Iterator, Sequence
from typing import Any

from commitments.catalogue import cursor as keyset
from commitments.models import CommitmentQuerySet
from commitments.search.find import Found

BEYOND = 1  # the rank of what is not ranked; ranks are never positive
KEYS = (keyset.Key("rank", int), keyset.Key("document_id", int), keyset.Key("path", str))
FIRST_LOOK, LOOK = 100, 450  # ranked ids in one query


class Nearest:
    """`rows`: what the other filters leave; of them those that were found, each with its `.rank`."""

    def __init__(self, rows: CommitmentQuerySet, found: Found, *, descending: bool = False) -> None:
        self.rows = rows.filter(found.of_codes)
        self.found = found
        self.keys = (KEYS[0]._replace(descending=descending), *KEYS[1:])

    def after(self, values: Sequence[Any] | None, size: int, *, backwards: bool = False) -> list[Any]:
        """From the start or after these values of the keys, in the direction of travel."""
        parts = [self._ranked, self._rest]
        if self.keys[0].descending != backwards:
            parts.reverse()
        if values:
            here = self._rest if values[0] == BEYOND else self._ranked
            parts = parts[parts.index(here) :]
        found: list[Any] = []
        for part in parts:
            found += part(values, size - len(found), backwards)
            if len(found) >= size:
                break
            values = None
        return found

    def _ranked(self, values: Sequence[Any] | None, size: int, backwards: bool) -> list[Any]:
        ids = list(self._ranked_ids(values, backwards))
        found: list[Any] = []
        while ids and len(found) < size:
            some = dict(ids[: LOOK if found else max(size, FIRST_LOOK)])
            ids = ids[len(some) :]
            rows = {row.pk: row for row in self.rows.filter(pk__in=some)}
            for pk, rank in some.items():
                if pk in rows:
                    rows[pk].rank = rank
                    found.append(rows[pk])
        return found[:size]

    def _ranked_ids(self, values: Sequence[Any] | None, backwards: bool) -> Iterator[tuple[int, int]]:
        sign = -1 if self.keys[0].descending else 1
        ordered = sorted((sign * rank, document, path, pk) for rank, document, path, pk in self.found.ranked)
        start = (sign * values[0], *values[1:]) if values else None
        for rank, document, path, pk in reversed(ordered) if backwards else ordered:
            place = (rank, document, path)
            if start is None or (place < start if backwards else place > start):
                yield pk, sign * rank

    def _rest(self, values: Sequence[Any] | None, size: int, backwards: bool) -> list[Any]:
        if size <= 0 or not self.found.has_rest:
            return []
        keys = [key.reversed() for key in KEYS[1:]] if backwards else list(KEYS[1:])
        rows = self.rows.filter(self.found.condition).exclude(pk__in=[pk for *_place, pk in self.found.ranked])
        if values:
            rows = rows.filter(keyset.after(keys, values[1:]))
        found = list(rows.order_by(*keyset.order_by(keys))[:size])
        for row in found:
            row.rank = BEYOND
        return found
