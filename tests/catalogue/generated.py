"""A generated register with rows of every sort: published and hidden, judged, corrected, withdrawn, checked, cited."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import time_machine

from commitments.actions.roles import desk_review_user
from commitments.choices import (
    JUDGED_MOMENTA,
    MAY_HAVE_MOMENTUM,
    Bearing,
    CheckOutcome,
    Confidence,
    Kind,
    ReviewState,
    Rule,
    Status,
    Target,
    Verifiability,
)
from commitments.models import Assessment, Citation, Commitment, CommitmentTheme, Evidence, SourceDocument
from tests.factories import (
    make_check,
    make_commitment,
    make_document,
    make_evidence,
    make_link,
    make_note,
    make_party_link,
    make_passage,
    make_theme,
)
from tests.standing import standing

NOW = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)
TODAY = date(2025, 7, 1)
FIRST_DAY = date(2023, 6, 1)
DAYS = (TODAY - FIRST_DAY).days
TITLES = ["铁路联通", "能源合作", "教育交流", "贸易100%便利", "a_b 试点", "\\斜线", "对话机制"]
ENGLISH = ["Railway link", "Energy plan", "", "Trade 100% easier", "a_b pilot", "Back\\slash", ""]
QUOTES = ["建立对话机制", "举办主题活动", "扩大贸易规模"]


class World:
    """Writes the register with one random source, so that every run has the same rows."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.evidence = [self._evidence(n) for n in range(30)]
        self.documents = [make_document(slug=slug, publication=state) for slug, state in DOCUMENTS]
        for document in self.documents:
            self._tree(document)

    def _day(self) -> date:
        return FIRST_DAY + timedelta(days=self.random.randrange(DAYS))

    def _moment(self, day: date) -> datetime:
        """Near midnight in Shanghai (16:00 UTC) as often as not."""
        hour = self.random.choice([4, 15, 16, 20])
        return datetime(day.year, day.month, day.day, hour, self.random.choice([0, 59]), tzinfo=UTC)

    def _maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def _publication(self) -> str:
        return self.random.choices(["published", "draft", "withdrawn"], [9, 1, 1])[0]

    def _evidence(self, n: int) -> Evidence:
        dated = self._day() if self._maybe(0.8) else None
        return make_evidence(published_on=dated, publication=self._publication())

    def _tree(self, document: SourceDocument) -> None:
        for n in range(1, 4):
            proposal = self._row(document, f"{n}", Kind.PROPOSAL)
            for m in range(1, self.random.randint(2, 5)):
                measure = self._row(document, f"{n}.{m}", Kind.MEASURE, proposal)
                for k in range(self.random.choice([0, 0, 2])):
                    self._row(document, f"{n}.{m}.{k + 1}", Kind.COMPONENT, measure)
        for n, kind in enumerate([Kind.OUTCOME, Kind.PRESS, Kind.PRINCIPLE]):
            for m in range(2):
                self._row(document, f"{'OJP'[n]}{m + 1}", kind)

    def _row(self, document: SourceDocument, code: str, kind: Kind, parent: Commitment | None = None) -> Commitment:
        is_proposal = kind == Kind.PROPOSAL
        pick = self.random.randrange(len(TITLES))
        row = make_commitment(
            document=document,
            code=code,
            kind=kind,
            parent=parent,
            target="" if is_proposal else self.random.choice(list(Target)),
            title_zh=TITLES[pick],
            title_en=ENGLISH[pick],
            verifiability="" if is_proposal else self.random.choice(list(Verifiability)),
            due_on=self._day() if self._maybe(0.3) else None,
            publication=self._publication(),
        )
        self._around(row)
        for _ in range(self.random.choice([0, 0, 1] if is_proposal else [0, 1, 2, 3, 4])):
            self._assessment(row)
        return row

    def _around(self, row: Commitment) -> None:
        make_passage(row, self.random.choice(QUOTES))
        for _ in range(self.random.choice([0, 0, 1, 2])):
            day = self._day()
            later = self._moment(day + timedelta(days=self.random.randrange(40)))
            make_check(row, checked_on=day, outcome=self.random.choice(list(CheckOutcome)), recorded_at=later)
        for evidence in self.random.sample(self.evidence, self.random.choice([0, 0, 0, 1])):
            make_link(row, evidence, self.random.choice(list(Bearing)))
        for code in self.random.sample(["CN", "KZ", "KG"], self.random.choice([0, 0, 1, 2])):
            make_party_link(row, code)
        for slug in self.random.sample(["energy", "trade"], self.random.choice([0, 0, 1, 2])):
            CommitmentTheme.objects.create(commitment=row, theme=make_theme(slug))
        if self._maybe(0.2):
            make_note(row, text_zh="铁路备注", visibility=self.random.choice(["public", "internal"]))

    def _assessment(self, row: Commitment) -> None:
        """Written as a draft, cited, then made public, as the guards want it."""
        status = self.random.choice(list(Status))
        day = self._day()
        published_at = self._moment(min(TODAY - timedelta(days=1), day + timedelta(days=self.random.randrange(90))))
        earlier = row.assessments.filter(published_at__isnull=False)
        found = Assessment.objects.create(
            commitment=row,
            party=row.party_links.first().party if row.party_links.exists() and self._maybe(0.15) else None,
            status=status,
            momentum=self.random.choice(["", *JUDGED_MOMENTA]) if status in MAY_HAVE_MOMENTUM else "",
            confidence=self.random.choice(list(Confidence)),
            as_of=day,
            assessed_on=day,
            rationale_zh=self.random.choice(["公开材料显示铁路已有交付。", "依据不足。"]),
            corrects=earlier.first() if self._maybe(0.25) else None,
            author=desk_review_user(),
        )
        for evidence in self.random.sample(self.evidence, self.random.choice([0, 0, 1, 2])):
            Citation.objects.create(assessment=found, evidence=evidence)
        if self._maybe(0.1):
            return
        found.review_state, found.published_at = ReviewState.PUBLISHED, published_at
        found.rule_met, found.codebook_version = Rule.ONE_SOURCE, 1
        if self._maybe(0.15):
            found.review_state = ReviewState.WITHDRAWN
            found.withdrawn_at = min(NOW, published_at + timedelta(days=self.random.randrange(60)))
            found.withdrawn_reason_zh = "依据有误。"
        found.save()


DOCUMENTS = [("alpha", "published"), ("beta", "published"), ("gamma", "draft")]


@contextmanager
def written(blocker: Any, seed: int = 5) -> Iterator[World]:
    """For a module."""
    with standing(blocker):
        with time_machine.travel(NOW, tick=False):
            world = World(seed)
        yield world
