"""What a write leaves behind: one signed entry of history, or, where it is refused, nothing at all."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction

from commitments.rules.refusal import Refused


def everything() -> dict[str, list[tuple]]:
    """Every row of every table of the register, histories included."""
    tables = apps.get_app_config("commitments").get_models()
    return {model._meta.db_table: sorted(model._base_manager.values_list(), key=repr) for model in tables}


@contextmanager
def refuses(part: str, field: str | None = None, kind: type[Refused] = Refused) -> Iterator[None]:
    """A sentence with these words about that field; nothing is written, not even a version."""
    before = everything()
    with pytest.raises(kind) as caught, transaction.atomic():
        yield
    sentence = str(caught.value)
    assert part in sentence and sentence == sentence.strip() and len(sentence) > 8, sentence
    assert field is None or caught.value.field == field, caught.value.field
    assert everything() == before


@contextmanager
def writes_one_entry(
    row_or_model: models.Model | type[models.Model], by: User, why: str | None = None
) -> Iterator[None]:
    """One new entry in the history of these rows, signed."""
    history = row_or_model.history if isinstance(row_or_model, type) else type(row_or_model).history
    before = history.count()
    yield
    assert history.count() == before + 1
    entry = history.latest()
    assert entry.history_user == by
    assert entry.history_change_reason == why
