"""Quotes -> located passages and exclusions: each stands exactly once in its section, or in the quote of its parent."""

import hashlib
from collections import Counter

from django.utils.translation import gettext as _

from commitments.actions.seeding.cells import Cells, Once
from commitments.actions.seeding.registers import Register
from commitments.actions.seeding.rows import Row
from commitments.choices import PassageRole
from commitments.models import Exclusion, Passage
from commitments.rules.sentences import listed

Span = tuple[int, int]
RESTATEMENTS = "restatements.csv"
EXCLUSIONS = "excluded.csv"


def primary_passages(register: Register) -> list[Row]:
    """Parents come first, so that the phrase of a part is found inside its own proposal."""
    rows = []
    for line in register.lines:
        found = _locate(register, line.cells, within=register.spans.get(line.parent))
        if found:
            register.spans[line.code] = found
            rows.append(_passage(register, line.cells, line.code, found, PassageRole.PRIMARY, "primary"))
    return rows


def restated_passages(register: Register) -> list[Row]:
    rows, once, numbers = [], Once(), Counter[str]()
    for cells in register.folder.table(RESTATEMENTS, ["code", "quote", "section"]):
        code = cells.text("code")
        found = _locate(register, cells)
        if not register.knows(cells, "code", code) or not found:
            continue
        if found == register.spans.get(code):
            cells.wrong("quote", _("This is the place where the commitment was first stated."), cells.cells["quote"])
        if once.check(cells, "quote", (code, found)):
            numbers[code] += 1
            rows.append(_passage(register, cells, code, found, PassageRole.RESTATED, f"restated/{numbers[code]}"))
    return rows


def _passage(register: Register, cells: Cells, code: str, found: Span, role: PassageRole, name: str) -> Row:
    return Row(
        Passage,
        register.key("passage", code, name),
        cells.place,
        {"role": role, **_located(cells, found)},
        to={"commitment": register.key("commitment", code), "document": register.key("document")},
    )


def exclusion_rows(register: Register) -> list[Row]:
    """Nothing but its quote names an exclusion, so a changed quote is another one."""
    rows, once = [], Once()
    columns = ["quote", "reason_zh", "reason_en", "section", "covered_by"]
    for cells in register.folder.table(EXCLUSIONS, columns):
        found = _locate(register, cells)
        values = {"reason_zh": cells.text("reason_zh", required=True), "reason_en": cells.text("reason_en")}
        covered_by = [code for code in cells.text("covered_by").split("|") if code]
        codes = [code for code in covered_by if register.knows(cells, "covered_by", code)]
        if found and once.check(cells, "quote", found):
            row = Row(Exclusion, _exclusion_key(register, cells), cells.place, {**values, **_located(cells, found)})
            row.to = {"document": register.key("document")}
            row.many = {"covered_by": [register.key("commitment", code) for code in dict.fromkeys(codes)]}
            rows.append(row)
    return rows


def _exclusion_key(register: Register, cells: Cells) -> str:
    return register.key("exclusion", hashlib.sha256(cells.cells["quote"].encode()).hexdigest()[:16])


def _located(cells: Cells, found: Span) -> dict[str, str | int]:
    return {"section": cells.cells["section"], "start": found[0], "end": found[1], "quote": cells.cells["quote"]}


def _locate(register: Register, cells: Cells, within: Span | None = None) -> Span | None:
    """Offsets of the quote. One that stands more than once would point to a place that nobody chose."""
    quote, section = cells.text("quote", required=True), cells.text("section")
    spans = register.document.section_spans(section)
    if "section" not in cells.bad and not spans:
        known = listed(register.document.sections)
        cells.wrong("section", _("The document has no such section; it has: %(names)s.") % {"names": known}, section)
    if {"quote", "section"} & cells.bad:
        return None
    text = register.document.text
    if (
        within
        and quote in text[slice(*within)]
        and any(start <= within[0] and within[1] <= end for start, end in spans)
    ):
        spans = [within]
    starts = [start for span in spans for start in _occurrences(text, quote, span)]
    if len(starts) == 1:
        return starts[0], starts[0] + len(quote)
    if not starts:
        cells.wrong("quote", _("It does not stand in the section %(name)s.") % {"name": section}, quote)
    else:
        words = {"count": len(starts), "name": section}
        cells.wrong("quote", _("It stands %(count)d times in the section %(name)s; quote more of it.") % words, quote)
    return None


def _occurrences(text: str, quote: str, span: Span) -> list[int]:
    found, start = [], text.find(quote, *span)
    while start >= 0:
        found.append(start)
        start = text.find(quote, start + 1, span[1])
    return found
