"""One page of any list by keyset: a reader of rows and a cursor -> the rows and the places beside them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import QueryDict

from commitments.catalogue.cursor import Cursor, Key, encode

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
