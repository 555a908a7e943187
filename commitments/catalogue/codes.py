"""Commitments as readers name them: `document/code`, or a code alone in whatever sources have it."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from commitments.models import Commitment
from commitments.models.commitment import has_code

MOST = 50  # in one question: each is a condition of its own

Named = dict[str, list[Commitment]]


def named(given: Collection[str]) -> Named:
    """Public ones by the name given; of a code alone the first in tree order, up to one more than are allowed."""
    rows = Commitment.objects.published().in_tree_order().with_document()
    full = {one for one in given if "/" in one}
    bare = {*given} - full
    slugs, codes = zip(*(one.rpartition("/")[::2] for one in full), strict=True) if full else ((), ())
    found: Named = {}
    for row in rows.filter(document__slug__in=slugs, code__in=codes) if full else ():
        if row.natural_id in full:
            found[row.natural_id] = [row]
    for row in rows.filter(has_code(*bare), code__in=bare)[: MOST + 1] if bare else ():
        found.setdefault(row.code, []).append(row)
    return found


def few_named(given: Collection[str]) -> Named:
    """The same; refused where the names mean too many."""
    found = named(given)
    if sum(map(len, found.values())) > MOST:
        sentence = _("These are more than %(most)s commitments. Name fewer, and write source/code.")
        raise ValidationError(sentence, code="too_many", params={"most": MOST})
    return found
