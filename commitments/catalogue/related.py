"""Of one commitment: its keywords, and public commitments that are like it (actions/related.py finds both)."""

from dataclasses import dataclass

from commitments.models import Commitment, Related

MOST = 5


@dataclass(frozen=True)
class Kin:
    keywords: list[str]
    rows: list[Commitment]


def kin(row: Commitment) -> Kin:
    found = Related.objects.filter(commitment=row).first()
    if found is None:
        return Kin([], [])
    public = Commitment.objects.published().with_document()
    rows = {other.pk: other for other in public.filter(pk__in=found.others).exclude(pk=row.parent_id)}
    near = [rows[pk] for pk in found.others if pk in rows and rows[pk].parent_id != row.pk]
    return Kin(found.keywords, near[:MOST])
