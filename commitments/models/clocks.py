"""The two clocks in SQL: which assessment is in force at (as_of, known_on), and the check and evidence known by then.

The pure twin of `in_force` is rules/clocks.py; tests hold the two together on generated histories.
"""

from datetime import date

from django.apps import apps
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from commitments.rules.clocks import end_of_day


def _objects(model: str) -> QuerySet:
    return apps.get_model("commitments", model)._default_manager.all()


def known(known_on: date) -> Q:
    """Published and not withdrawn by the end of that day."""
    end = end_of_day(known_on)
    return Q(published_at__lt=end) & (Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=end))


def in_force(as_of: date, known_on: date, commitment: str = "pk") -> QuerySet:
    """Assessments of the outer row's commitment, the one in force first; slice [:1] for a Subquery."""
    correctors = _objects("Assessment").filter(known(known_on), corrects=OuterRef("pk"))
    return (
        _objects("Assessment")
        .filter(known(known_on), commitment=OuterRef(commitment), party__isnull=True, as_of__lte=as_of)
        .filter(~Exists(correctors))
        .order_by("-as_of", "-published_at", "-id")
    )


def latest_check(as_of: date, known_on: date) -> QuerySet:
    """Checks of the outer commitment made by as_of and entered by known_on, the latest first."""
    return (
        _objects("Check")
        .filter(commitment=OuterRef("pk"), checked_on__lte=as_of, recorded_at__lt=end_of_day(known_on))
        .order_by("-checked_on", "-id")
    )


def newest_citation(assessment: str) -> QuerySet:
    """One value: the newest date among the evidence that the outer row's assessment cites."""
    return (
        _objects("Citation")
        .filter(assessment=OuterRef(assessment), evidence__published_on__isnull=False)
        .order_by()
        .values("assessment")
        .annotate(newest=Max("evidence__published_on"))
        .values("newest")
    )
