"""Keyset paging: where a page begins, as the sort values of the row beside it; the same cost at any depth."""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q

LONGEST = 600


class Key(NamedTuple):
    """One sort column: an annotation or field without NULLs, and the type of its values."""

    name: str
    type: Any  # int, str or date
    descending: bool = False

    def reversed(self) -> "Key":
        return self._replace(descending=not self.descending)


class Cursor(NamedTuple):
    order: str
    backwards: bool
    values: tuple[Any, ...]


class BadCursor(ValueError):
    pass


def encode(cursor: Cursor) -> str:
    values = [value.isoformat() if isinstance(value, date) else value for value in cursor.values]
    data = json.dumps([cursor.order, int(cursor.backwards), *values], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(data.encode()).decode().rstrip("=")


def decode(text: str, order: str, keys: Sequence[Key]) -> Cursor:
    """Raises BadCursor for anything that encode() did not make for this order."""
    try:
        if len(text) > LONGEST:
            raise BadCursor
        data = json.loads(base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True))
        made_for, backwards, *values = data
        if made_for != order or backwards not in (0, 1) or len(values) != len(keys):
            raise BadCursor
        return Cursor(order, bool(backwards), tuple(_typed(v, key) for v, key in zip(values, keys, strict=True)))
    except (ValueError, TypeError, KeyError, RecursionError, binascii.Error) as error:
        raise BadCursor from error


def _typed(value: Any, key: Key) -> Any:
    if key.type is date:
        return date.fromisoformat(value)
    if type(value) is not key.type or (key.type is int and abs(value) >= 2**63):
        raise BadCursor
    if key.type is str and ("\x00" in value or not value.isprintable()):
        raise BadCursor
    return value


def after(keys: Sequence[Key], values: Sequence[Any]) -> Q:
    """Rows that come after these values in the order of the keys."""
    condition = Q()
    for n, key in enumerate(keys):
        same = Q(**{before.name: value for before, value in zip(keys[:n], values, strict=False)})
        beyond = Q(**{f"{key.name}__{'lt' if key.descending else 'gt'}": values[n]})
        condition |= same & beyond
    return condition


def order_by(keys: Sequence[Key]) -> list[str]:
    return [("-" if key.descending else "") + key.name for key in keys]
