"""What machines read in the head of a page: canonical address, the other languages, Open Graph, JSON-LD."""

import locale
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.catalogue.freshness import register_changed_at
from commitments.catalogue.site import facts
from commitments.languages import active, codes, html_lang, suffix
from commitments.models import SourceDocument
from commitments.today import ZONE

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
# The same rows in another order or from another place are the same page.
PLACES = ("cursor", "entered_cursor", "page_size", "order")
# Views give their question under one of these names; each says whether it is valid.
QUESTIONS = ("listing", "stream", "visit", "question")
# Pages that stand above others, by the name of their route.
PARENTS = {
    "overview": gettext_lazy("Overview"),
    "commitment-list": gettext_lazy("Commitments"),
    "document-list": gettext_lazy("Sources"),
    "evidence-list": gettext_lazy("Evidence"),
    "change-list": gettext_lazy("Changes"),
    "report": gettext_lazy("Reports"),
    "edition-list": gettext_lazy("Editions"),
}
# Files of the whole register: route, what a reader calls it, media type.
FILES = (
    ("web:commitment-csv", "CSV", "text/csv"),
    ("web:commitment-xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("web:commitment-json", "JSON", "application/json"),
    ("web:commitment-jsonl", "JSON Lines", "application/x-ndjson"),
)


@dataclass(frozen=True)
class Alternate:
    lang: str
    url: str


@dataclass(frozen=True)
class Meta:
    """The same address in every language is in `alternates`, the page's own one included, and x-default."""

    canonical: str
    alternates: list[Alternate]
    locale: str
    other_locales: list[str]


def meta(request: HttpRequest, context: Mapping[str, Any]) -> Meta:
    query = canonical_query(request, context)
    urls = {code: absolute(request, in_language(request.path, code), query) for code in codes()}
    alternates = [Alternate(html_lang(code), url) for code, url in urls.items()]
    others = [og_locale(code) for code in codes() if code != active()]
    return Meta(urls[active()], [*alternates, Alternate("x-default", urls[codes()[0]])], og_locale(active()), others)


def canonical_query(request: HttpRequest, context: Mapping[str, Any]) -> str:
    """The question in one spelling; nothing of a question that has errors, or of a page that takes none."""
    asked = next((context[name] for name in QUESTIONS if context.get(name) is not None), None)
    if asked is None or not asked.is_valid:
        return ""
    found = QueryDict(mutable=True)
    params: Any = getattr(asked, "params", request.GET)
    for name in sorted(set(params) - {*PLACES}):
        if values := sorted({value.strip() for value in params.getlist(name) if value.strip()}):
            found.setlist(name, values)
    return found.urlencode()


def absolute(request: HttpRequest, path: str, query: str = "") -> str:
    return request.build_absolute_uri(f"{path}?{query}" if query else path)


def in_language(path: str, code: str) -> str:
    """The same page in another language; the first one has no prefix."""
    plain = path if active() == codes()[0] else path.removeprefix(f"/{active()}") or "/"
    return plain if code == codes()[0] else f"/{code}{plain}"


def og_locale(code: str) -> str:
    """language_TERRITORY, as Open Graph wants it: zh-hans -> zh_CN."""
    return locale.normalize(suffix(code)).partition(".")[0]


def breadcrumbs(request: HttpRequest, title: str) -> dict[str, Any] | None:
    """BreadcrumbList of the pages above this one; None for the overview itself."""
    home = reverse("web:overview")
    if request.path == home:
        return None
    trail = [(name, absolute(request, path)) for path, name in _above(home, request.path)]
    trail.append((title, absolute(request, request.path)))
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(trail, start=1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def _above(home: str, path: str) -> list[tuple[str, str]]:
    """Each beginning of the path that is a page with others below it, with its name."""
    parts = path.removeprefix(home).strip("/").split("/")[:-1]
    starts = [home, *(home + "/".join(parts[:end]) + "/" for end in range(1, len(parts) + 1))]
    return [(start, str(PARENTS[name])) for start in starts if (name := _route(start)) in PARENTS]


def _route(path: str) -> str:
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""


def dataset(request: HttpRequest) -> dict[str, Any]:
    """The register as schema.org describes data sets: three queries at most."""
    site = facts()
    changed = register_changed_at()
    days = SourceDocument.objects.published().order_by("issued_on").values_list("issued_on", flat=True)
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": site.name,
        "description": _(
            "Commitments taken word for word from public documents, each with its status, the evidence for it and the "
            "date of each judgement."
        ),
        "url": absolute(request, reverse("web:data")),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": [html_lang(code) for code in codes()],
        "creator": {"@type": "Organization", "name": site.name, "url": absolute(request, reverse("web:overview"))},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": media, "contentUrl": absolute(request, url)}
            for _name, media, url in files()
        ],
    }
    if changed:
        found["dateModified"] = changed.astimezone(ZONE).date().isoformat()
    if first := days.first():
        found["temporalCoverage"] = f"{first.isoformat()}/.."
    return found


def files() -> list[tuple[str, str, str]]:
    """Name, media type and address of every file there is."""
    return [(name, media, reverse(route)) for route, name, media in FILES]


def shortened(text: str, n: int = 200) -> str:
    return Truncator(" ".join(text.split())).chars(n)
