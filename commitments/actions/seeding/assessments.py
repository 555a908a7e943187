"""assessments.json -> the rows of the assessments, and of the checks that their search logs tell of."""

from typing import Any

from django.utils.translation import gettext as _

from commitments.actions.seeding.cells import Cells, Once
from commitments.actions.seeding.registers import Register
from commitments.actions.seeding.rows import Row, noon
from commitments.choices import JUDGED_MOMENTA, CheckOutcome, Confidence, Status, Verifiability
from commitments.models import Assessment, Check
from commitments.rules.momentum import check_judged
from commitments.rules.refusal import Refused
from commitments.today import today

FILE = "assessments.json"
KEYS = (
    *("id", "code", "status", "momentum", "verifiability", "confidence", "as_of", "assessed_on"),
    *("rationale_zh", "rationale_en", "evidence"),
)
LOG = ("search_log_zh", "search_log_en")


class Assessments:
    """Of one register, in order of time; `verifiability` is what they say of each commitment."""

    def __init__(self, register: Register, evidence: set[str]) -> None:
        self.register, self.evidence = register, evidence
        self.verifiability: dict[str, Verifiability | None] = {}
        self._once = Once()

    def read(self) -> list[Row]:
        """Checks first: an assessment that found nothing rests on one."""
        entries = self.register.folder.entries(FILE, KEYS, optional=LOG)
        steps = [row for cells in entries if (row := self._step(cells))]
        steps.sort(key=lambda row: str(row.values["as_of"]))
        return [check for cells in entries if (check := self._check(cells))] + steps

    def _step(self, cells: Cells) -> Row | None:
        code, values = cells.text("code", required=True), _values(cells)
        self._check_identity(cells, code, values)
        self._check_verifiability(cells, code)
        cited = self._cited(cells)
        if not {"status", "momentum"} & cells.bad:
            try:
                check_judged(values["status"], values["momentum"] or None)
            except Refused as refusal:
                cells.refused(refusal)
        cells.checked(Assessment, values, {})
        if (
            cells.bad
            or not self.register.knows(cells, "code", code)
            or not self._once.check(cells, "id", cells.cells["id"])
        ):
            return None
        row = Row(Assessment, self.register.key("assessment", cells.cells["id"]), cells.place, values)
        row.to = {"commitment": self.register.key("commitment", code)}
        row.many = {"evidence": [f"evidence/{each}" for each in cited]}
        row.once = {"published_at": noon(values["assessed_on"])}
        return row

    def _check_identity(self, cells: Cells, code: str, values: dict[str, Any]) -> None:
        expected = f"{code}@{values['as_of']}"
        if cells.text("id", required=True) != expected and not {"id", "code", "as_of"} & cells.bad:
            cells.wrong(
                "id", _("%(expected)s is expected: the code and the day.") % {"expected": expected}, cells.cells["id"]
            )

    def _check_verifiability(self, cells: Cells, code: str) -> None:
        said = cells.word("verifiability", Verifiability)
        if said and self.verifiability.setdefault(code, said) != said:
            words = {"code": code, "word": self.verifiability[code]}
            cells.wrong("verifiability", _("An earlier assessment of %(code)s says %(word)s.") % words, said)

    def _cited(self, cells: Cells) -> list[str]:
        cited = cells.texts("evidence")
        for code in cited:
            if code not in self.evidence:
                cells.wrong("evidence", _("No evidence has this code."), code)
        return cited

    def _check(self, cells: Cells) -> Row | None:
        given = [name for name in LOG if name in cells.cells]
        if not given or "status" in cells.bad:
            return None
        if cells.cells["status"] != Status.NO_EVIDENCE:
            cells.wrong(given[0], _("A search log belongs to the status no_evidence only."), cells.text(given[0]))
        for name in LOG:
            cells.text(name, required=True)
        if cells.bad:
            return None
        values = {
            "checked_on": cells.day("assessed_on"),
            "outcome": CheckOutcome.NOTHING.value,
            "searched_zh": cells.cells["search_log_zh"],
            "searched_en": cells.cells["search_log_en"],
        }
        row = Row(Check, self.register.key("check", cells.cells["id"]), cells.place, values)
        row.to = {"commitment": self.register.key("commitment", cells.cells["code"])}
        row.once = {"recorded_at": noon(values["checked_on"])}
        return row


def _values(cells: Cells) -> dict[str, Any]:
    as_of, assessed_on = cells.day("as_of"), cells.day("assessed_on", latest=today())
    if as_of and assessed_on and as_of > assessed_on:
        cells.wrong("as_of", _("It lies after assessed_on, %(day)s.") % {"day": assessed_on}, str(as_of))
    return {
        "status": cells.word("status", Status),
        "momentum": cells.word("momentum", JUDGED_MOMENTA, blank=True) or "",
        "confidence": cells.word("confidence", Confidence),
        "as_of": as_of,
        "assessed_on": assessed_on,
        "rationale_zh": cells.text("rationale_zh", required=True),
        "rationale_en": cells.text("rationale_en"),
    }
