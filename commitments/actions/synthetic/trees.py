"""One synthetic document: proposals, their measures and parts, and all that a register knows of each."""

import random
from datetime import timedelta

from commitments.actions.synthetic import sentences
from commitments.actions.synthetic.register import PAGES, Register, moment
from commitments.actions.synthetic.words import FIELDS
from commitments.choices import (
    JUDGED_MOMENTA,
    MAY_HAVE_MOMENTUM,
    Bearing,
    CheckOutcome,
    Confidence,
    Kind,
    PartyRole,
    Publication,
    Status,
    Target,
    Verifiability,
)
from commitments.models.commitment import STEP

ROWS = 500  # a document with twenty proposals, about twelve measures each, some in parts
PROPOSALS = 20
STATUSES = (
    *(Status.NO_EVIDENCE, Status.NOT_STARTED, Status.INITIATED, Status.UNDERWAY, Status.SUBSTANTIAL),
    *(Status.COMPLETED, Status.SUSTAINED, Status.DROPPED),
)
WEIGHTS = (20, 8, 18, 28, 10, 9, 6, 1)
JUDGED, JUDGED_PROPOSALS, DATED, LINKED, CHECKED, NOTED, DRAFT = 0.75, 0.05, 0.3, 0.5, 0.4, 0.03, 0.01


class Tree:
    """Written while it grows: `rows` counts its commitments, `lines` are those of its text."""

    def __init__(self, register: Register, number: int, limit: int) -> None:
        self.register, self.number, self.limit = register, number, limit
        self.source = register.source_of(number)
        self.id = register.documents.next_id
        self.rows = self.length = 0
        self.lines: list[str] = []
        self.pages = [register.add_page(self.source, self._subject(), number) for _ in range(min(PAGES, limit))]
        for n in range(1, PROPOSALS + 1):
            self._proposal(n)
        register.add_document(number, self.source, self.id, self.lines)

    def _subject(self) -> sentences.Subject:
        return sentences.subject(self.source)

    @property
    def is_full(self) -> bool:
        return self.rows >= self.limit

    def _proposal(self, n: int) -> None:
        if self.is_full:
            return
        field = self.source.choice(FIELDS)
        line, zh, en = sentences.heading(self.source, field, n)
        path = str(n).zfill(STEP)
        id_ = self._row(None, f"{n}", Kind.PROPOSAL, n, path, zh, en, line, None)
        for m in range(1, self.source.randrange(14, 19)):
            if self.is_full:
                return
            about = sentences.subject(self.source, field)
            self._measure(id_, f"{n}.{m}", m, path, about)

    def _measure(self, parent: int, code: str, position: int, above: str, about: sentences.Subject) -> None:
        path = above + str(position).zfill(STEP)
        zh, en = sentences.title(self.source, about)
        id_ = self._row(
            parent, code, Kind.MEASURE, position, path, zh, en, sentences.promise(self.source, about), about
        )
        for k in range(1, self.source.choices((1, 3, 4), (7, 2, 1))[0]):
            if self.is_full:
                return
            part = sentences.subject(self.source, about.field)
            words = sentences.title(self.source, part)
            place = path + str(k).zfill(STEP)
            promise = sentences.promise(self.source, part)
            self._row(id_, f"{code}.{k}", Kind.COMPONENT, k, place, *words, promise, part)

    def _row(
        self,
        parent: int | None,
        code: str,
        kind: Kind,
        position: int,
        path: str,
        zh: str,
        en: str,
        line: str,
        about: sentences.Subject | None,
    ) -> int:
        source, register = self.source, self.register
        self.rows += 1
        is_draft = about is not None and source.random() < DRAFT
        due = register.last_day + timedelta(days=source.randrange(-500, 1500))
        id_ = register.commitments.add(
            self.id,
            parent,
            code,
            kind.value,
            source.choice(list(Target)).value if about else "",
            zh,
            en,
            sentences.criterion(about) if about else "",
            source.choices(list(Verifiability), (6, 3, 1))[0].value if about else "",
            due.isoformat() if about and source.random() < DATED else None,
            position,
            path,
            (Publication.DRAFT if is_draft else Publication.PUBLISHED).value,
            None if is_draft else moment(register.first_day),
        )
        register.passages.add(id_, self.id, self.length, self.length + len(line), line)
        self.lines.append(line)
        self.length += len(line) + 1
        self._around(id_, about or self._subject())
        if source.random() < (JUDGED if about else JUDGED_PROPOSALS):
            self._judged(id_, about or self._subject())
        return id_

    def _around(self, id_: int, about: sentences.Subject) -> None:
        source, register = self.source, self.register
        for theme in source.sample(register.named_themes, source.choices((0, 1, 2), (2, 6, 2))[0]):
            register.themes.add(id_, theme)
        for party in source.sample(register.named_parties, source.choices((0, 1, 2), (3, 5, 2))[0]):
            register.parties.add(id_, party, source.choice(list(PartyRole)).value)
        if source.random() < LINKED:
            register.links.add(source.choice(self.pages), id_, source.choice(list(Bearing)).value)
        if source.random() < CHECKED:
            day = register.last_day - timedelta(days=source.randrange(1, 500))
            outcome = source.choice(list(CheckOutcome)).value
            register.checks.add(id_, day.isoformat(), outcome, f"检索“{about.object.zh}”。", moment(day))
        if source.random() < NOTED:
            day = register.last_day - timedelta(days=source.randrange(1, 500))
            note = f"与{about.partner.zh}方面核对过{about.object.zh}的口径。"
            register.notes.add(id_, day.isoformat(), note, moment(day))

    def _judged(self, id_: int, about: sentences.Subject) -> None:
        """One to three judgements, the later ones further along, each with up to two of the document's pages."""
        source, register = self.source, self.register
        number = source.choices((1, 2, 3), (7, 2, 1))[0]
        steps = sorted(source.choices(range(len(STATUSES)), WEIGHTS, k=number))
        days = sorted(source.randrange(1, (register.last_day - register.first_day).days) for _ in steps)
        for step, ago in zip(steps, reversed(days), strict=True):
            self._judgement(source, id_, STATUSES[step], ago, about)

    def _judgement(self, source: random.Random, id_: int, status: Status, ago: int, about: sentences.Subject) -> None:
        register = self.register
        day = register.last_day - timedelta(days=ago)
        known = moment(min(register.last_day - timedelta(days=1), day + timedelta(days=source.randrange(40))))
        moves = source.choice(["", *(one.value for one in JUDGED_MOMENTA)]) if status in MAY_HAVE_MOMENTUM else ""
        judged = register.assessments.add(
            id_,
            status.value,
            moves,
            source.choice(list(Confidence)).value,
            day.isoformat(),
            day.isoformat(),
            sentences.rationale(source, about),
            known,
            known,
        )
        if status != Status.NO_EVIDENCE:
            for page in source.sample(self.pages, min(len(self.pages), source.choices((1, 2), (7, 3))[0])):
                register.citations.add(judged, page)
