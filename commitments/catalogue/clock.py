"""The reader's two dates: query parameters -> Clock, with errors in the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.catalogue.fields import IsoDateField
from commitments.rules.clocks import end_of_day
from commitments.today import today


@dataclass(frozen=True)
class Clock:
    """What was true on `as_of`, as this site knew it at the end of `known_on`."""

    as_of: date
    known_on: date

    @classmethod
    def now(cls) -> "Clock":
        return cls(today(), today())

    @property
    def is_now(self) -> bool:
        return self.as_of == self.known_on == today()

    @property
    def end_of_known(self) -> datetime:
        return end_of_day(self.known_on)


class ClockForm(forms.Form):
    as_of = IsoDateField(required=False, allow_future=False, label=_("Status as of"))
    known_on = IsoDateField(required=False, allow_future=False, label=_("As this site knew on"))

    def clock(self) -> Clock:
        """Defaults: known_on today, as_of the same day. Read it after is_valid()."""
        known_on = self.cleaned_data.get("known_on") or today()
        return Clock(self.cleaned_data.get("as_of") or known_on, known_on)
