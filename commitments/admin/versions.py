"""Optimistic locking in a form: it carries the version that the writer saw, and on a conflict shows both texts."""

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from commitments.actions.versions import newest_entry, take_turn
from commitments.admin.refusals import RefusableForm
from commitments.models import Commitment


class VersionedForm(RefusableForm):
    """A part of a commitment carries the commitment's version."""

    version = forms.IntegerField(label=_("version"), widget=forms.HiddenInput)

    def __init__(self, data=None, *args, **kwargs) -> None:
        super().__init__(data, *args, **kwargs)
        self.is_in_conflict = bool(self.refusal and self.refusal.is_conflict)
        row = self.locked()
        if row is None:
            self.fields.pop("version", None)
        elif "version" in self.fields:
            self._expect(self.version_of(row), data)

    def locked(self):
        """The row whose version is compared; none for a new one."""
        if not self.instance.pk:
            return None
        whole = getattr(self.instance, "commitment", None)
        return whole if isinstance(whole, Commitment) else self.instance

    def version_of(self, row: Model) -> int:
        return row.version

    def keep_turn(self) -> None:
        """Only what hangs on the row was changed: that counts too."""
        take_turn(self.locked(), self.cleaned_data["version"])

    def _expect(self, version: int, data) -> None:
        """The second save after a conflict is meant: it has seen what the other one wrote."""
        self.initial["version"] = version
        if self.is_in_conflict and data is not None:
            self.data = data.copy()
            self.data[self.add_prefix("version")] = str(version)

    def differences(self) -> list[tuple[str, str]]:
        """After a conflict: label and stored text of each field that was typed otherwise."""
        if not (self.is_in_conflict and self.instance.pk):
            return []
        return stored(self)


class EntryForm(VersionedForm):
    """Of a row without a number of its own: the version is its newest history entry."""

    def locked(self):
        return self.instance if self.instance.pk else None

    def version_of(self, row: Model) -> int:
        return newest_entry(row)

    def keep_turn(self) -> None:
        """Nothing hangs on it."""


def stored(form: forms.ModelForm) -> list[tuple[str, str]]:
    """Label and stored text of each field that was typed otherwise."""
    names = [name for name in form.changed_data if name not in ("version", "DELETE")]
    return [(form.fields[name].label, _words(form.fields[name], form.initial.get(name))) for name in names]


def _words(field: forms.Field, value) -> str:
    if isinstance(field, forms.ModelMultipleChoiceField):
        keys = [getattr(each, "pk", each) for each in value or []]
        return ", ".join(str(row) for row in field.queryset.filter(pk__in=keys)) or "–"
    if isinstance(field, forms.ModelChoiceField):
        return str(field.queryset.filter(pk=value).first() or "–")
    if isinstance(field, forms.ChoiceField):
        value = {str(key): word for key, word in field.choices}.get(str(value), value)
    return str(value or "–")
