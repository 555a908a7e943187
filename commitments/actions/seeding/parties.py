"""party_names.csv and each register's parties.csv -> parties and the part that each has in a commitment."""

import re

from django.utils.translation import gettext as _

from commitments.actions.seeding.cells import Once
from commitments.actions.seeding.files import Folder
from commitments.actions.seeding.registers import Register
from commitments.actions.seeding.rows import Row
from commitments.choices import PartyRole
from commitments.models import CommitmentParty, Party

NAMES = "party_names.csv"
FILE = "parties.csv"
CODE = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


def party_rows(folder: Folder) -> list[Row]:
    rows, once = [], Once()
    for cells in folder.table(NAMES, ["code", "name_zh", "name_en"]):
        values = {
            "code": cells.matching("code", CODE, _("An ISO 3166-1 alpha-2 code or a slug")),
            "name_zh": cells.text("name_zh", required=True),
            "name_en": cells.text("name_en"),
        }
        once.check(cells, "code", values["code"])
        rows.append(Row(Party, f"party/{values['code']}", cells.place, cells.checked(Party, values, {})))
    return rows


def party_links(register: Register, parties: set[str]) -> list[Row]:
    rows, once = [], Once()
    for cells in register.folder.table(FILE, ["code", "party", "role", "note_zh", "note_en"]):
        code, party = cells.text("code"), cells.text("party")
        values = {
            "role": cells.word("role", PartyRole),
            "note_zh": cells.text("note_zh"),
            "note_en": cells.text("note_en"),
        }
        if party not in parties:
            cells.wrong("party", _("This party is not in %(file)s.") % {"file": NAMES}, party)
        if register.knows(cells, "code", code) and once.check(cells, "party", (code, party)):
            row = Row(CommitmentParty, register.key("party", code, party), cells.place, values)
            row.to = {"commitment": register.key("commitment", code), "party": f"party/{party}"}
            rows.append(row)
    return rows
