"""What the two databases can do with an index of words, behind one interface; `engine()` is that of this database."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from django.db import connection

from commitments.search.postgresql import PostgreSQL
from commitments.search.sqlite import SQLite
from commitments.text.bigrams import Phrase


class Keys(NamedTuple):
    """A row as the index knows it."""

    commitment: int
    head: str
    body: str


class Engine(Protocol):
    def put(self, rows: Iterable[Keys]) -> None:
        """Write rows, new or in place of those that were taken out: the SearchRow and its tokens."""

    def remove(self, rows: Iterable[Keys]) -> None:
        """With the keys that they were put in with, before their SearchRow changes or goes."""

    def clear(self) -> None:
        """Forget every row."""

    def matching(self, all_of: Sequence[Phrase], none_of: Sequence[Phrase] = ()) -> tuple[str, list[str]]:
        """SQL that selects the ids of the rows with all of these (at least one) and none of those."""

    def ids(
        self, all_of: Sequence[Phrase], none_of: Sequence[Phrase] = (), *, limit: int, head: bool = False
    ) -> list[int]:
        """The first of these rows by id; `head`: all of the phrases stand in code, title or quote."""

    def count(self, all_of: Sequence[Phrase], none_of: Sequence[Phrase] = (), *, limit: int) -> int:
        """How many these are, counted up to the limit."""

    def with_any(self, phrases: Sequence[Phrase], *, limit: int) -> list[int]:
        """The first rows by id that have at least one."""


_ENGINES: dict[str, Engine] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


def engine() -> Engine:
    return _ENGINES[connection.vendor]
