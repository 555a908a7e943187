"""A text cut where candidates begin and end, so that each stretch knows whose it is: text and spans -> stretches."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from commitments.choices import Kind
from commitments.models import Candidate


class Stretch(NamedTuple):
    """`of`: the candidates that it is part of, the widest first; `begins`: those whose first stretch it is."""

    text: str
    start: int
    of: tuple[Candidate, ...]
    begins: tuple[Candidate, ...]

    @property
    def inner(self) -> Candidate | None:
        return self.of[-1] if self.of else None

    @property
    def keys(self) -> str:
        return " ".join(str(row.pk) for row in self.of)

    @property
    def is_link(self) -> bool:
        """A proposal is a whole paragraph: only where it begins."""
        return self.inner is not None and (self.inner.kind != Kind.PROPOSAL or self.inner in self.begins)


def stretches(text: str, candidates: Iterable[Candidate]) -> Iterator[Stretch]:
    """In order; joined they are the text."""
    starts: dict[int, list[Candidate]] = defaultdict(list)
    ends: dict[int, set[int]] = defaultdict(set)
    for row in candidates:
        starts[row.start].append(row)
        ends[row.end].add(row.pk)
    places = sorted({0, len(text), *starts, *ends})
    inside: list[Candidate] = []
    for place, following in zip(places, places[1:], strict=False):
        if place in ends:
            inside = [row for row in inside if row.pk not in ends[place]]
        begins = sorted(starts.get(place, ()), key=lambda row: -row.end)
        inside = sorted([*inside, *begins], key=lambda row: row.start - row.end) if begins else inside
        yield Stretch(text[place:following], place, tuple(inside), tuple(begins))
