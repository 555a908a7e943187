"""Whose turn it is while many rows are written at once: versions are compared with those before the first write."""

from django.db.models import Model
from django.utils.translation import gettext as _

from commitments.actions.versions import Conflict

Place = tuple[type[Model], int]


class Turns:
    """A row that this run has written once is locked until the end, and not compared again."""

    def __init__(self) -> None:
        self._before: dict[Place, int] = {}
        self._taken: set[Place] = set()

    def remember(self, row: Model, version: int) -> None:
        self._before.setdefault((type(row), row.pk), version)

    def seen(self, row: Model) -> int | None:
        return self._before.get((type(row), row.pk))

    def expected(self, row: Model, given: int | None) -> int | None:
        """What the action shall compare with. `given`: the version in the file, if it has one. Raises Conflict."""
        place = (type(row), row.pk)
        before = self._before.get(place)
        if given is not None and given != before:
            raise Conflict(
                _(
                    "Someone changed it after the file was made. Compare; where yours still holds, "
                    "write the present number (%(version)s) into the column of the version and upload the file again."
                )
                % {"version": before},
                "version",
            )
        if place in self._taken:
            return None
        self._taken.add(place)
        return before
