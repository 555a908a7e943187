"""How to cite a page of the register or of an edition: GB/T 7714, APA, BibTeX and RIS, in the page's language."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import override


@dataclass(frozen=True)
class Cited:
    """What a citation names; `seen_on` is the day of the visit, `stated_on` the day for which the page speaks.

    With an `edition` it is a data set that never changes, told by its hash.
    """

    key: str
    title: str
    site: str
    url: str
    stated_on: date
    seen_on: date
    edition: int | None = None
    sha256: str = ""


def gb7714(page: Cited) -> str:
    kind = "DS/OL" if page.edition else "EB/OL"
    return f"{page.site}. {page.title}[{kind}]. ({page.stated_on.isoformat()})[{page.seen_on.isoformat()}]. {page.url}."


def apa(page: Cited) -> str:
    """An English form, whatever the language of the page. What never changes needs no day of the visit."""
    with override("en"):
        stated, seen = date_format(page.stated_on, "Y, F j"), date_format(page.seen_on, "F j, Y")
    if page.edition:
        return f"{page.site}. ({stated}). {page.title} (Version {page.edition}) [Data set]. {page.url}"
    return f"{page.site}. ({stated}). {page.title}. Retrieved {seen}, from {page.url}"


def bibtex(page: Cited) -> str:
    fields = {
        "title": f"{{{_escaped(page.title)}}}",
        "author": f"{{{_escaped(page.site)}}}",
        "year": str(page.stated_on.year),
        "url": page.url,
        "urldate": page.seen_on.isoformat(),
    }
    if page.edition:
        fields |= {"version": str(page.edition), "note": f"SHA-256 {page.sha256}"}
    else:
        fields["note"] = f"status as of {page.stated_on.isoformat()}"
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    kind = "dataset" if page.edition else "online"
    return f"@{kind}{{{re.sub('[^A-Za-z0-9.-]+', '-', page.key)},\n{body}\n}}"


def ris(page: Cited) -> str:
    """One tag a line; a line break in a value would begin another one."""
    fields = [
        ("TY", "DATA" if page.edition else "ELEC"),
        ("AU", page.site),
        ("TI", page.title),
        ("PY", str(page.stated_on.year)),
        ("DA", page.stated_on.strftime("%Y/%m/%d")),
        ("Y2", page.seen_on.strftime("%Y/%m/%d")),
        ("UR", page.url),
        *([("ET", str(page.edition)), ("N1", f"SHA-256 {page.sha256}")] if page.edition else []),
        ("ER", ""),
    ]
    return "\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in fields)


def _escaped(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)


def citations(page: Cited) -> list[tuple[str, str]]:
    return [("GB/T 7714", gb7714(page)), ("APA", apa(page)), ("BibTeX", bibtex(page)), ("RIS", ris(page))]
