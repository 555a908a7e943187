"""Anchor a commitment in a source text: a quote, and to the character where it stands."""

from django.utils.translation import gettext as _

from commitments.actions.derived import writing
from commitments.actions.roles import User
from commitments.actions.rows import check_role, write
from commitments.actions.versions import take_turn
from commitments.models import Passage
from commitments.rules.refusal import Refused
from commitments.rules.review import Role


@writing()
def save_passage(passage: Passage, *, by: User, why: str = "") -> None:
    """A quote that stands elsewhere than said, or without a place, is looked for; it must stand there once."""
    check_role(by, Role.ANALYST)
    passage.quote = passage.quote.replace("\r\n", "\n")
    passage.start = only_place(passage.document.text, passage.quote, passage.start)
    passage.end = passage.start + len(passage.quote)
    take_turn(passage.commitment, None)
    write(passage, by=by, why=why)


def only_place(text: str, quote: str, start: int | None) -> int:
    """Where the quote stands: at `start` when it does, else at the only place that there is."""
    if start is not None and quote and text[start : start + len(quote)] == quote:
        return start
    found = text.count(quote) if quote else 0
    if found == 1:
        return text.index(quote)
    if not found:
        raise Refused(_("“%(quote)s” does not stand in the text of the document.") % {"quote": quote[:60]}, "quote")
    sentence = _("“%(quote)s” stands %(count)d times in the text; say at which character it starts.")
    raise Refused(sentence % {"quote": quote[:60], "count": found}, "start")
