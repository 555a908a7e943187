"""A row of the table of publishers."""

from django.db.models import Max, QuerySet

from commitments.actions.importing.importer import Importer, Values
from commitments.actions.importing.lines import Line
from commitments.actions.references import save_reference
from commitments.models import Publisher
from commitments.reports.import_columns import PUBLISHERS


class Publishers(Importer[Publisher]):
    """The version is the newest history entry."""

    sheet = PUBLISHERS

    def prepare(self, lines: list[Line]) -> None:
        self._load(Publisher.objects.filter(slug__in={self.id_of(line) for line in lines}))

    def _load(self, rows: QuerySet[Publisher]) -> list[Publisher]:
        found = list(rows)
        newest = dict(
            Publisher.history.filter(id__in=[row.pk for row in found])
            .order_by()
            .values_list("id")
            .annotate(Max("history_id"))
        )
        for row in found:
            self.turns.remember(row, newest.get(row.pk, 0))
        self._known = {row.slug: row for row in found}
        return found

    def id_of(self, line: Line) -> str:
        return line.text(self.sheet.column("slug"))

    def find(self, line: Line) -> Publisher | None:
        return self._known.get(self.id_of(line))

    def new(self, line: Line) -> Publisher:
        return Publisher(slug=self.id_of(line))

    def save(self, row: Publisher, line: Line, given: Values, expected: int | None) -> str:
        save_reference(row, by=self.by, expected_entry=expected, why=self.why)
        self._known[row.slug] = row
        return ""

    def key(self, row: Publisher) -> str:
        return row.slug

    def title(self, row: Publisher) -> str:
        return row.name

    def current(self, most: int) -> list[Publisher]:
        return self._load(Publisher.objects.order_by("slug")[:most])
