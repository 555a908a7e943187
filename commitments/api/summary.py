"""The register in numbers, at the reader's two dates."""

from django.utils.translation import gettext_lazy as _

from commitments.api.base import Read
from commitments.catalogue.summary import Figures, figures_at
from commitments.catalogue.visit import Visit


class Summary(Read):
    name, gives = "readSummary", "Summary"
    summary = _(
        "How many measures show results: two counts with their own denominators, agreements and statements apart"
    )

    def found(self, question: Visit) -> Figures:  # type: ignore[override]
        return figures_at(question.clock)
