"""notes.csv -> the rows of the notes."""

from collections import Counter

from commitments.actions.seeding.registers import Register
from commitments.actions.seeding.rows import Row
from commitments.choices import NoteVisibility
from commitments.models import Note
from commitments.today import today

FILE = "notes.csv"


def note_rows(register: Register) -> list[Row]:
    rows, numbers = [], Counter[str]()
    for cells in register.folder.table(FILE, ["code", "dated", "visibility", "note_zh", "note_en"]):
        code, dated = cells.text("code"), cells.day("dated", latest=today())
        values = {
            "dated": dated,
            "visibility": cells.word("visibility", NoteVisibility),
            "text_zh": cells.text("note_zh", required=True),
            "text_en": cells.text("note_en"),
        }
        if register.knows(cells, "code", code):
            numbers[code] += 1
            row = Row(Note, register.key("note", code, str(numbers[code])), cells.place, values)
            row.to = {"commitment": register.key("commitment", code)}
            rows.append(row)
    return rows
