"""The front page: the register in numbers, proposal by proposal, and over time."""

from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.catalogue import summary
from commitments.catalogue.ledger import Ledger
from commitments.catalogue.trend import Move, Trend, trend
from commitments.catalogue.visit import Visit
from commitments.choices import JUDGED_MOMENTA, Status
from commitments.models import Commitment, SourceDocument
from commitments.rules.bands import Headline, Row
from commitments.web.caching import public_page, render_page
from commitments.web.chart import chart

SHOWN = 8
MOST = 20  # sources whose scope and limits are told


@require_safe
@public_page
def overview(request: HttpRequest) -> HttpResponse:
    visit = Visit(request.GET)
    documents = list(SourceDocument.objects.published().select_related("provenance").defer("text")[:MOST])
    context = {"visit": visit, "clock": visit.clock, "documents": documents}
    if visit.is_valid and documents:
        headline = summary.headline_at(visit.clock)
        over_time = trend(visit.clock)
        ledger = Ledger(documents[0], visit.clock)
        context |= {
            "headline": headline,
            "headline_rows": headline_rows(headline),
            "ledger": ledger,
            "lately": lately(ledger, over_time) if over_time else [],
            "trend": over_time,
            "chart": chart(over_time) if over_time else None,
            "last_checked_on": summary.last_checked_on(visit.clock),
        }
    context["judged"] = JUDGED_MOMENTA
    return render_page(request, "commitments/overview.html", context)


def lately(ledger: Ledger, over_time: Trend) -> list[tuple[Commitment, Move]]:
    """The newest steps of measures, by the day that the evidence shows; looking and finding nothing is no step."""
    rows = {row.pk: row for row in ledger.rows}
    silent = (Status.NO_EVIDENCE, Status.NOT_ASSESSED)
    moves = (move for move in over_time.moves if move.commitment_id in rows and move.after not in silent)
    return [(rows[move.commitment_id], move) for move in islice(moves, SHOWN)]


def headline_rows(headline: Headline) -> list[tuple[str, Row]]:
    """One-off and continuing measures each with its own total; outcomes and press statements apart."""
    return [
        (_("One-off measures"), headline.one_off),
        (_("Continuing measures"), headline.continuing),
        (_("Outcomes"), headline.outcomes),
        (_("Press statements"), headline.press),
    ]
