"""What changed, in the two lists of its page: what happened in a period, and what was entered in it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from commitments import answers
from commitments.api.base import Many
from commitments.catalogue import change_lists
from commitments.catalogue.changes import Stream
from commitments.catalogue.records import Field, record


class Changes(Many):
    """The list itself is what happened; `entered` is the other, with places of its own."""

    name, gives, asks = "listChanges", "Change", Stream
    summary = _("What happened in a period, and apart from it what was entered in it")

    def listed(self, question: Stream) -> change_lists.Lines:
        return change_lists.happened(question)

    def body(
        self, question: Stream, fields: tuple[Field, ...], *, path: str, also: str, **where: Any
    ) -> dict[str, Any]:
        entered = change_lists.entered(question)
        lines = [record(fields, row) for row in entered.rows]
        happened = super().body(question, fields, path=path, also=also, **where)
        return {**happened, "entered": answers.page(path, entered, lines, also)}
