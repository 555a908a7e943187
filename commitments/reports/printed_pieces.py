"""The small pieces of a printed report: a status, a movement, a sentence with its emphasis, an entry in one line."""

import re
from collections.abc import Iterable
from typing import Any

from commitments.choices import Momentum, Status
from commitments.reports.items import Item
from commitments.reports.source_notes import Source

Values = dict[str, Any]
STRONG = re.compile(r"</?strong>|</?b>")


def status(found: Status, label: str = "") -> Values:
    return {"code": found.value, "label": label or found.label}


def movement(found: Momentum | None) -> Values | None:
    return {"code": found.value, "label": found.label} if found else None


def runs(sentence: str) -> list[Values]:
    """A sentence with its emphasis: every second piece is strong."""
    return [{"text": text, "strong": n % 2 == 1} for n, text in enumerate(STRONG.split(sentence)) if text]


def item_in_brief(item: Item) -> Values:
    return {
        "code": item.row.code,
        "anchor": item.anchor,
        "title": item.title.text,
        "status": status(item.standing.status, item.standing.label),
        "reason": item.rationale.text,
    }


def numbers_of(sources: Iterable[Source]) -> list[int]:
    return [source.number for source in sources]
