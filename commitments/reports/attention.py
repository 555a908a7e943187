"""What of a report needs attention: items -> groups with the reason why they are there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from commitments.choices import Kind, Momentum, Status
from commitments.reports.items import Item

NOT_CHECKED = "not_checked"
TO_BE_CHECKED = (Kind.MEASURE, Kind.COMPONENT, Kind.OUTCOME, Kind.PRESS)


@dataclass(frozen=True, eq=False)
class Concern:
    """`of` is how many could be in it. `code` is the word of the vocabulary, or `not_checked`."""

    code: str
    items: tuple[Item, ...]
    of: int

    @property
    def title(self) -> str:
        if self.code == NOT_CHECKED:
            return _("No check on record in the period")
        return Momentum(self.code).label if self.code in list(Momentum) else Status(self.code).label

    @property
    def meaning(self) -> str:
        meanings = {
            Momentum.STALLED: _("The sources show that it stands still."),
            Momentum.REVERSING: _("The sources show that an indicator has fallen."),
            Momentum.OVERDUE: _("Its own date has passed and it is not done."),
            Status.NO_EVIDENCE: _("Looked for, nothing direct found; that does not mean that nothing happened."),
            NOT_CHECKED: _("Nobody recorded a search for news of these within the period; an assessment is no check."),
        }
        return meanings[self.code]

    @property
    def in_words(self) -> bool:
        """Are its entries worth a line each? What nobody looked for is named by code alone."""
        return self.code != NOT_CHECKED


def concerns(items: Sequence[Item], start: date) -> tuple[Concern, ...]:
    """Those that are there, the gravest first."""
    able = [item for item in items if item.row.kind in TO_BE_CHECKED]

    def moves(momentum: Momentum) -> Callable[[Item], bool]:
        return lambda item: item.standing.momentum == momentum

    tests: dict[str, Callable[[Item], bool]] = {
        momentum.value: moves(momentum) for momentum in (Momentum.OVERDUE, Momentum.STALLED, Momentum.REVERSING)
    }
    tests[Status.NO_EVIDENCE.value] = lambda item: item.standing.status == Status.NO_EVIDENCE
    tests[NOT_CHECKED] = lambda item: item.standing.last_checked_on is None or item.standing.last_checked_on < start
    found = (Concern(code, tuple(filter(test, able)), len(able)) for code, test in tests.items())
    return tuple(concern for concern in found if concern.items)
