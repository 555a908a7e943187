"""What every page says of the whole site: its name, since when it publishes, whether a person has checked it."""

from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db.models import Case, Exists, Subquery, When
from django.utils.translation import gettext as _

from commitments.catalogue.kept import kept
from commitments.languages import active, choose
from commitments.models import Assessment, Provenance, SourceDocument
from commitments.today import ZONE


class Site(NamedTuple):
    name: str
    unchecked: bool
    published_since: date | None


def facts() -> Site:
    """One query for each state of the register. The name that was set, else the first that a document carries."""
    return _facts(active(), settings.TRACKER_SITE_NAME_ZH, settings.TRACKER_SITE_NAME_EN)


@kept
def _facts(_language: str, *_names: str) -> Site:
    unchecked = Provenance.objects.filter(
        checked_by_person=False, document__in=SourceDocument.objects.published().values("pk")
    )
    first_published = Assessment.objects.published().order_by("published_at").values("published_at")[:1]
    first = (
        SourceDocument.objects.published()
        .only("site_name_zh", "site_name_en")
        .annotate(unchecked=Exists(unchecked), since=Subquery(first_published))
        .order_by(Case(When(site_name_zh="", then=1), default=0), "issued_on", "id")
        .first()
    )
    if first is None:
        return Site(_given_name() or _("Policy commitment tracker"), False, None)
    name = _given_name() or first.words("site_name").text or _("Policy commitment tracker")
    return Site(name, first.unchecked, first.since.astimezone(ZONE).date() if first.since else None)


def _given_name() -> str:
    return choose({"zh": settings.TRACKER_SITE_NAME_ZH, "en": settings.TRACKER_SITE_NAME_EN}).text
