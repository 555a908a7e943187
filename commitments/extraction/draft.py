"""A text that somebody brought -> the text that is stored, its candidates, and what each is like among earlier ones."""

import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from commitments.extraction.extract import extract
from commitments.extraction.likeness import Earlier
from commitments.text.clean import FORBIDDEN
from commitments.text.unwrap import unwrap

PROPOSAL, MEASURE, PRINCIPLE = "proposal", "measure", "principle"


class EarlierText(NamedTuple):
    key: int
    text: str
    is_proposal: bool


def draft(given: str, *, join_lines: bool, earlier: Sequence[EarlierText] = ()) -> dict[str, Any]:
    """Plain lists and dicts, as JSON holds them; offsets count characters of `text`.

    `left_out`: how many characters no text may have. `candidates`: in the order of the text, `parent` a place in it.
    """
    text, left_out = storable(given)
    if join_lines:
        text = unwrap(text).text
    found = extract(text)
    candidates = _candidates(found)
    _compare(candidates, earlier)
    return {
        "text": text,
        "left_out": left_out,
        "language": found.language,
        "kind": found.kind,
        "candidates": candidates,
    }


def storable(given: str) -> tuple[str, int]:
    """As `clean_text`, but what that refuses is left out and counted: nobody can mend a PDF."""
    text = given.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    clean = FORBIDDEN.sub("", text)
    return unicodedata.normalize("NFC", clean), len(text) - len(clean)


def _candidates(found: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for proposal in found.proposals:
        place = len(rows)
        title = proposal.heading or proposal.suggestions.title
        hints = {"label": proposal.label, "group": proposal.group, "heading_verbatim": proposal.heading_verbatim}
        rows.append(_row(PROPOSAL, proposal, title, None, hints))
        for measure in proposal.measures:
            hints = {"doubtful": measure.doubtful, "governor": measure.governor, "note": measure.note}
            rows.append(_row(MEASURE, measure, measure.suggestions.title, place, hints))
    rows += [_row(PRINCIPLE, span, _opening(span.quote), None, {}) for span in found.principles]
    return rows


def _row(kind: str, span: Any, title: str, parent: int | None, hints: dict[str, Any]) -> dict[str, Any]:
    said = getattr(span, "suggestions", None)
    hints = {**hints, "reason": span.reason, "score": span.score}
    if said:
        hints |= {"deadline": said.deadline, "quantities": said.quantities, "responsible": said.responsible}
        hints |= {"themes": said.themes, "parties": said.parties}
    return {
        "kind": kind,
        "parent": parent,
        "start": span.start,
        "end": span.end,
        "quote": span.quote,
        "title": " ".join(title.split()),
        "target": said.target if said and kind != PROPOSAL else "",
        "due_on": said.due_on if said and kind != PROPOSAL else "",  # a proposal holds the dates of its measures
        "hints": {name: value for name, value in hints.items() if value},
    }


def _opening(quote: str) -> str:
    """The first sentence, for a title that somebody will mend."""
    for place, sign in enumerate(quote):
        if sign in "。！？；\n" and place > 3:
            return quote[:place]
    return quote


def _compare(candidates: list[dict[str, Any]], earlier: Sequence[EarlierText]) -> None:
    """A proposal is compared with proposals, by its title alone: its words are those of its measures."""
    if not earlier:
        return
    heads = Earlier((each.key, each.text) for each in earlier if each.is_proposal)
    others = Earlier((each.key, each.text) for each in earlier if not each.is_proposal)
    for row in candidates:
        if row["kind"] == PROPOSAL:
            matches = heads.best(row["title"])
        else:
            matches = others.best(f"{row['title']} {row['quote']}")
        if matches:
            row["hints"]["like"] = [[match.key, match.score] for match in matches]
