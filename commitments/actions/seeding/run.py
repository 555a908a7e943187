"""One run of the seed: what the database holds of it, the instances at hand, and how a row is written."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model, UniqueConstraint
from django.utils.translation import gettext as _

from commitments.actions.roles import User
from commitments.actions.seeding.problems import Problem, SeedRefused
from commitments.actions.seeding.report import Report
from commitments.actions.seeding.rows import Row
from commitments.actions.versions import take_turn
from commitments.models import Commitment, SourceDocument
from commitments.models.base import Seeded


class Known(NamedTuple):
    pk: int
    digest: str


class Run:
    def __init__(self, by: User) -> None:
        self.by, self.report = by, Report()
        self.known: dict[type[Model], dict[str, Known]] = {}
        self.at_hand: dict[tuple[type[Model], str], Any] = {}
        self.touched: set[int] = set()

    def look_up(self, model: type[Seeded]) -> dict[str, Known]:
        """Every seeded row of a table, in one query."""
        rows = model._default_manager.filter(seed_key__isnull=False).values_list("seed_key", "pk", "seed_digest")
        self.known[model] = {key: Known(pk, digest) for key, pk, digest in rows if key}
        return self.known[model]

    def target(self, model: type[Model], key: str) -> Any | None:
        """The row with this seed key, read once; None where it was left out or removed."""
        if (model, key) not in self.at_hand:
            if key not in self.known[model]:
                return None
            self.at_hand[model, key] = model._default_manager.get(pk=self.known[model][key].pk)
        return self.at_hand[model, key]

    def missing(self, row: Row) -> list[str]:
        """Seed keys that the row refers to and that stand for nothing here."""
        asked = [(name, key) for name, key in row.to.items() if key]
        asked += [(name, key) for name, keys in row.many.items() for key in keys]
        return [key for name, key in asked if self.target(target_model(row.model, name), key) is None]

    def fill(self, instance: Model, row: Row) -> None:
        for name, value in row.values.items():
            setattr(instance, name, value)
        for name, key in row.to.items():
            setattr(instance, name, self.target(target_model(row.model, name), key) if key else None)

    def save(self, instance: Any, row: Row, key: str = "") -> None:
        """One history entry, in the name of the run's user."""
        instance.seed_key, instance.seed_digest = key or row.key, row.digest
        instance._history_user, instance._change_reason = self.by, f"seed: {row.place.file}"
        try:
            instance.save()
        except IntegrityError as error:
            reason = _("The database refused the row: %(reason)s.") % {"reason": error}
            raise SeedRefused([Problem(row.place, "", None, reason)]) from error
        self.at_hand[row.model, instance.seed_key] = instance
        self.known[row.model][instance.seed_key] = Known(instance.pk, row.digest)

    def touch(self, instance: Any) -> None:
        """Whoever has the commitment open now learns, on saving, that it has changed."""
        pk = instance.pk if isinstance(instance, Commitment) else getattr(instance, "commitment_id", None)
        if pk:
            self.touched.add(pk)

    def count_versions(self, made: Collection[int]) -> None:
        for commitment in Commitment.objects.filter(pk__in=self.touched - set(made)):
            take_turn(commitment, None)


def target_model(model: type[Model], field: str) -> type[Model]:
    found = model._meta.get_field(field).related_model
    assert isinstance(found, type)
    return found


def deleted_keys(model: Any, keys: Iterable[str]) -> set[str]:
    """Those of these seed keys whose rows somebody removed here."""
    wanted = set(keys)
    removed = model.history.filter(history_type="-", seed_key__isnull=False).values_list("seed_key", flat=True)
    return wanted & set(removed) if wanted else set()


def clash(instance: Model) -> str:
    """In words, what a row made by hand has taken already; '' for nothing."""
    skipped = {"path", "seed_key"}
    try:
        instance.validate_unique(exclude=skipped)
        if isinstance(instance, SourceDocument):
            instance.clean()
        for constraint in instance._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                constraint.validate(type(instance), instance, exclude=skipped)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
