"""A folder of fixtures -> every row of every register in it, in an order in which they can be loaded; or a refusal."""

from pathlib import Path

from django.utils.translation import gettext as _

from commitments.actions.seeding import documents
from commitments.actions.seeding.assessments import Assessments
from commitments.actions.seeding.commitments import commitment_rows, read_lines
from commitments.actions.seeding.documents import read_document
from commitments.actions.seeding.evidence import EvidenceFiles
from commitments.actions.seeding.files import Folder
from commitments.actions.seeding.notes import note_rows
from commitments.actions.seeding.parties import party_links, party_rows
from commitments.actions.seeding.passages import exclusion_rows, primary_passages, restated_passages
from commitments.actions.seeding.problems import Place, Problem, SeedRefused
from commitments.actions.seeding.publishers import Publishers
from commitments.actions.seeding.registers import Register
from commitments.actions.seeding.rows import Row


def read_fixtures(path: Path) -> list[Row]:
    problems: list[Problem] = []
    folders = [Folder(sub, sub.name, problems) for sub in _sub_folders(path)]
    rows = party_rows(Folder(path, "", problems))
    parties = {row.values["code"] for row in rows}
    publishers = Publishers()
    for folder in folders:
        rows += publishers.read(folder)
    evidence, registers = EvidenceFiles(publishers), dict[str, Register]()
    for folder in folders:
        register, found = read_document(folder)
        rows += found
        if register and _is_first(register, registers):
            register.lines = read_lines(register)
    for register in registers.values():
        rows += evidence.read(register)
    for register in registers.values():
        rows += _read_register(register, parties, evidence)
    if problems:
        raise SeedRefused(problems)
    return rows


def _sub_folders(path: Path) -> list[Path]:
    """A sub-folder with any files counts: one that lost its document.json is reported, not passed over."""
    if not path.is_dir():
        raise SeedRefused([Problem(Place(str(path)), "", None, _("There is no such folder."))])
    folders = sorted(sub for sub in path.iterdir() if sub.is_dir() and not sub.name.startswith((".", "__")))
    folders = [sub for sub in folders if any(sub.iterdir())]
    if not folders:
        reason = _("No sub-folder holds a register (%(file)s).") % {"file": documents.FILE}
        raise SeedRefused([Problem(Place(str(path)), "", None, reason)])
    return folders


def _is_first(register: Register, registers: dict[str, Register]) -> bool:
    first = registers.setdefault(register.slug, register)
    if first is not register:
        reason = _("The register in %(folder)s has this slug.") % {"folder": first.folder.name}
        register.folder.problems.append(Problem(register.folder.place(documents.FILE), "slug", register.slug, reason))
    return first is register


def _read_register(register: Register, parties: set[str], evidence: EvidenceFiles) -> list[Row]:
    assessments = Assessments(register, evidence.codes)
    steps = assessments.read()
    return [
        *commitment_rows(register, assessments.verifiability),
        *primary_passages(register),
        *restated_passages(register),
        *exclusion_rows(register),
        *party_links(register, parties),
        *note_rows(register),
        *steps,
    ]
