"""publishers.csv -> the rows of the publishers, and under which names pages give them."""

from typing import Any

from django.utils.translation import gettext as _

from commitments.actions.seeding.cells import COUNTRY, Cells, Once
from commitments.actions.seeding.documents import SLUG
from commitments.actions.seeding.files import Folder
from commitments.actions.seeding.rows import Row
from commitments.choices import Voice
from commitments.models import Publisher

FILE = "publishers.csv"
COLUMNS = ["id", "name", "names_as_given", "origin", "voice", "country", "note"]


class Publishers:
    """Of all registers together: a publisher stands in one of their files, and all may name it."""

    def __init__(self) -> None:
        self.names: dict[str, list[str]] = {}
        self._slugs, self._given = Once(), Once()

    def read(self, folder: Folder) -> list[Row]:
        return [self._row(cells) for cells in folder.table(FILE, COLUMNS)]

    def _row(self, cells: Cells) -> Row:
        given = cells.text("names_as_given", required=True).split("|")
        values: dict[str, Any] = {
            "slug": cells.matching("id", SLUG, _("A short name of a-z, 0-9 and hyphens")),
            "name": cells.text("name", required=True),
            "names_as_given": given,
            "origin": cells.text("origin", required=True),
            "voice": cells.word("voice", Voice),
            "country": cells.matching("country", COUNTRY, _("Two capital letters, or nothing,"), blank=True),
            "note": cells.text("note"),
        }
        if self._slugs.check(cells, "id", values["slug"]):
            self.names[values["slug"]] = given
        for name in given:
            if name.strip() and "names_as_given" not in cells.bad:
                self._given.check(cells, "names_as_given", name)
            else:
                cells.wrong("names_as_given", _("Names separated by | are expected."), cells.cells["names_as_given"])
        cells.checked(Publisher, values, {"slug": "id"})
        return Row(Publisher, f"publisher/{values['slug']}", cells.place, values)

    def check(self, cells: Cells, slug: str, name: str) -> None:
        """Does this publisher exist, and is this one of its names?"""
        if slug not in self.names:
            cells.wrong("publisher_id", _("No publisher has this id."), slug)
        elif name not in self.names[slug]:
            cells.wrong("publisher", _("This is not among the names of %(slug)s.") % {"slug": slug}, name)
