"""What every page shows: the site's facts, whom to write to, the same page in the other languages."""

from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from commitments.catalogue.site import facts
from commitments.languages import active, codes, html_lang


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's facts are read when a template first asks for them, once."""
    here = open_page(request.path)
    return {
        "here": here,
        "site": SimpleLazyObject(facts),
        "contact": settings.TRACKER_CONTACT,
        "languages": other_languages(request),
        "navigation": SimpleLazyObject(partial(navigation, here)),
    }


PAGES = [
    ("web:overview", _("Overview")),
    ("web:commitment-list", _("Commitments")),
    ("web:document-list", _("Sources")),
    ("web:evidence-list", _("Evidence")),
    ("web:change-list", _("Changes")),
    ("web:report", _("Reports")),
    ("web:methodology", _("Method")),
    ("web:data", _("Data")),
    ("web:about", _("About")),
]


def navigation(here: str) -> list[dict[str, Any]]:
    """The pages of the masthead; the one that is open, or that the open page belongs to, is marked."""
    return [{"url": url, "label": label, "is_here": url == here} for url, label in _pages(active())]


def open_page(path: str) -> str:
    """The address in the masthead to which this one belongs; empty where none is marked."""
    home, *others = (url for url, _label in _pages(active()))
    return home if path == home else next((url for url in others if path.startswith(url)), "")


@lru_cache
def _pages(_language: str) -> list[tuple[str, Any]]:
    return [(reverse(name), label) for name, label in PAGES]


def other_languages(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page and filters in every language of the settings."""
    here = request.get_full_path()
    if active() != codes()[0]:
        here = here.removeprefix(f"/{active()}")
    here = "/" + here.lstrip("/")  # two slashes would begin another host's address
    return [
        {
            "name": name,
            "lang": html_lang(code),
            "url": here if code == codes()[0] else f"/{code}{here}",
            "is_active": code == active(),
        }
        for code, name in settings.LANGUAGES
    ]
