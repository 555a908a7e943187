"""Commitments as tables name them, `document/code` -> rows."""

import re
from collections.abc import Iterable

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from commitments.actions.importing.turns import Turns
from commitments.actions.sheets.words import Heading, wrong
from commitments.choices import PassageRole
from commitments.models import Commitment, CommitmentQuerySet, Passage
from commitments.rules.refusal import Refused

ID = re.compile(r"([-\w]+)/([A-Za-z0-9][A-Za-z0-9.-]{0,31})")
PRIMARY = Prefetch("passages", Passage.objects.filter(role=PassageRole.PRIMARY), to_attr="primary_passages")
AT_ONCE = 500  # ids in one question


class Named:
    """Read once for all lines; what is new comes in by `add`."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._known: dict[str, Commitment] = {}

    def load(self, ids: Iterable[str]) -> None:
        pairs = [found.groups() for each in set(ids) if (found := ID.fullmatch(each))]
        for first in range(0, len(pairs), AT_ONCE):
            some = pairs[first : first + AT_ONCE]
            rows = Commitment.objects.filter(
                document__slug__in={slug for slug, _code in some}, code__in={code for _slug, code in some}
            )
            self.take(rows)

    def take(self, rows: CommitmentQuerySet) -> list[Commitment]:
        found = list(
            rows.select_related("document", "parent__document", "successor__document")
            .defer("document__text", "parent__document__text", "successor__document__text")
            .prefetch_related(PRIMARY)
        )
        for row in found:
            self.add(row)
            self._turns.remember(row, row.version)
        return found

    def add(self, row: Commitment) -> None:
        self._known[row.natural_id] = row

    def get(self, name: str) -> Commitment | None:
        return self._known.get(name)

    def one(self, name: str, column: Heading) -> Commitment:
        """Raises Refused where there is none."""
        if name not in self._known:
            self.load([name])
        if row := self._known.get(name):
            return row
        sentence = _("%(column)s: there is no commitment “%(id)s”.")
        raise Refused(sentence % {"column": column.label, "id": name[:60]}, str(column))


def checked_id(typed: str, column: Heading) -> str:
    if not ID.fullmatch(typed):
        raise wrong(column, typed, _("document and code, like plan-2024/4.2"))
    return typed
