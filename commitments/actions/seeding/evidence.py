"""evidence.json -> the rows of the evidence and of how each bears on the commitments."""

from typing import Any

from django.utils.translation import gettext as _

from commitments.actions.seeding.cells import COUNTRY, LANGUAGE, Cells, Once
from commitments.actions.seeding.publishers import Publishers
from commitments.actions.seeding.registers import Register
from commitments.actions.seeding.rows import Row
from commitments.choices import Bearing, Confidence, EvidenceKind, Publication
from commitments.models import Evidence, EvidenceLink
from commitments.rules.sentences import listed
from commitments.today import today

FILE = "evidence.json"
KEYS = (
    *("id", "commitments", "bears", "url", "publisher", "publisher_id", "kind", "language", "published_on", "title"),
    *("fact", "fact_zh", "countries", "supports", "confidence", "is_summit_text"),
)
COLUMN_OF = {"code": "id", "publisher_as_given": "publisher", "summary_zh": "fact_zh", "summary_en": "fact"}


class EvidenceFiles:
    """Codes and addresses are of all registers together."""

    def __init__(self, publishers: Publishers) -> None:
        self.publishers = publishers
        self._codes, self._addresses = Once(), Once()

    def read(self, register: Register) -> list[Row]:
        """Each piece of evidence, followed by its links."""
        return [row for cells in register.folder.entries(FILE, KEYS) for row in self._rows(register, cells)]

    def _rows(self, register: Register, cells: Cells) -> list[Row]:
        values = _values(cells)
        slug = cells.text("publisher_id", required=True)
        if not {"publisher", "publisher_id"} & cells.bad:
            self.publishers.check(cells, slug, values["publisher_as_given"])
        if "url" not in cells.bad:
            self._addresses.check(cells, "url", values["url"])
        cells.checked(Evidence, values, COLUMN_OF)
        if "id" in cells.bad or not self._codes.check(cells, "id", values["code"]):
            return []
        key = f"evidence/{values['code']}"
        row = Row(
            Evidence, key, cells.place, values, to={"publisher": f"publisher/{slug}"}, once=register.publication()
        )
        return [row, *_links(register, cells, key)]

    @property
    def codes(self) -> set[str]:
        return set(self._codes.places)


def _values(cells: Cells) -> dict[str, Any]:
    return {
        "code": cells.code("id"),
        "url": cells.address("url"),
        "title": cells.text("title", nullable=True),
        "language": cells.matching("language", LANGUAGE, _("A language code such as zh")),
        "kind": cells.word("kind", EvidenceKind),
        "publisher_as_given": cells.text("publisher", required=True),
        "published_on": cells.day("published_on", required=False, latest=today()),
        "summary_zh": cells.text("fact_zh", required=True),
        "summary_en": cells.text("fact"),
        "countries": cells.texts("countries", COUNTRY),
        "supports": cells.word("supports", Bearing),
        "confidence": cells.word("confidence", Confidence),
        "is_summit_text": cells.flag("is_summit_text"),
        "publication": Publication.PUBLISHED.value,
    }


def _links(register: Register, cells: Cells, evidence: str) -> list[Row]:
    codes, bears = cells.texts("commitments"), cells.cells.get("bears")
    if {"commitments", "bears"} & cells.bad:
        return []
    if not isinstance(bears, dict) or set(bears) != set(codes):
        cells.wrong("bears", _("One word for each code in “commitments”, and no other, is expected."), repr(bears))
        return []
    words = [bearing.value for bearing in Bearing]
    rows = []
    for code, word in bears.items():
        if word not in words:
            cells.wrong("bears", _("Allowed are: %(words)s.") % {"words": listed(words)}, f"{code}: {word}")
        elif register.knows(cells, "commitments", code):
            row = Row(EvidenceLink, f"{evidence}/{register.slug}/{code}", cells.place, {"bears": word})
            row.to = {"evidence": evidence, "commitment": register.key("commitment", code)}
            rows.append(row)
    return rows
