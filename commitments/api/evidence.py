"""Evidence: the list that its page shows, and one piece by its code."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from commitments.api.base import Many, Read, Unasked
from commitments.api.failures import Withdrawn
from commitments.catalogue import evidence
from commitments.catalogue.evidence_listing import EvidenceListing
from commitments.models import Evidence


class EvidenceList(Many):
    name, gives, asks = "listEvidence", "Evidence", EvidenceListing
    summary = _("Evidence, and the commitments that it bears on")


class EvidenceAlone(Read):
    name, gives, asks = "readEvidence", "Evidence", Unasked
    summary = _("One piece of evidence by its code")
    where = {"code": _("the code of a piece of evidence")}

    def found(self, question: Unasked, *, code: str) -> Evidence:  # type: ignore[override]
        try:
            row = evidence.find(code)
        except evidence.Gone as withdrawn:
            raise Withdrawn(withdrawn.row) from None
        if row is None:
            raise Http404
        return evidence.with_links(Evidence.objects.filter(pk=row.pk)).get()
