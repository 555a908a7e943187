"""register.csv -> the rows of the commitments, in an order in which each parent stands before its parts."""

from collections import Counter

from django.utils.translation import gettext as _

from commitments.actions.seeding.cells import Once
from commitments.actions.seeding.registers import Line, Register
from commitments.actions.seeding.rows import Row
from commitments.choices import Kind, Publication, Target, Verifiability
from commitments.models import Commitment
from commitments.rules.refusal import Refused
from commitments.rules.structure import check_place, check_wording

FILE = "register.csv"
COLUMNS = "code parent kind target title_zh title_en quote section due_on criterion_zh criterion_en".split()


def read_lines(register: Register) -> list[Line]:
    """Every commitment with a code of its own, parents first."""
    once, siblings = Once(), Counter[str]()
    lines: dict[str, Line] = {}
    for cells in register.folder.table(FILE, COLUMNS):
        code, parent = cells.code("code"), cells.text("parent")
        if "code" not in cells.bad and once.check(cells, "code", code):
            siblings[parent] += 1
            lines[code] = Line(cells, code, parent, cells.word("kind", Kind), siblings[parent])
    register.codes = set(lines)
    for line in lines.values():
        _check_parent(line, lines)
    return sorted(lines.values(), key=lambda line: line.depth)


def _check_parent(line: Line, lines: dict[str, Line]) -> None:
    passed, above = {line.code}, line.parent
    while above:
        if above not in lines:
            if above == line.parent:
                line.cells.wrong("parent", _("No commitment of this register has this code."), above)
            return
        if above in passed:
            line.cells.wrong("parent", _("A commitment cannot stand below itself."), line.parent)
            return
        passed.add(above)
        above = lines[above].parent
    line.depth = len(passed) - 1
    _check_place(line, lines)


def _check_place(line: Line, lines: dict[str, Line]) -> None:
    parent_kind = lines[line.parent].kind if line.parent else None
    if line.kind is None or line.parent and parent_kind is None:
        return  # noted already
    try:
        check_place(line.kind, parent_kind)
    except Refused as refusal:
        line.cells.wrong(refusal.field, str(refusal), line.parent or None)


def commitment_rows(register: Register, verifiability: dict[str, Verifiability | None]) -> list[Row]:
    return [_row(register, line, verifiability.get(line.code)) for line in register.lines]


def _row(register: Register, line: Line, verifiability: Verifiability | None) -> Row:
    cells = line.cells
    target = cells.word("target", Target, blank=True)
    values = {
        "code": line.code,
        "kind": line.kind,
        "target": target or "",
        "title_zh": cells.text("title_zh", required=True),
        "title_en": cells.text("title_en"),
        "criterion_zh": cells.text("criterion_zh"),
        "criterion_en": cells.text("criterion_en"),
        "verifiability": verifiability or "" if line.kind != Kind.PROPOSAL else "",
        "due_on": cells.day("due_on", required=False),
        "position": line.position,
        "publication": Publication.PUBLISHED.value,
    }
    if line.kind and "target" not in cells.bad:
        try:
            check_wording(line.kind, target, bool(values["criterion_zh"] or values["criterion_en"]))
        except Refused as refusal:
            cells.refused(refusal)
    parent = register.key("commitment", line.parent) if line.parent else None
    return Row(
        Commitment,
        register.key("commitment", line.code),
        cells.place,
        cells.checked(Commitment, values, {}),
        to={"document": register.key("document"), "parent": parent},
        once=register.publication(),
    )
