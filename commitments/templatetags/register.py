"""Template tags of the register: bilingual words, status marks, safe links."""

import re
from itertools import zip_longest
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commitments.choices import Confidence, Momentum, Status
from commitments.languages import Bilingual, Words, active, html_lang, suffix

register = template.Library()
_HAN = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]"
HAN = re.compile(f"{_HAN}+(?:[，。、：；“”（）《》·—]*{_HAN}+)*")
SAFE_SCHEMES = ("http", "https", "mailto")
BARS = {Confidence.HIGH: 3, Confidence.MEDIUM: 2, Confidence.LOW: 1}


@register.simple_tag
def words(row: Bilingual, name: str) -> str:
    """The text in the reader's language; where there is none yet, the Chinese one, marked as such."""
    return shown(row.words(name))


def shown(found: Words) -> str:
    """Escaped, too."""
    if not found.pending:
        return conditional_escape(runs(found.text))
    return format_html(
        '<span lang="{}">{}</span> <span class="pending">{}</span>', found.lang, found.text, _("English pending")
    )


@register.simple_tag
def plain_words(row: Bilingual, name: str) -> str:
    """The same as bare text, for attributes and titles."""
    return row.words(name).text


@register.filter
def runs(text: str) -> str:
    """Chinese words within a page of another language carry their own lang."""
    if suffix(active()) == "zh" or not HAN.search(text):
        return text
    pieces = HAN.split(text)
    return format_html_join("", "{}{}", [(piece, _run(word)) for piece, word in zip_longest(pieces, HAN.findall(text))])


def _run(word: str | None) -> str:
    return format_html('<span lang="zh-Hans">{}</span>', word) if word else ""


@register.simple_tag
def page_lang() -> str:
    return html_lang(active())


@register.simple_tag
def foreign(text: str, language: str) -> str:
    """Text with its lang attribute where it is not the page's language."""
    if not text or suffix(language.lower()) == suffix(active()):
        return runs(text)  # a page in English may have a title in Chinese
    return format_html('<span lang="{}">{}</span>', html_lang(language.lower()), text)


@register.simple_tag
def mark(name: str, size: int = 16, label: str = "") -> SafeString:
    """A mark of the sprite; with a label it stands alone, without one the word stands beside it."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="mark {}" width="{}" height="{}" {}><use href="#{}"/></svg>', name, size, size, spoken, name
    )


@register.simple_tag
def status_mark(status: Status, size: int = 16, label: str = "") -> SafeString:
    return mark(f"status-{status}", size, label)


@register.simple_tag
def momentum_mark(momentum: Momentum, size: int = 14) -> SafeString:
    return mark(f"momentum-{momentum}", size)


@register.simple_tag
def confidence_bars(confidence: Confidence) -> SafeString:
    return mark(f"bars-{BARS[Confidence(confidence)]}", 14)


@register.filter
def safe_href(url: str) -> str:
    """The address if a reader may follow it, else nothing."""
    try:
        return url if urlsplit(url).scheme in SAFE_SCHEMES else ""
    except ValueError:
        return ""


@register.filter
def host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


@register.filter
def item(mapping: Any, key: Any) -> Any:
    return mapping.get(key)
