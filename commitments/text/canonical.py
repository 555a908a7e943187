"""Canonical JSON (RFC 8785): the same values always give the same bytes, so that a hash of them means something."""

import json
from typing import Any

LARGEST = 2**53 - 1  # beyond it a reader's number may be another one


class NotCanonical(ValueError):
    """A value that has no one spelling here: a fraction, a number too large, text that is not Unicode."""


def canonical(value: Any) -> bytes:
    """Names are sorted by UTF-16 units; there is no space and no fraction."""
    try:
        return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical(f"not Unicode: {error.object[error.start : error.end]!r}") from error


def _ordered(value: Any) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int) and abs(value) <= LARGEST:
        return value
    if isinstance(value, list | tuple):
        return [_ordered(one) for one in value]
    if isinstance(value, dict) and all(isinstance(name, str) for name in value):
        return {name: _ordered(value[name]) for name in sorted(value, key=_units)}
    raise NotCanonical(f"neither text, whole number, list nor object: {value!r}")


def _units(name: str) -> bytes:
    return name.encode("utf-16-be")
