"""How a refusal of an action, a rule or the database becomes an error of a form, beside what was typed."""

from dataclasses import dataclass

from django import forms
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from commitments.actions.versions import Conflict
from commitments.rules.refusal import Refused

REFUSALS = (Refused, IntegrityError, ProtectedError)


@dataclass(frozen=True)
class Refusal:
    """`prefix` names the form that it is about: '' for the main one, else that of an inline row."""

    sentence: str
    field: str = ""
    prefix: str = ""
    is_conflict: bool = False


def refusal_of(error: Exception) -> Refusal:
    if isinstance(error, Refused):
        return Refusal(str(error), error.field, getattr(error, "prefix", ""), isinstance(error, Conflict))
    if isinstance(error, ProtectedError):
        rows = ", ".join(str(row) for row in list(error.protected_objects)[:5])
        return Refusal(_("Other rows still refer to it: %(rows)s.") % {"rows": rows})
    return Refusal(_("The database refused this: %(reason)s.") % {"reason": str(error).splitlines()[0].rstrip(".")})


def put(form: forms.BaseForm, refusal: Refusal) -> None:
    """At its field where the form has it, else at the top."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


class RefusableForm(forms.ModelForm):
    """Its class is made anew for each request; `refusal` is set there on the second showing."""

    refusal: Refusal | None = None

    def _post_clean(self) -> None:
        """Constraints of the table are left to the action, whose rules say the same in words."""
        self.instance.validate_constraints = lambda exclude=None: None
        super()._post_clean()  # type: ignore[misc]
        del self.instance.validate_constraints
        if self.refusal and self.refusal.prefix == (self.prefix or ""):
            put(self, self.refusal)


class Plain(forms.Widget):
    """Text in place of an input, for what no longer changes."""

    def __init__(self, shown: str) -> None:
        super().__init__()
        self.shown = shown

    def render(self, name, value, attrs=None, renderer=None):
        return self.shown


class FixedOnceSavedForm(RefusableForm):
    """`fixed` fields are chosen once; saved rows show them as text, without a query for each."""

    fixed: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fixed if self.instance.pk else ():
            if name in self.fields:
                self.fields[name].disabled = True
                self.fields[name].widget = Plain(str(getattr(self.instance, name)))
