"""A register full of secrets: every unpublished row in every state, a unique token in each of its fields."""

import itertools
import re
from datetime import UTC, datetime
from typing import Any

from django.db import models

from commitments.choices import NoteVisibility, Publication, ReviewState
from commitments.models import CommitmentTheme, Evidence, Exclusion, Provenance
from commitments.storage import keep
from tests.factories import (
    make_assessment,
    make_candidate,
    make_check,
    make_commitment,
    make_document,
    make_draft_register,
    make_evidence,
    make_judged,
    make_link,
    make_link_health,
    make_note,
    make_party,
    make_party_link,
    make_passage,
    make_publisher,
    make_snapshot,
    make_theme,
    make_user,
)

TOKEN = re.compile(r"canary[0-9]+q")
# Computed, or for the public: the reason of a withdrawal.
UNTOUCHED = ("path", "text_sha256", "seed_digest", "withdrawn_reason_zh", "withdrawn_reason_en")
_numbers = itertools.count(1)


def token() -> str:
    """Short enough for every field, and a legal code, slug and user name."""
    return f"canary{next(_numbers)}q"


def name_of(state: str) -> str:
    """A draft's code is a secret. What was withdrawn is named by its code beside the reason, and by nothing else."""
    return token() if state == Publication.DRAFT else f"gone{next(_numbers)}"


def taint(row: models.Model, *keep: str) -> Any:
    """Put a token into every free text of the row."""
    values: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name in (*keep, *UNTOUCHED) or field.choices or field.primary_key:
            continue
        if isinstance(field, models.JSONField):
            values[field.name] = (
                {token(): token()} if isinstance(field.default, type) and field.default is dict else [token()]
            )
        elif isinstance(field, models.URLField):
            values[field.name] = f"https://{token()}.example/"
        elif isinstance(field, models.CharField | models.TextField):
            limit = field.max_length or 100
            values[field.name] = token()[:limit] if limit >= 12 else ""
    type(row)._default_manager.filter(pk=row.pk).update(**values)
    row.refresh_from_db()
    return row


def plant(public_document: Any, public_commitment: Any) -> list[str]:
    """Returns the addresses that someone who knew the codes would guess."""
    addresses = []
    for state in (Publication.DRAFT, Publication.WITHDRAWN):
        addresses += _hidden_document(state) + _hidden_commitment(state, public_document, public_commitment)
        addresses += _hidden_evidence(state, public_commitment)
    _hidden_assessments(public_commitment)
    addresses += _import_desk(public_commitment)
    taint(make_note(public_commitment, visibility=NoteVisibility.INTERNAL))
    make_party(token(), name_zh=token(), name_en=token())
    make_theme(token(), name_zh=token(), name_en=token())
    taint(make_publisher(), "slug", "country")
    return addresses


def _hidden_document(state: str) -> list[str]:
    document = make_document(
        publication=state, slug=name_of(state), text=f"{token()}\n", kind_labels={"measure": {"zh": token()}}
    )
    taint(document, "slug", "text", "language")
    Provenance.objects.create(
        document=document,
        title_zh=token(),
        method_zh=token(),
        limits_zh=[token()],
        reviewed_on="2024-01-01",
        coder=token(),
    )
    text = document.text.strip()
    Exclusion.objects.create(document=document, start=0, end=len(text), quote=text, reason_zh=token())
    row = taint(make_commitment(document=document, code=token()), "code")
    make_passage(row, text)
    make_judged(row, rationale_zh=token())
    return [f"/commitments/{document.slug}/{row.code}/", f"/documents/{document.slug}/"]


def _import_desk(public_commitment: Any) -> list[str]:
    """A draft register that restates what is public: neither its candidates nor its words may show there."""
    document = make_document(publication=Publication.DRAFT, slug=token(), text=f"{token()}\n")
    taint(document, "slug", "text", "language")
    text = document.text.strip()
    register = make_draft_register(document=document, file_name=token())
    row = make_candidate(register, text, decision="restates", earlier=public_commitment, reason=token())
    taint(row, "start", "end", "quote")
    make_passage(public_commitment, text, document=document, role="restated", section=token())
    return [f"/documents/{document.slug}/"]


def _hidden_commitment(state: str, document: Any, parent_of_public: Any) -> list[str]:
    row = make_commitment(document=document, code=name_of(state), publication=state)
    taint(row, "code")
    make_passage(row, "举办主题活动", section=token())
    make_judged(row, rationale_zh=token(), rationale_en=token())
    taint(make_note(row))
    taint(make_check(row))
    taint(make_party_link(row, token()))
    CommitmentTheme.objects.create(commitment=row, theme=make_theme(token(), name_zh=token()))
    evidence = make_evidence(
        publication=Publication.DRAFT, code=token(), publisher=taint(make_publisher(), "slug", "country")
    )
    make_link(row, taint(evidence, "code", "language"))
    if state == Publication.DRAFT:
        parent_of_public.successor = row
        parent_of_public.save()
        make_commitment(parent=row, title_zh="下级公开事项")
    return [f"/commitments/{document.slug}/{row.code}/", f"/commitments/{document.slug}/{row.code}/changes.atom"]


def _hidden_evidence(state: str, commitment: Any) -> list[str]:
    publisher = taint(make_publisher(), "slug", "country")
    evidence = make_evidence(publication=state, code=name_of(state), publisher=publisher)
    taint(evidence, "code", "language", "file")
    Evidence.objects.filter(pk=evidence.pk).update(file=keep(token().encode(), "uploads", ".pdf"))
    make_link(commitment, evidence)
    make_snapshot(evidence, text=token(), title=token(), final_url=f"https://{token()}.example/", media_type=token())
    make_link_health(evidence, verdict="moved", new_address=f"https://{token()}.example/")
    return [f"/evidence/{evidence.code}/", f"/evidence/{evidence.code}/file/"]


def _hidden_assessments(commitment: Any) -> None:
    author = make_user(token(), first_name=token(), last_name=token(), email=f"{token()}@example.org")
    for state in (ReviewState.DRAFT, ReviewState.IN_REVIEW, ReviewState.RETURNED, ReviewState.APPROVED):
        assessment = make_assessment(commitment, review_state=state, author=author, as_of="2024-06-01")
        taint(assessment)
    later = make_judged(commitment, at=datetime(2024, 2, 1, tzinfo=UTC), author=author)
    later.refresh_from_db()
