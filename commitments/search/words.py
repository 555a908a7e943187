"""Finds commitments in which every word of the query occurs: code, title, criterion, quote, rationale, note."""

from django.db.models import Exists, OuterRef, Q

from commitments.choices import Publication
from commitments.models import Assessment, CommitmentQuerySet, Note, Passage


def matching(rows: CommitmentQuerySet, q: str) -> CommitmentQuerySet:
    """Rows went through with_assessment. Searched: the rationale in force, public notes, quotes of public documents."""
    for word in q.split():
        quotes = Passage.objects.filter(commitment=OuterRef("pk"), document__publication=Publication.PUBLISHED)
        rationales = Assessment.objects.filter(pk=OuterRef("in_force_id"))
        notes = Note.objects.published().filter(commitment=OuterRef("pk"))
        rows = rows.filter(
            _in("code", "title_zh", "title_en", "criterion_zh", "criterion_en", word=word)
            | Exists(quotes.filter(quote__icontains=word))
            | Exists(rationales.filter(_in("rationale_zh", "rationale_en", word=word)))
            | Exists(notes.filter(_in("text_zh", "text_en", word=word)))
        )
    return rows


def _in(*fields: str, word: str) -> Q:
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": word})
    return found
