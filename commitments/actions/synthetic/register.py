"""The tables of a synthetic register, and one document after another written into them."""

import random
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from commitments.actions.roles import desk_review_user
from commitments.actions.synthetic import sentences
from commitments.actions.synthetic.tables import Table
from commitments.actions.synthetic.words import FIELDS, PARTIES, PLACES, THEMES
from commitments.choices import DocumentKind, EvidenceKind, NoteVisibility, Publication, ReviewState, Rule, Voice
from commitments.models import (
    Assessment,
    Check,
    Citation,
    Commitment,
    CommitmentParty,
    CommitmentTheme,
    Evidence,
    EvidenceLink,
    Note,
    Party,
    Passage,
    Publisher,
    SourceDocument,
    Theme,
)
from commitments.text.address import key_of

PREFIX = "synthetic-"
PUBLISHERS = 40
PAGES = 50  # pieces of evidence beside each document
YEARS = 3


def moment(day: date) -> str:
    """Noon in Shanghai, as both databases read it."""
    return f"{day.isoformat()} 04:00:00"


class Register:
    """Written up to `last_day`; what happened before is counted back from there."""

    def __init__(self, seed: int, last_day: date) -> None:
        self.seed, self.last_day = seed, last_day
        self.first_day = last_day - timedelta(days=365 * YEARS)
        author = desk_review_user().pk
        published = {"publication": Publication.PUBLISHED.value}
        told = datetime.combine(self.first_day, time(4), UTC)
        self.documents = Table(
            SourceDocument,
            ("slug", "title_zh", "short_zh", "title_en", "short_en", "issued_on", "text", "text_sha256", "url"),
            **published,
            published_at=told,
            kind=DocumentKind.PLAN.value,
            full_text_public=True,
        )
        self.commitments = Table(
            Commitment,
            (
                *("document_id", "parent_id", "code", "kind", "target", "title_zh", "title_en", "criterion_zh"),
                *("verifiability", "due_on", "position", "path", "publication", "published_at"),
            ),
        )
        self.passages = Table(Passage, ("commitment_id", "document_id", "start", "end", "quote"))
        self.evidence = Table(
            Evidence,
            ("code", "url", "url_key", "title", "kind", "publisher_id", "published_on", "summary_zh"),
            **published,
            published_at=told,
            language="zh-Hans",
        )
        self.links = Table(EvidenceLink, ("evidence_id", "commitment_id", "bears"))
        self.citations = Table(Citation, ("assessment_id", "evidence_id"))
        self.assessments = Table(
            Assessment,
            (
                *("commitment_id", "status", "momentum", "confidence", "as_of", "assessed_on", "rationale_zh"),
                *("published_at", "created_at"),
            ),
            author_id=author,
            review_state=ReviewState.PUBLISHED.value,
            rule_met=Rule.ONE_SOURCE.value,
            codebook_version=1,
        )
        self.checks = Table(
            Check, ("commitment_id", "checked_on", "outcome", "searched_zh", "recorded_at"), by_id=author
        )
        self.themes = Table(CommitmentTheme, ("commitment_id", "theme_id"))
        self.parties = Table(CommitmentParty, ("commitment_id", "party_id", "role"))
        self.notes = Table(
            Note,
            ("commitment_id", "dated", "text_zh", "created_at"),
            author_id=author,
            visibility=NoteVisibility.PUBLIC.value,
        )
        self.named_themes, self.named_parties, self.publishers = named()
        self.pages = 0

    @property
    def tables(self) -> tuple[Table, ...]:
        """In the order of writing: citations before their assessments, which are published when they arrive."""
        return (
            *(self.documents, self.commitments, self.passages, self.evidence, self.links, self.citations),
            *(self.assessments, self.checks, self.themes, self.parties, self.notes),
        )

    def write(self) -> None:
        for table in self.tables:
            table.write()

    def source_of(self, number: int) -> random.Random:
        """Each document has a random source of its own: more rows leave the earlier ones as they were."""
        return random.Random(f"{self.seed}/{number}")

    def add_document(self, number: int, source: random.Random, id_: int, lines: list[str]) -> None:
        place, field = source.choice(PLACES), source.choice(FIELDS)
        text = "\n".join(lines)
        issued = self.first_day - timedelta(days=source.randrange(30, 400))
        short = f"{place.zh}{field.zh}方案{number}"
        found = self.documents.add(
            f"{PREFIX}{number:05d}",
            f"{place.zh}{field.zh}高质量发展实施方案（第{number}号）",
            short,
            f"Plan no. {number} on {field.en} in {place.en}",
            f"{place.en} {field.en} {number}"[:100],
            issued.isoformat(),
            text,
            sha256(text.encode()).hexdigest(),
            f"https://example.org/synthetic/documents/{number}",
        )
        if found != id_:
            raise RuntimeError("another process writes documents at the same time")

    def add_page(self, source: random.Random, about: sentences.Subject, document: int) -> int:
        number = self.evidence.next_id
        url = f"https://example.org/synthetic/{document}/{number}"
        day = self.first_day + timedelta(days=source.randrange((self.last_day - self.first_day).days))
        return self.evidence.add(
            f"S{number:07d}",
            url,
            key_of(url),
            sentences.page_title(source, about),
            source.choice(list(EvidenceKind)).value,
            source.choice(self.publishers),
            day.isoformat() if source.random() < 0.85 else None,
            sentences.rationale(source, about),
        )


def named() -> tuple[list[int], list[int], list[int]]:
    """Ids of themes, parties and publishers; those that are there already are taken as they are."""

    def kept(model: Any, key: str, value: str, **fields: Any) -> int:
        return model.objects.get_or_create(**{key: value}, defaults=fields)[0].pk

    themes = [kept(Theme, "slug", slug, name_zh=name.zh, name_en=name.en) for slug, name in THEMES.items()]
    parties = [kept(Party, "code", code, name_zh=name.zh, name_en=name.en) for code, name in PARTIES.items()]
    voices = list(Voice)
    publishers = [
        kept(
            Publisher,
            "slug",
            f"{PREFIX}{n:02d}",
            name=f"{PLACES[n].zh}发布（合成）",
            origin=f"{PREFIX}{n // 2:02d}",
            voice=voices[n % len(voices)].value,
        )
        for n in range(PUBLISHERS)
    ]
    return themes, parties, publishers
