"""What a reader may mean while typing: commitments by code or title, and terms of the register. At most MOST."""

from dataclasses import dataclass

from commitments.models import Commitment, SearchTerm
from commitments.models.commitment import has_code
from commitments.search.question import is_code
from commitments.search.shelf import Entry, Shelf
from commitments.text.bigrams import FIELD, Phrase
from commitments.text.folding import key

MOST, MOST_TERMS = 8, 3
LOOKED_AT = 200


@dataclass(frozen=True)
class Suggestions:
    terms: list[str]
    rows: list[Commitment]


def suggestions(typed: str) -> Suggestions:
    """The last word may be unfinished."""
    phrase = Phrase.begun(typed)
    if not phrase:
        return Suggestions([], [])
    terms = SearchTerm.objects.filter(key__startswith=key(typed)).order_by("-commitments", "key")[:MOST_TERMS]
    words = [term.text for term in terms]
    return Suggestions(words, _rows(typed, phrase, MOST - len(words)))


def _rows(typed: str, phrase: Phrase, number: int) -> list[Commitment]:
    public = Commitment.objects.published().with_document()
    by_code = public.filter(has_code(typed.strip())).in_tree_order() if is_code(typed.strip()) else public.none()
    rows = {row.pk: row for row in by_code[:number]}
    shelf = Shelf()
    entries = sorted(
        shelf.entries(shelf.ids([phrase], limit=LOOKED_AT, head=True)), key=lambda entry: _place(entry, phrase)
    )
    ids = [entry.commitment for entry in entries if entry.commitment not in rows][: number - len(rows)]
    others = {row.pk: row for row in public.filter(pk__in=ids)}
    return [*rows.values(), *(others[pk] for pk in ids if pk in others)]


def _place(entry: Entry, phrase: Phrase) -> tuple[bool, bool, int]:
    """Codes that begin so in tree order, then titles before quotes, short ones first."""
    code, title, *_ = entry.head.split(FIELD)
    if code.startswith(phrase.pattern):
        return False, False, 0
    return True, phrase.pattern not in title, len(title)
