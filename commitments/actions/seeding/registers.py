"""One register on its way in: its document as it will be, its commitments, and where each stands in the text."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from commitments.actions.seeding.cells import Cells
from commitments.actions.seeding.files import Folder
from commitments.choices import Kind
from commitments.models import SourceDocument


@dataclass
class Line:
    """A commitment as the register lists it; `depth` counts its ancestors."""

    cells: Cells
    code: str
    parent: str
    kind: Kind | None
    position: int
    depth: int = 0


@dataclass
class Register:
    """One folder on its way in: the document as it will be, and where each commitment stands in its text."""

    folder: Folder
    slug: str
    document: SourceDocument
    published_at: datetime | None
    lines: list[Line] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    def key(self, noun: str, *parts: str) -> str:
        return "/".join((self.slug, noun, *parts))

    def publication(self) -> dict[str, Any]:
        """What a published row of this register is made with."""
        return {"published_at": self.published_at} if self.published_at else {}

    def knows(self, cells: Cells, field: str, code: str) -> bool:
        if code in self.codes:
            return True
        cells.wrong(field, _("No commitment of this register has this code."), code)
        return False
