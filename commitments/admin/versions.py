"""Optimistic locking in a form: it carries the version that the writer saw, and on a conflict shows both texts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.admin.refusals import RefusableForm


class VersionedForm(RefusableForm):
    version = forms.IntegerField(label=_("version"), widget=forms.HiddenInput)

    def __init__(self, data=None, *args, **kwargs) -> None:
        super().__init__(data, *args, **kwargs)
        self.is_in_conflict = bool(self.refusal and self.refusal.is_conflict)
        row = self.locked()
        if row is None:
            self.fields.pop("version", None)
        elif "version" in self.fields:
            self._expect(row.version, data)

    def locked(self):
        """The row whose version is compared; none for a new one."""
        return self.instance if self.instance.pk else None

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
        names = [name for name in self.changed_data if name not in ("version", "evidence")]
        return [(self.fields[name].label, self._stored(name)) for name in names]

    def _stored(self, name: str) -> str:
        field, value = self.instance._meta.get_field(name), self.initial.get(name)
        if field.is_relation:
            return str(field.related_model._default_manager.filter(pk=value).first() or "–")
        if field.choices:
            value = dict(field.flatchoices).get(value, value)
        return str(value or "–")
