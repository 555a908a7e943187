"""The evidence of an assessment as the gates see it: rows -> rules.citation.Cited."""

from collections import defaultdict
from collections.abc import Iterable

from commitments.choices import Bearing, EvidenceKind, Voice
from commitments.models.assessment import Assessment
from commitments.models.commitment import Commitment
from commitments.models.evidence import Evidence, EvidenceLink
from commitments.rules.citation import Cited


def cited_by(assessment: Assessment) -> list[Cited]:
    """Three queries, whatever the number of citations."""
    commitment = assessment.commitment
    evidence = list(assessment.evidence.select_related("publisher"))
    family = Commitment.objects.filter(document_id=commitment.document_id, path__startswith=commitment.path)
    links = EvidenceLink.objects.filter(evidence__in=evidence, commitment__in=family)
    return as_cited(evidence, links, commitment)


def as_cited(evidence: Iterable[Evidence], links: Iterable[EvidenceLink], commitment: Commitment) -> list[Cited]:
    """`links`: of the commitment and its descendants; those of other evidence are passed over."""
    own: dict[int, set[Bearing]] = defaultdict(set)
    below: dict[int, set[Bearing]] = defaultdict(set)
    for link in links:
        side = own if link.commitment_id == commitment.pk else below
        side[link.evidence_id].add(Bearing(link.bears))
    return [
        Cited(
            code=row.code,
            kind=EvidenceKind(row.kind),
            origin=row.publisher.origin,
            voice=Voice(row.publisher.voice),
            published_on=row.published_on,
            is_summit_text=row.is_summit_text,
            is_source_document=bool(commitment.document.url) and row.url == commitment.document.url,
            bears=frozenset(own[row.pk]),
            bears_below=frozenset(below[row.pk]),
        )
        for row in evidence
    ]
