"""Copies of the shipped register, as documents of their own: so many rows as a benchmark needs."""

from commitments.models import (
    Assessment,
    Citation,
    Commitment,
    CommitmentParty,
    Evidence,
    EvidenceLink,
    Note,
    Passage,
    SourceDocument,
)

STATE = ("review_state", "published_at", "rule_met", "codebook_version")


def copies(model, rows, links: dict, n: int, **over) -> dict:
    """Old key -> new row; `links` replaces the keys of other tables by those of their copies."""
    made = []
    for row in rows:
        values = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
        values.pop("id")
        values |= {name: found[values[name]].pk for name, found in links.items() if values.get(name)}
        if "seed_key" in values:
            values["seed_key"] = None
        values |= {name: change(row, n) for name, change in over.items()}
        made.append(model(**values))
    return dict(zip((row.pk for row in rows), model._base_manager.bulk_create(made), strict=True))


def enlarge(number: int) -> None:
    """Of a database that holds the register alone."""
    document = SourceDocument.objects.get(slug="xian-2023")
    rows = {model: list(model._base_manager.all()) for model in (Evidence, Assessment, Citation, EvidenceLink, Passage)}
    rows |= {model: list(model._base_manager.all()) for model in (Note, CommitmentParty)}
    tree = list(Commitment.objects.filter(document=document).order_by("path"))
    for n in range(number):
        documents = copies(SourceDocument, [document], {}, n, slug=lambda row, n: f"{row.slug}-{n}")
        evidence = copies(
            Evidence, rows[Evidence], {}, n, code=lambda row, n: f"{row.code}-{n}", url=lambda row, n: f"{row.url}#{n}"
        )
        commitments: dict = {}
        for depth in range(3):
            level = [row for row in tree if row.depth == depth]
            links = {"document_id": documents, "parent_id": commitments}
            commitments |= copies(Commitment, level, links, n, successor_id=lambda row, n: None)
        drafts = {"published_at": None, "rule_met": "", "codebook_version": None, "review_state": "draft"}
        wishes = {name: (lambda row, n, value=value: value) for name, value in drafts.items()}
        judged = copies(Assessment, rows[Assessment], {"commitment_id": commitments}, n, **wishes)
        copies(Citation, rows[Citation], {"assessment_id": judged, "evidence_id": evidence}, n)
        states: dict = {}
        for old in rows[Assessment]:
            states.setdefault(tuple(getattr(old, name) for name in STATE), []).append(judged[old.pk].pk)
        for state, keys in states.items():
            Assessment.objects.filter(pk__in=keys).update(**dict(zip(STATE, state, strict=True)))
        copies(EvidenceLink, rows[EvidenceLink], {"commitment_id": commitments, "evidence_id": evidence}, n)
        copies(Passage, rows[Passage], {"commitment_id": commitments, "document_id": documents}, n)
        for model in (Note, CommitmentParty):
            copies(model, rows[model], {"commitment_id": commitments}, n)
