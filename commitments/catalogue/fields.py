"""Form fields of the query parameters: each refusal names the value and what is allowed."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from commitments.models import Edition
from commitments.text.clean import UncleanText, clean_text
from commitments.today import today

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class IsoDateField(forms.Field):
    """YYYY-MM-DD and nothing else, between 1900 and 2199."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {
        "invalid": _("“%(value)s” is not a date: write it as YYYY-MM-DD, for example 2024-12-31."),
        "range": _("“%(value)s” is out of range: dates from 1900-01-01 to 2199-12-31 are allowed."),
        "future": _("“%(value)s” lies in the future: the latest day allowed is %(today)s."),
    }

    def __init__(self, *, allow_future: bool = True, **kwargs: Any) -> None:
        self.allow_future = allow_future
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        text = str(value).strip()
        try:
            return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else self._refuse(text)
        except ValueError:
            return self._refuse(text)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if not EARLIEST <= value <= LATEST:
            self._refuse(value, "range")
        if not self.allow_future and value > today():
            self._refuse(value, "future")

    def _refuse(self, value: Any, code: str = "invalid") -> NoReturn:
        words = {"value": str(value)[:40], "today": today()}
        raise ValidationError(self.error_messages[code], code=code, params=words)


class WordsField(forms.CharField):
    """Search words: cleaned, at most 200 characters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)

    def to_python(self, value: Any) -> str:
        try:
            return clean_text(super().to_python(value) or "")
        except UncleanText as error:
            raise ValidationError(str(error)) from error


class NamesTheAllowed:
    """A choice that is refused is answered with its value and the codes that are allowed."""

    choices: Any
    code = "invalid_choice"

    def refuse(self, value: Any) -> None:
        allowed = ", ".join(str(choice) for choice, _label in self.choices)
        words = {"value": str(value)[:40], "allowed": allowed}
        raise ValidationError(
            _("“%(value)s” is not allowed here. Allowed are: %(allowed)s."), code=self.code, params=words
        )


class AllowedField(NamesTheAllowed, forms.ChoiceField):
    def validate(self, value: Any) -> None:
        if value and not self.valid_value(value):
            self.refuse(value)


class EditionField(forms.CharField):
    """The number of an edition -> the edition."""

    default_error_messages = {
        "unknown": _("There is no edition “%(value)s”; editions have the numbers 1 to %(last)s."),
        "none": _("There is no edition “%(value)s”: none has been released yet."),
    }

    def clean(self, value: Any) -> Edition | None:
        text = str(super().clean(value)).strip()
        if not text:
            return None
        number = int(text) if re.fullmatch(r"[1-9][0-9]{0,8}", text) else 0
        if row := Edition.objects.filter(number=number).first():
            return row
        last = Edition.objects.order_by("-number").values_list("number", flat=True).first()
        code = "unknown" if last else "none"
        raise ValidationError(self.error_messages[code], code, {"value": text, "last": last})


class AllowedListField(NamesTheAllowed, forms.MultipleChoiceField):
    def to_python(self, value: Any) -> list[str]:
        """A form without a choice sends the empty word: no wish."""
        return [one for one in super().to_python(value) if one]

    def validate(self, value: Any) -> None:
        for one in value or []:
            if not self.valid_value(one):
                self.refuse(one)


class RowsField(forms.MultipleChoiceField):
    """One or more public rows by their code; `rows` reads those that exist."""

    def __init__(self, *, rows: Callable[[list[str]], dict[str, Any]], **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[Any]:
        given = [one for one in value or [] if one]
        if not given:
            return []
        found = self.rows(given)
        for one in given:
            if one not in found:
                words = {"value": one[:40]}
                raise ValidationError(_("“%(value)s” is not in the register."), code="invalid_choice", params=words)
        return list(found.values())
