"""The register in numbers at a clock: headline counts and the last check."""

from datetime import date

from django.db.models import Count, Max

from commitments.catalogue.clock import Clock
from commitments.choices import Kind, Status, Target
from commitments.models import Check, Commitment
from commitments.rules.bands import Headline, headline


def headline_at(clock: Clock) -> Headline:
    """One grouped query: measures, outcomes and press statements by their own status."""
    rows = (
        Commitment.objects.published()
        .filter(kind__in=[Kind.MEASURE, Kind.OUTCOME, Kind.PRESS])
        .with_assessment(clock.as_of, clock.known_on)
        .order_by()
        .values("kind", "target", "status")
        .annotate(number=Count("pk"))
        .values_list("kind", "target", "status", "number")
    )
    return headline(
        (Kind(kind), Target(target) if target else None, Status(status))
        for kind, target, status, number in rows
        for _one in range(number)
    )


def last_checked_on(clock: Clock) -> date | None:
    rows = Check.objects.filter(checked_on__lte=clock.as_of, recorded_at__lt=clock.end_of_known)
    return rows.aggregate(last=Max("checked_on"))["last"]
