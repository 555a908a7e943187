"""The report as PDF: tagged, with bookmarks and page numbers, set by typst in the fonts that lie beside it."""

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext as _

from commitments.choices import Status
from commitments.reports import marks
from commitments.reports.content import Report
from commitments.reports.printed import printed
from commitments.rules.refusal import Refused

# A page costs the typesetter some three megabytes; a thousand commitments are three hundred pages.
MOST = 1000
CONTENT_TYPE = "application/pdf"
HERE = Path(__file__).resolve().parent
TEMPLATE, FONTS = HERE / "typst" / "report.typ", HERE / "fonts"
STANDARD: Literal["ua-1"] = "ua-1"


def document(report: Report) -> bytes:
    """Reads nothing but the template and the fonts; what is said goes in as data and is never read as markup."""
    if len(report.items) > MOST and not report.is_brief:
        sentence = _("A full report as PDF holds at most %(n)d commitments: narrow it down, or take another format.")
        raise Refused(sentence % {"n": MOST}, "format")
    import typst  # noqa: PLC0415 - 30 MB of machine code that only this needs

    made: bytes = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(printed(report), ensure_ascii=False), "look": json.dumps(_look())},
        timestamp=datetime.combine(report.made_on, time.min, UTC),
        pdf_standards="ua-1",
    )
    return made


def _look() -> dict[str, dict[str, str]]:
    colours = marks.colours()
    return {
        "marks": marks.drawn(),
        "labels": marks.spoken(),
        "colours": {status.value: colours[status.value] for status in Status},
        "fills": {status.value: colours[f"fill-{status}"] for status in Status},
    }
