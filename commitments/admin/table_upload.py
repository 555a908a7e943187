"""What pages share on which a spreadsheet is uploaded: a file field with its limit, and the size looked at first."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.tables.reader import Limits, UnreadableTable, unreadable

AROUND_A_FILE = 100_000  # bytes of a posted form beside its file


class TableForm(forms.Form):
    """Subclasses say what the file may be."""

    limits = Limits()
    accept = ".xlsx,.csv"
    file = forms.FileField(label=_("file"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = self.accept

    def clean_file(self):
        """Refused by its size before it is read."""
        if self.cleaned_data["file"].size > self.limits.file_bytes:
            raise forms.ValidationError(str(too_big(self.limits)))
        return self.cleaned_data["file"]


def too_big(limits: Limits) -> UnreadableTable:
    return unreadable("too_big", most=limits.file_bytes // 1_000_000)


def is_too_big(request, limits: Limits) -> bool:
    """By what it announces; a length that is no number is read as nothing by the framework too."""
    length = request.META.get("CONTENT_LENGTH") or ""
    return length.isascii() and length.isdigit() and int(length) > limits.file_bytes + AROUND_A_FILE
