"""Commitments: the list that the pages show, and one with all that is public of it."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from commitments import answers
from commitments.api.base import Many, Read
from commitments.api.failures import Withdrawn
from commitments.catalogue.detail import Gone, find
from commitments.catalogue.listing import Listing
from commitments.catalogue.records import Field, record
from commitments.catalogue.visit import Visit
from commitments.catalogue.whole import Whole
from commitments.models import Commitment

DOCUMENT = _("the short name of a source, as it stands in its address")
CODE = _("the code of a commitment")


class Commitments(Many):
    name, gives, asks = "listCommitments", "Commitment", Listing
    summary = _("Commitments with their statuses, as the list shows them")

    def body(
        self, question: Listing, fields: tuple[Field, ...], *, path: str, also: str, **where: Any
    ) -> dict[str, Any]:
        results = [record(fields, row) for row in self.rows(question, fields)]
        return answers.page_of_commitments(path, question, results, also)

    def rows(self, listing: Listing, fields: tuple[Field, ...]) -> list[Commitment]:
        return listing.quoted if any(field.name == "quote" for field in fields) else listing.rows


class CommitmentAlone(Read):
    name, gives = "readCommitment", "CommitmentAlone"
    summary = _("One commitment: its words, status, history, evidence, parties, notes and checks")
    where = {"document": DOCUMENT, "code": CODE}

    def found(self, question: Visit, *, document: str, code: str) -> Whole:  # type: ignore[override]
        return Whole(public(document, code, question), question.clock)


def public(document: str, code: str, visit: Visit) -> Commitment:
    try:
        row = find(document, code, visit.clock)
    except Gone as withdrawn:
        raise Withdrawn(withdrawn.row) from None
    if row is None:
        raise Http404
    return row
