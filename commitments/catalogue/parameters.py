"""Query parameters that a surface does not know, or knows only once: named errors instead of silence."""

from collections.abc import Collection

from django.forms import Form
from django.http import QueryDict
from django.utils.translation import gettext as _

Errors = dict[str, list[str]]


def unknown(params: QueryDict, known: Collection[str]) -> Errors:
    allowed = ", ".join(known)
    return {
        name[:60]: [_("This parameter is not known. Known are: %(allowed)s.") % {"allowed": allowed}]
        for name in params
        if name not in known
    }


def repeated(params: QueryDict, repeatable: Collection[str]) -> Errors:
    return {
        name[:60]: [_("This parameter is given more than once.")]
        for name in params
        if name not in repeatable and len([value for value in params.getlist(name) if value]) > 1
    }


def said(form: Form) -> Errors:
    return {name: [str(sentence) for sentence in sentences] for name, sentences in form.errors.items()}


def refusals(params: QueryDict, known: Collection[str], repeatable: Collection[str], form: Form) -> Errors:
    """All that is wrong with a question."""
    return merged(unknown(params, known), repeated(params, repeatable), said(form))


def merged(*several: Errors) -> Errors:
    found: Errors = {}
    for errors in several:
        for name, sentences in errors.items():
            found.setdefault(name, []).extend(sentences)
    return found
