"""Where the words of a search stand in the rows of a page: in the title, and in one other text of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from commitments.languages import Words, active, codes, html_lang
from commitments.models import Commitment
from commitments.search.find import Found
from commitments.search.snippets import Piece, cut, marked
from commitments.search.texts import Texts, texts_of
from commitments.text.folding import IS_HAN

# Shown in this order: the first that has any of the words.
LABELS: dict[str, Any] = {
    "quote": _("Wording"),
    "criterion": _("What would count"),
    "rationale": _("Rationale"),
    "note": _("Note"),
    "evidence": _("Evidence"),
}


@dataclass(frozen=True)
class Hit:
    """`label` names the text that `snippet` is cut from; both empty where only the title or the code has the words."""

    title: list[Piece]
    words: Words
    label: str = ""
    snippet: list[Piece] | None = None
    lang: str = ""


def hits(rows: Sequence[Commitment], found: Found) -> dict[int, Hit]:
    """By id, eight queries for a page."""
    texts = texts_of([row.pk for row in rows])
    return {row.pk: _hit(row, texts.get(row.pk), found) for row in rows}


def _hit(row: Commitment, texts: Texts | None, found: Found) -> Hit:
    words = row.words("title")
    phrases = found.shown
    title = marked(words.text, phrases)
    if texts is not None:
        for name, text in _nearest_language(texts):
            if pieces := cut(text, phrases):
                lang = html_lang(codes()[0]) if IS_HAN.search(text) else html_lang(codes()[-1])
                return Hit(title, words, str(LABELS[name]), pieces, lang)
    return Hit(title, words)


def _nearest_language(texts: Texts) -> list[tuple[str, str]]:
    """(field, text): those of the reader's script first."""
    is_first = active() == codes()[0]
    each = [(name, text) for name in LABELS for text in texts.of[name]]
    return sorted(each, key=lambda pair: bool(IS_HAN.search(pair[1])) != is_first)
