"""Pieces that the rules' sentences share, each joined the way the reader's language joins them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _


def listed(words: Iterable[str]) -> str:
    return _(", ").join(words)


def followed(first: str, second: str) -> str:
    """Two sentences in a row; Chinese puts no space between them."""
    return _("%(first)s %(second)s") % {"first": first, "second": second}
