"""Addresses that only machines read: the sitemap, robots.txt and security.txt."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as render_sitemap
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from commitments.catalogue import editions, freshness
from commitments.languages import codes, html_lang
from commitments.models import Commitment, Edition, Evidence, SourceDocument
from commitments.today import today
from commitments.web.caching import public_page

PLAIN = "text/plain; charset=utf-8"
EXPIRES_AFTER = timedelta(days=365)
# Pages that show the newest of the register, and pages that change with the software.
LIVELY = ("overview", "commitment-list", "document-list", "evidence-list", "change-list")
STILL = ("report", "methodology", "about", "data", "edition-list")


class Pages(Sitemap):
    """One kind of page, in every language with the others as its alternates."""

    i18n = alternates = x_default = True

    def __init__(self, rows: Iterable[Any]) -> None:
        self.rows = list(rows)

    def items(self) -> list[Any]:
        return self.rows

    def lastmod(self, item: Any) -> datetime | None:
        return item.changed_at


class CommitmentPages(Pages):
    def location(self, item: Commitment) -> str:
        return reverse("web:commitment-detail", args=[item.document.slug, item.code])


class DocumentPages(Pages):
    def location(self, item: SourceDocument) -> str:
        return reverse("web:document-detail", args=[item.slug])


class EvidencePages(Pages):
    def location(self, item: Evidence) -> str:
        return reverse("web:evidence-detail", args=[item.code])


class EditionPages(Pages):
    def location(self, item: Edition) -> str:
        return reverse("web:edition-detail", args=[item.number])

    def lastmod(self, item: Edition) -> datetime:
        return item.frozen_at


class SinglePages(Pages):
    """Items are names of routes."""

    def __init__(self) -> None:
        super().__init__(LIVELY + STILL)
        self.newest = freshness.register_changed_at()

    def location(self, item: str) -> str:
        return reverse(f"web:{item}")

    def lastmod(self, item: str) -> datetime | None:
        return self.newest if item in LIVELY else None


@require_safe
@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """One file for a register of some thousands; a larger one has an index of files."""
    parts = [(name, n) for name, (model, _pages) in PARTS.items() for n in range(1 + freshness.last_id(model) // STEP)]
    if len(parts) > len(PARTS):
        addresses = [reverse("sitemap-part", args=part) for part in [("pages", 0), *parts]]
        listed = [{"location": request.build_absolute_uri(address), "last_mod": None} for address in addresses]
        return render(request, "sitemap_index.xml", {"sitemaps": listed}, content_type="application/xml")
    rows = freshness.commitments()
    pages = {"commitments": CommitmentPages(rows), "evidence": EvidencePages(freshness.evidence()), **others(rows)}
    return render_sitemap(request, pages).render()


@require_safe
@public_page
def sitemap_part(request: HttpRequest, section: str, number: int) -> HttpResponse:
    if section == "pages" and number == 0:
        return render_sitemap(request, others([])).render()
    if section not in PARTS or number > freshness.last_id(PARTS[section][0]) // STEP:
        raise Http404
    pages = PARTS[section][1](range(number * STEP, (number + 1) * STEP))
    return render_sitemap(request, {section: pages}).render()


STEP = 5_000  # ids in one file; each row has an address in every language, and 50,000 are allowed
PARTS: dict[str, tuple[Any, Callable[[range], Sitemap]]] = {
    "commitments": (Commitment, lambda ids: CommitmentPages(freshness.commitments(ids))),
    "evidence": (Evidence, lambda ids: EvidencePages(freshness.evidence(ids))),
}


def others(rows: Iterable[Commitment]) -> dict[str, type[Sitemap] | Sitemap]:
    """All pages but those of single rows."""
    return {
        "single": SinglePages(),
        "documents": DocumentPages(freshness.documents(rows)),
        "editions": EditionPages(editions.everyone()),
    }


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The admin is for staff, in every language."""
    first, *others = codes()
    closed = [f"Disallow: {prefix}/admin/" for prefix in ("", *(f"/{code}" for code in others))]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116; without an address to write to there is no such file."""
    contact = "".join(settings.TRACKER_CONTACT.split())
    if not contact:
        raise Http404
    expires = datetime.combine(today() + EXPIRES_AFTER, time.min, UTC)
    lines = [
        f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        f"Preferred-Languages: {', '.join(html_lang(code) for code in codes())}",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)
