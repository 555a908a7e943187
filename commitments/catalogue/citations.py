"""How to cite a page of the register: GB/T 7714, APA and BibTeX, in the page's language."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import override


@dataclass(frozen=True)
class Cited:
    """What a citation names; `seen_on` is the day of the visit, `stated_on` the day for which the page speaks."""

    key: str
    title: str
    site: str
    url: str
    stated_on: date
    seen_on: date


def gb7714(page: Cited) -> str:
    return f"{page.site}. {page.title}[EB/OL]. ({page.stated_on.isoformat()})[{page.seen_on.isoformat()}]. {page.url}."


def apa(page: Cited) -> str:
    """An English form, whatever the language of the page."""
    with override("en"):
        stated, seen = date_format(page.stated_on, "Y, F j"), date_format(page.seen_on, "F j, Y")
    return f"{page.site}. ({stated}). {page.title}. Retrieved {seen}, from {page.url}"


def bibtex(page: Cited) -> str:
    fields = {
        "title": f"{{{_escaped(page.title)}}}",
        "author": f"{{{_escaped(page.site)}}}",
        "year": str(page.stated_on.year),
        "url": page.url,
        "urldate": page.seen_on.isoformat(),
        "note": f"status as of {page.stated_on.isoformat()}",
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@online{{{re.sub('[^A-Za-z0-9.-]+', '-', page.key)},\n{body}\n}}"


def _escaped(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)


def citations(page: Cited) -> list[tuple[str, str]]:
    return [("GB/T 7714", gb7714(page)), ("APA", apa(page)), ("BibTeX", bibtex(page))]
