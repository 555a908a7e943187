"""How every action writes a row: validated whole, saved once, with one history entry that says who and why."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CharField, Model, ProtectedError, TextField
from django.utils.translation import gettext as _

from commitments.actions.roles import User, roles_of
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from commitments.text.clean import UncleanText, clean_text
from commitments.today import today


def write(row: Model, *, by: User, why: str = "") -> None:
    """Raises Refused with the field, the value and what is allowed; nothing is written then."""
    check_signs(row)
    with _said_by_the_form(row):
        row.full_clean()
    with _said_by_the_database():
        _sign(row, by, why)
        row.save()


def delete(row: Model, *, by: User, why: str = "") -> None:
    with _said_by_the_database():
        _sign(row, by, why)
        row.delete()


def check_role(by: User, role: Role) -> None:
    """A superuser has every right of the admin, but a role is held or not held."""
    if role not in roles_of(by):
        raise Refused(_("This needs the role: %(role)s.") % {"role": role.label})


def check_words(row: Model, *fields: str) -> None:
    """Are these of their vocabulary, so that a rule can read them?"""
    with _said_by_the_form(row):
        row.clean_fields(exclude={field.name for field in row._meta.fields} - set(fields))


def check_signs(row: Model) -> None:
    """No controls, and nothing that turns the reading direction: what `clean_text` refuses, whoever typed it where.

    The text itself stays as it is: a quote is verbatim.
    """
    for field in row._meta.fields:
        value = getattr(row, field.attname)
        if not (isinstance(field, CharField | TextField) and isinstance(value, str)):
            continue
        try:
            clean_text(value)
        except UncleanText as error:
            raise Refused(f"{name_of(row, field.name)}: {error}", field.name) from error


def check_fixed(row: Model, *fields: str) -> None:
    """Some values stay as they were first saved."""
    stored = type(row)._base_manager.filter(pk=row.pk).values(*fields).first() or {}
    for field, value in stored.items():
        if getattr(row, row._meta.get_field(field).attname) != value:  # type: ignore[union-attr]
            sentence = _("%(field)s does not change once it is saved (it is “%(value)s”).")
            raise Refused(sentence % {"field": name_of(row, field), "value": value}, field)


def check_not_future(day: date | None, field: str) -> None:
    """An empty date is left to the field itself."""
    if day and day > today():
        sentence = _("“%(day)s” lies in the future; the latest day allowed is %(today)s.")
        raise Refused(sentence % {"day": day, "today": today()}, field)


def _sign(row: Model, by: User, why: str) -> None:
    row._history_user = by  # type: ignore[attr-defined]
    row._change_reason = why or None  # type: ignore[attr-defined]


def name_of(row: Model, field: str) -> str:
    return str(row._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


@contextmanager
def _said_by_the_form(row: Model) -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        raise Refused(*_first_sentence(row, error)) from error


@contextmanager
def _said_by_the_database() -> Iterator[None]:
    """A guard, or a constraint that another writer's row has broken in the meantime; the first line says which."""
    try:
        with transaction.atomic():
            yield
    except ProtectedError:
        raise  # an IntegrityError too, which the caller says in the names of the rows
    except IntegrityError as error:
        reason = str(error).partition("\n")[0]
        raise Refused(_("The database refuses this: %(reason)s.") % {"reason": reason}) from error


def _first_sentence(row: Model, error: ValidationError) -> tuple[str, str]:
    for field, sentences in error.message_dict.items():
        if field == "__all__":
            return sentences[0], ""
        return f"{name_of(row, field)} ({field}={getattr(row, field, None)!r}): {sentences[0]}", field
    return str(error), ""
