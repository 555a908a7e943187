"""What extraction hands over: candidates with their places in the text as given, and why each was taken."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Span:
    """`text[start:end] == quote` in the text as given."""

    start: int
    end: int
    quote: str
    reason: str  # the name of the rule
    score: float  # 0..1: how often such a candidate is right, by the rule's own claim


@dataclass(frozen=True, kw_only=True)
class Suggestions:
    """Plain words for the fields of a draft; whoever accepts it decides."""

    title: str
    target: str  # one_off, continuing or quantified
    quantities: tuple[str, ...] = ()
    deadline: str = ""  # as written
    due_on: str = ""  # ISO date, where the deadline names a year
    responsible: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Measure(Span):
    doubtful: bool = False
    governor: str = ""  # the verb phrase that a split item of a list hangs on
    note: str = ""
    suggestions: Suggestions


@dataclass(frozen=True, kw_only=True)
class Proposal(Span):
    number: int
    label: str
    group: str
    heading: str
    heading_verbatim: bool
    measures: tuple[Measure, ...] = ()
    suggestions: Suggestions


@dataclass(frozen=True, kw_only=True)
class Extraction:
    language: str  # zh or en
    kind: str  # speech, directive or statement
    proposals: tuple[Proposal, ...] = ()
    principles: tuple[Span, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def as_data(self) -> dict[str, Any]:
        """Plain lists and dicts, as JSON holds them."""
        data = asdict(self)
        for proposal in data["proposals"]:
            del proposal["quote"]  # long, and given by start and end
        return data
