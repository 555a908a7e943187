"""The data dictionary: parameters and fields as the data page explains them, read off the FilterSet and the records."""

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.catalogue import records
from commitments.catalogue.fields import AllowedField, AllowedListField, IsoDateField, RowsField, WordsField
from commitments.catalogue.filters import PARAMETERS, REPEATABLE, CommitmentFilterSet
from commitments.choices import Vocabulary
from commitments.languages import choose
from commitments.models import Commitment

Value = tuple[str, str]

# What cannot be listed here: codes of rows.
ROWS = {
    "document": gettext_lazy("the short name of a source, as it stands in its address"),
    "ancestor": gettext_lazy("document/code, or a code alone; all that stands below it is found"),
    "commitment": gettext_lazy("document/code, or a code alone; its parts are included"),
    "theme": gettext_lazy("the short name of a theme"),
    "party": gettext_lazy("a country by its two letters (ISO 3166-1), or the short name of a body"),
}
PLACE = gettext_lazy("a place in the list, as “next” and “previous” give it")
TYPES = {
    "string": gettext_lazy("text"),
    "date": gettext_lazy("date"),
    records.ARRAY: gettext_lazy("list"),
}


class Parameter(NamedTuple):
    """`values` are the words that are allowed, else `takes` says what is."""

    name: str
    label: str
    takes: str
    values: list[Value]
    is_repeatable: bool


class Column(NamedTuple):
    name: str
    datatype: str
    label: str
    values: list[Value]


def parameters() -> list[Parameter]:
    fields = CommitmentFilterSet(queryset=Commitment.objects.none()).form.fields
    return [
        Parameter(
            name, str(fields[name].label or ""), takes(name, fields[name]), _values(fields[name]), name in REPEATABLE
        )
        for name in PARAMETERS
    ]


def _values(field: Any) -> list[Value]:
    """Where a word says no more than its own name the label is left out."""
    if not isinstance(field, AllowedField | AllowedListField):
        return []
    return [(value, str(label) if str(label) != value else "") for value, label in field.choices if value]


def takes(name: str, field: Any) -> str:
    """Nothing for words that are listed."""
    if isinstance(field, AllowedField | AllowedListField):
        return ""
    if isinstance(field, IsoDateField):
        return _("a day as YYYY-MM-DD") if field.allow_future else _("a day as YYYY-MM-DD, today at the latest")
    if isinstance(field, forms.IntegerField):
        return _("a whole number from %(first)d to %(last)d") % {"first": field.min_value, "last": field.max_value}
    if isinstance(field, WordsField):
        return _("words, at most %(n)d characters") % {"n": field.max_length}
    return str(ROWS[name] if isinstance(field, RowsField) else PLACE)


def columns() -> list[Column]:
    return [
        Column(field.name, str(TYPES[field.datatype]), choose(field.labels).text, _words(field.words))
        for field in records.COMMITMENT
    ]


def _words(vocabulary: type[Vocabulary] | None) -> list[Value]:
    return [(word.value, word.label) for word in vocabulary or ()]
