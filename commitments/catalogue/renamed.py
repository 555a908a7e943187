"""Documents by the names that their addresses had before: a former slug -> the slug of today."""

from collections.abc import Collection

from django.db.models import F
from django.http import QueryDict

from commitments.choices import Publication
from commitments.models import FormerSlug

# Parameters that name a document, alone or before the code of a commitment.
NAMING = ("document", "ancestor", "commitment")


def slugs_today(slugs: Collection[str]) -> dict[str, str]:
    """Former slug -> slug of today; what was never public, or is nobody's former slug, is left out. One query."""
    rows = FormerSlug.objects.filter(slug__in=slugs).exclude(document__publication=Publication.DRAFT)
    return dict(rows.exclude(document__slug=F("slug")).values_list("slug", "document__slug"))


def slug_today(slug: str) -> str | None:
    """Where an address under a former slug leads; None where the slug is nobody's former one."""
    return slugs_today([slug]).get(slug)


def first_slugs() -> dict[str, str]:
    """Slug of today -> the first that the document had, for names that outlive every renaming. One query."""
    rows = FormerSlug.objects.order_by("-replaced_at", "-id").values_list("document__slug", "slug")
    return dict(rows)


def params_today(params: QueryDict) -> QueryDict:
    """The same question with the slugs of today; without a query where no document is named."""
    given = [(name, value) for name in NAMING for value in params.getlist(name)]
    named = {value.strip().partition("/")[0] for name, value in given if name == "document" or "/" in value}
    found = slugs_today(named) if named else {}
    if not found:
        return params
    renamed = params.copy()
    for name in {name for name, _value in given}:
        renamed.setlist(name, [_today(value, found) for value in params.getlist(name)])
    return renamed


def _today(value: str, found: dict[str, str]) -> str:
    slug, *code = value.strip().split("/", 1)
    return "/".join([found[slug], *code]) if slug in found else value
