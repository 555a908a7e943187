"""One row of the fixtures, ready to load: plain values, relations by seed key, and the digest of both."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Model

from commitments.actions.seeding.problems import Place
from commitments.models.base import Seeded
from commitments.today import ZONE


@dataclass
class Row:
    """`to`: foreign key -> seed key of its target. `many`: the one many-to-many field -> seed keys of its targets.

    `once` is set when the row is made and is no part of the digest.
    """

    model: type[Seeded]
    key: str
    place: Place
    values: dict[str, Any]
    to: dict[str, str | None] = field(default_factory=dict)
    many: dict[str, list[str]] = field(default_factory=dict)
    once: dict[str, Any] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        return digest_of({**self.values, **self.to, **{name: sorted(keys) for name, keys in self.many.items()}})


def digest_of(values: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON: names sorted, no spaces, dates as ISO."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=date.isoformat)
    return hashlib.sha256(text.encode()).hexdigest()


def digest_as_stored(instance: Model, row: Row) -> str:
    """The digest of the same fields as they stand in the database; a target without a seed key shows as #id."""
    values = {name: getattr(instance, name) for name in row.values}
    to = {name: _key_of(getattr(instance, name)) for name in row.to}
    many = {name: sorted(str(_key_of(each)) for each in getattr(instance, name).all()) for name in row.many}
    return digest_of({**values, **to, **many})


def noon(day: date) -> datetime:
    """When a shipped row counts as published or entered."""
    return datetime.combine(day, time(12), ZONE)


def _key_of(target: Seeded | None) -> str | None:
    if target is None:
        return None
    return target.seed_key or f"#{target.pk}"
