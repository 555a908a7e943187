"""Editions: what was frozen and where its files are; the files hold the rows."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from commitments.api.base import Complete, Many, Read, Unasked
from commitments.catalogue import editions
from commitments.models import Edition


class Editions(Many):
    name, gives, asks = "listEditions", "Edition", Unasked
    summary = _("The editions, the newest first")

    def listed(self, question: Unasked) -> Complete:
        return Complete(editions.everyone())


class EditionAlone(Read):
    name, gives, asks = "readEdition", "Edition", Unasked
    summary = _("One edition: its day, its hashes and the addresses of its files")
    where = {"number": _("the number of an edition")}

    def found(self, question: Unasked, *, number: int) -> Edition:  # type: ignore[override]
        row = editions.find(number)
        if row is None:
            raise Http404
        return row
