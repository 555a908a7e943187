"""The report as PDF: tagged, with bookmarks and page numbers, set by typst in the fonts that lie beside it.

A long one is set in parts, one process after the other, and joined: memory stays flat, and returns at the end.
"""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from commitments.choices import Status
from commitments.reports import marks
from commitments.reports.content import Report
from commitments.reports.pdf_parts import MOST as MOST_IN_PART
from commitments.reports.pdf_parts import parts
from commitments.reports.printed import printed
from commitments.reports.printed_pieces import Values
from commitments.reports.typesetter import Setting
from commitments.rules.refusal import Refused

MOST = 10_000  # commitments; joining takes some 0.1 MB for each
CONTENT_TYPE = "application/pdf"
ROOT = Path(__file__).resolve().parents[2]


def document(report: Report, most_in_part: int = MOST_IN_PART) -> bytes:
    if len(report.items) > MOST and not report.is_brief:
        sentence = _("A full report as PDF holds at most %(n)d commitments: narrow it down, or take another format.")
        raise Refused(sentence % {"n": MOST}, "format")
    found = parts(printed(report), most_in_part)
    if len(found) == 1:
        return Setting("report.typ", found[0], _look(), report.made_on).pdf(whole=True)
    with TemporaryDirectory(prefix="report-") as folder:
        return _joined(Path(folder), found, report.made_on)


def _joined(folder: Path, found: list[Values], day: date) -> bytes:
    names = [f"part-{number}" for number, _part in enumerate(found, 1)]
    pages = sum(_set(folder / name, "report.typ", part, day) for name, part in zip(names, found, strict=True))
    _set(folder / "numbers", "numbers.typ", {**found[0], "sections": [], "pages": pages}, day)
    _run("pdf_joined", str(folder), *names)
    return (folder / "whole.pdf").read_bytes()


def _set(path: Path, template: str, said: Values, day: date) -> int:
    """How many pages it takes."""
    job = {"template": template, "said": said, "look": _look(), "day": day.isoformat(), "whole": said["first"]}
    path.with_suffix(".job").write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")
    _run("typesetter", str(path))
    pages: int = json.loads(path.with_suffix(".places").read_text())["pages"]
    return pages


def _run(program: str, *words: str) -> None:
    command = [sys.executable, "-m", f"commitments.reports.{program}", *words]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _look() -> dict[str, dict[str, str]]:
    colours = marks.colours()
    return {
        "marks": marks.drawn(),
        "labels": marks.spoken(),
        "colours": {status.value: colours[status.value] for status in Status},
        "fills": {status.value: colours[f"fill-{status}"] for status in Status},
    }
