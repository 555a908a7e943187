"""The one place that chooses between language versions: active language -> the text to show.

Languages are data: settings.LANGUAGES lists them, the first is the authoritative one. A code such as
`zh-hans` stores its texts in fields and keys that end in its first part (`title_zh`).
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language


class Words(NamedTuple):
    """A text with the language it is in; `pending` when the reader's own language has none yet."""

    text: str
    lang: str
    pending: bool

    def __str__(self) -> str:
        return self.text


def suffix(language: str) -> str:
    """Field suffix of a language code: zh-hans -> zh."""
    return language.split("-")[0]


def codes() -> list[str]:
    return [code for code, _ in settings.LANGUAGES]


def active() -> str:
    """The reader's language, or the authoritative one outside a request."""
    return _nearest(get_language(), tuple(codes()))


@lru_cache(100)
def _nearest(language: str | None, known: tuple[str, ...]) -> str:
    wanted = suffix(language or known[0])
    return next((code for code in known if suffix(code) == wanted), known[0])


@lru_cache(100)
def html_lang(language: str) -> str:
    """BCP 47 form for the lang attribute: zh-hans -> zh-Hans."""
    first, *rest = language.split("-")
    return "-".join([first, *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def choose(versions: Mapping[str, str], language: str | None = None) -> Words:
    """Pick the wanted language from {suffix: text}; fall back to the authoritative one, marked pending."""
    wanted = language or active()
    if text := versions.get(suffix(wanted), ""):
        return Words(text, html_lang(wanted), False)
    first = codes()[0]
    text = versions.get(suffix(first), "")
    return Words(text, html_lang(first), bool(text))


class Bilingual:
    """Mixin for rows with `<name>_zh`, `<name>_en` … fields: `row.words("title")` -> Words."""

    def words(self, name: str, language: str | None = None) -> Words:
        return choose({suffix(code): getattr(self, f"{name}_{suffix(code)}", "") or "" for code in codes()}, language)
