"""What a row of a table comes to, and a file of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from commitments.choices import Vocabulary
from commitments.reports.import_columns import Column


class Verdict(Vocabulary):
    NEW = "new", "新增", "New"
    CHANGED = "changed", "更改", "Changed"
    UNCHANGED = "unchanged", "未改动", "Unchanged"
    WRONG = "wrong", "有误", "Wrong"
    CONFLICT = "conflict", "冲突", "Conflict"


BLOCKING = (Verdict.WRONG, Verdict.CONFLICT)
WRITING = (Verdict.NEW, Verdict.CHANGED)


class Change(NamedTuple):
    """`name` is the column's, `before` is empty for a new row."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Outcome:
    """Of one row. `sentences` say what is wrong, `remarks` what else to know; `version` is the stored row's."""

    table: str
    number: int
    id: str
    title: str
    verdict: Verdict
    changes: list[Change] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    version: int | None = None


@dataclass(frozen=True)
class Result:
    """`unread`: tables of the file that were passed over, and why; `ignored`: table -> columns that are not read.

    `earlier`: when and by whom the same file was applied before. `is_stale`: rows changed after the dry run.
    """

    outcomes: list[Outcome]
    unread: list[str]
    ignored: dict[str, list[Column]]
    is_applied: bool = False
    is_stale: bool = False
    earlier: tuple[datetime, str] | None = None

    def counts(self, table: str = "") -> dict[Verdict, int]:
        counted = Counter(outcome.verdict for outcome in self.outcomes if table in ("", outcome.table))
        return {verdict: counted[verdict] for verdict in Verdict if counted[verdict]}

    def named(self, table: str) -> list[str]:
        """Labels of its columns that are not read."""
        return [column.label for column in self.ignored.get(table, [])]

    @property
    def tables(self) -> list[str]:
        return list(dict.fromkeys(outcome.table for outcome in self.outcomes))

    @property
    def is_blocked(self) -> bool:
        return any(outcome.verdict in BLOCKING for outcome in self.outcomes)

    @property
    def written(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.verdict in WRITING]

    @property
    def telling(self) -> list[Outcome]:
        """All but those of which there is nothing to say; what is wrong comes first."""
        found = [outcome for outcome in self.outcomes if outcome.verdict != Verdict.UNCHANGED or outcome.remarks]
        return sorted(found, key=lambda outcome: outcome.verdict not in BLOCKING)


class Wrong(Exception):
    """Several sentences about one row."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)
        super().__init__(" ".join(self.sentences))
