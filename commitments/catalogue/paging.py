"""One page of any list by keyset: a reader of rows and a cursor -> the rows and the places beside them."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from django.http import QueryDict
from django.utils.translation import gettext as _

from commitments.catalogue.cursor import BadCursor, Cursor, Key, decode, encode
from commitments.catalogue.parameters import Errors

COUNTED = 10_000
R = TypeVar("R")
# Rows in the order of the keys, after these values (None: from the start), at most so many.
Read = Callable[[Sequence[Key], Sequence[Any] | None, int], list[R]]


@dataclass(frozen=True)
class Page(Generic[R]):
    """`next` and `previous` are cursors; None at the ends."""

    rows: list[R]
    previous: str | None = None
    next: str | None = None


def page_of(
    read: Read[R],
    keys: Sequence[Key],
    values_of: Callable[[R], tuple[Any, ...]],
    *,
    cursor: Cursor | None,
    order: str,
    size: int,
) -> Page[R]:
    backwards = cursor is not None and cursor.backwards
    here = [key.reversed() for key in keys] if backwards else keys
    found = read(here, cursor.values if cursor else None, size + 1)
    rows, more = found[:size], len(found) > size
    if backwards:
        rows.reverse()
    if not rows:
        return Page(rows)
    before = encode(Cursor(order, True, values_of(rows[0])))
    after = encode(Cursor(order, False, values_of(rows[-1])))
    has_previous = cursor is not None and (more or not backwards)
    return Page(rows, before if has_previous else None, after if backwards or more else None)


def cursor_of(
    text: str | None,
    order: str,
    keys: Sequence[Key],
    errors: Errors,
    *,
    name: str = "cursor",
    check: Callable[..., Any] | None = None,
) -> Cursor | None:
    """Where a page begins; a text that is no place in this list is told among the errors.

    `check` gets the values and may raise BadCursor, too.
    """
    if not text:
        return None
    try:
        found = decode(text, order, keys)
        if check:
            check(*found.values)
        return found
    except BadCursor:
        errors.setdefault(name, []).append(_("This is not a place in the list; start again without it."))
        return None


class Paged(ABC):
    """A list that is read a page at a time. With errors it has no rows."""

    errors: Errors

    @property
    @abstractmethod
    def _page(self) -> Page[Any]: ...

    @abstractmethod
    def query(self, *, cursor: Any) -> str:
        """The same question at another place."""

    @property
    def is_valid(self) -> bool:
        return not self.errors

    @property
    def next_query(self) -> str | None:
        """Query string of the page after this one; None at the end."""
        return self.query(cursor=self._page.next) if self._page.next else None

    @property
    def previous_query(self) -> str | None:
        return self.query(cursor=self._page.previous) if self._page.previous else None


class Count(NamedTuple):
    """Up to COUNTED."""

    number: int
    is_exact: bool

    @classmethod
    def of(cls, counted: int) -> "Count":
        return cls(min(counted, COUNTED), counted <= COUNTED)

    def __str__(self) -> str:
        return str(self.number) if self.is_exact else f"{self.number}+"


class Counted(ABC):
    """A list whose rows are counted no further than one more than COUNTED."""

    @property
    @abstractmethod
    def _counted(self) -> int: ...

    @property
    def count(self) -> int:
        return Count.of(self._counted).number

    @property
    def count_is_exact(self) -> bool:
        return Count.of(self._counted).is_exact


def spelled(params: QueryDict, names: Collection[str], **replace: str | None) -> str:
    """The question in one spelling: these parameters in this order where they say something; None leaves one out."""
    found = QueryDict(mutable=True)
    for name in names:
        values = sorted({value.strip() for value in params.getlist(name) if value.strip()})
        if name in replace:
            values = [value] if (value := replace[name]) else []
        if values:
            found.setlist(name, values)
    return found.urlencode()
