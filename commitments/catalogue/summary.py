"""The register in numbers at a clock: headline counts and the last check."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count

from commitments.catalogue import present, tallies
from commitments.catalogue.clock import Clock
from commitments.choices import Kind, Status, Target
from commitments.models import Check, Commitment
from commitments.rules.bands import Headline, Row, headline_of


class Figures(NamedTuple):
    """What happened up to a day, as it was known on another."""

    as_of: date
    known_on: date
    last_checked_on: date | None
    one_off: Row
    continuing: Row
    outcomes: Row
    press: Row


def headline_at(clock: Clock) -> Headline:
    """Measures, outcomes and press statements by their own status: kept numbers today, else one grouped query."""
    if clock.is_now and present.is_kept():
        return headline_of(tallies.by_status())
    rows = (
        Commitment.objects.published()
        .filter(kind__in=[Kind.MEASURE, Kind.OUTCOME, Kind.PRESS])
        .with_assessment(clock.as_of, clock.known_on)
        .order_by()
        .values("kind", "target", "status")
        .annotate(number=Count("pk"))
        .values_list("kind", "target", "status", "number")
    )
    return headline_of(
        (Kind(kind), Target(target) if target else None, Status(status), number)
        for kind, target, status, number in rows
    )


def figures_at(clock: Clock) -> Figures:
    counted = headline_at(clock)
    rows = (counted.one_off, counted.continuing, counted.outcomes, counted.press)
    return Figures(clock.as_of, clock.known_on, last_checked_on(clock), *rows)


def last_checked_on(clock: Clock) -> date | None:
    rows = Check.objects.filter(checked_on__lte=clock.as_of, recorded_at__lt=clock.end_of_known)
    return rows.order_by("-checked_on").values_list("checked_on", flat=True).first()
