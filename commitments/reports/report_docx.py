"""The report as a Word document: a template that an office may restyle, filled with what a printed report says."""

import io
import itertools
import zipfile
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from commitments.reports import marks
from commitments.reports.content import Report
from commitments.reports.printed import printed
from commitments.reports.printed_pieces import Values
from commitments.text.xml import xml_safe

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEMPLATE = Path(__file__).resolve().parent / "docx" / "report.docx"
ENTRY_TIME = (1980, 1, 1, 0, 0, 0)
WIDTH = 9638  # of the text, in twentieths of a point
TWENTIETH = 635  # of a point, in the units of the library
SECTIONS = ("overview", "ledger", "happened", "entered", "corrections", "attention", "next")


def document(report: Report) -> bytes:
    import docxtpl  # noqa: PLC0415 - lxml and Jinja, which only this needs

    template = docxtpl.DocxTemplate(TEMPLATE)
    template.render(context(report), autoescape=True)
    _fit(template.docx.tables)
    about = template.docx.core_properties
    about.title, about.author, about.language = report.title, report.site.name, ""
    about.created = about.modified = datetime.combine(report.made_on, time.min)
    about.last_modified_by, about.revision = "", 1
    written = io.BytesIO()
    template.save(written)
    return repacked(written)


def _fit(tables: Any) -> None:
    """The grid of a table as wide as the cells of its first row say; the number of columns was not known before."""
    for table in tables:
        widths = [cell.width for cell in table.rows[0].cells]
        spare = WIDTH * TWENTIETH - sum(widths)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width + spare // len(widths)
            for cell in column.cells:
                cell.width = column.width


def repacked(written: io.BytesIO) -> bytes:
    """The same entries at the same time: a zip otherwise tells when it was made."""
    again = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ENTRY_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return again.getvalue()


def context(report: Report) -> Values:
    said = _clean(printed(report))
    numbers = itertools.count(1)
    last = [0]

    def next_id() -> int:
        last[0] = next(numbers)
        return last[0]

    said |= {"next_id": next_id, "this_id": lambda: last[0], "contents": [], "contents_title": _("Contents")}
    said["selection"] = "; ".join(said["selection"])
    if not said["empty"]:
        _place(said)
    return said


def _clean(value: Any) -> Any:
    """Without what XML forbids; `items` is a method of every mapping, so what a list of things is called is changed."""
    if isinstance(value, dict):
        found = {"entries" if name == "items" else name: _clean(one) for name, one in value.items()}
        return _coloured(found) if "code" in found and "label" in found else found
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return xml_safe(value) if isinstance(value, str) else value


def _coloured(status: Values) -> Values:
    colours = marks.colours()
    code = status["code"]
    fill = colours.get(f"fill-{code}", "#ffffff")
    return {**status, "colour": colours.get(code, "#4a5862")[1:].upper(), "fill": fill[1:].upper()}


def _place(said: Values) -> None:
    """What Word wants to be told: widths, places for links, a list of contents."""
    bar = said["overview"]["bar"]
    for one in bar:
        one["width"] = one["number"] * WIDTH // sum(each["number"] for each in bar)
    for concern in said["attention"]["concerns"]:
        concern["listed"] = " · ".join(concern["listed"])
    for source in said["sources"]["entries"]:
        source["facts"] = " · ".join(source["facts"])
        source["href"] = source["url"].replace('"', "%22").replace("\\", "%5C")
    said.setdefault("commitments", None)
    groups = [group for chapter in (said["commitments"] or {}).get("chapters", ()) for group in chapter["groups"]]
    numbers = itertools.count(1)
    for place, group in enumerate(groups, 1):
        group["place"] = place
        for one in filter(None, (group["own"], *group["entries"])):
            one |= {"place": next(numbers), "facts": " · ".join(one["facts"])}
    if said["commitments"]:
        said["contents"] = list(_contents(said, groups))


def _contents(said: Values, groups: list[Values]) -> Any:
    for name in SECTIONS:
        section = said[name]
        is_there = section.get("steps") or section.get("lines") or name not in ("entered", "corrections")
        if is_there and section.get("rows", True):
            yield {"level": 1, "anchor": f"s_{name}", "title": section["title"]}
    yield {"level": 1, "anchor": "s_commitments", "title": said["commitments"]["title"]}
    for group in groups:
        yield {"level": 2, "anchor": f"g_{group['place']}", "title": f"{group['numeral']}  {group['title']}"}
    for name in ("method", "sources"):
        if said[name].get("entries", True):
            yield {"level": 1, "anchor": f"s_{name}", "title": said[name]["title"]}
