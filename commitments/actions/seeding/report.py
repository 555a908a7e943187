"""What a run of the seed did: counts per kind of row, and each row that it left alone with the reason."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"

    @property
    def label(self) -> str:
        return {
            Outcome.CREATED: _("created"),
            Outcome.UPDATED: _("updated"),
            Outcome.UNCHANGED: _("unchanged"),
            Outcome.KEPT: _("kept"),
        }[self]


@dataclass(frozen=True)
class Kept:
    key: str
    reason: str


@dataclass
class Report:
    counts: dict[type[Model], Counter[Outcome]] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)

    def note(self, model: type[Model], outcome: Outcome) -> None:
        self.counts.setdefault(model, Counter())[outcome] += 1

    def keep(self, model: type[Model], key: str, reason: str) -> None:
        self.note(model, Outcome.KEPT)
        self.kept.append(Kept(key, reason))

    def remark(self, key: str, reason: str) -> None:
        """About a row that was loaded all the same."""
        self.kept.append(Kept(key, reason))

    def total(self, outcome: Outcome) -> int:
        return sum(count[outcome] for count in self.counts.values())

    def as_data(self) -> dict[str, Any]:
        rows = {str(m._meta.model_name): {o.value: count[o] for o in Outcome} for m, count in self.counts.items()}
        return {"rows": rows, "kept": [{"key": each.key, "reason": each.reason} for each in self.kept]}
