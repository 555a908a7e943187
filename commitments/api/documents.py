"""Sources: their list, and one with its text where that is public."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from commitments.api.base import Many, Read, Unasked
from commitments.api.commitments import DOCUMENT
from commitments.api.failures import Withdrawn
from commitments.catalogue import reader
from commitments.catalogue.document_listing import DocumentListing
from commitments.choices import Publication
from commitments.models import SourceDocument


class Documents(Many):
    name, gives, asks = "listDocuments", "Document", DocumentListing
    summary = _("The sources that contain the commitments")


class DocumentAlone(Read):
    name, gives, asks = "readDocument", "DocumentAlone", Unasked
    summary = _("One source, with its full text where that is public")
    where = {"document": DOCUMENT}

    def found(self, question: Unasked, *, document: str) -> SourceDocument:  # type: ignore[override]
        row = reader.find(document)
        if row is None:
            raise Http404
        if row.publication == Publication.WITHDRAWN:
            raise Withdrawn(row)
        return row
