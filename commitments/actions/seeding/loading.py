"""Rows of the fixtures -> rows of the database: what is new comes in, what nobody edited follows, the rest is kept."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from commitments.actions.roles import User
from commitments.actions.seeding.judgements import load_assessments
from commitments.actions.seeding.places import make_room
from commitments.actions.seeding.problems import Problem, SeedRefused
from commitments.actions.seeding.report import Outcome, Report
from commitments.actions.seeding.rows import Row, digest_as_stored
from commitments.actions.seeding.run import Run, clash, deleted_keys
from commitments.models import (
    Assessment,
    Check,
    Commitment,
    CommitmentParty,
    Evidence,
    EvidenceLink,
    Exclusion,
    Note,
    Party,
    Passage,
    Provenance,
    Publisher,
    SourceDocument,
)
from commitments.models.base import Seeded

# In this order: each refers only to those before it.
MODELS: tuple[type[Seeded], ...] = (
    *(Party, Publisher, SourceDocument, Provenance, Commitment, Passage, Exclusion, CommitmentParty),
    *(Evidence, EvidenceLink, Note, Check),
)
AUTHOR_OF: dict[type[Model], str] = {Note: "author", Check: "by"}
Pair = tuple[Any, Row]


def load(rows: Sequence[Row], *, by: User) -> Report:
    """Call it inside a transaction: a refusal leaves half of the rows behind."""
    run = Run(by)
    before: set[int] = set()
    for model in MODELS:
        known = dict(run.look_up(model))
        if model is Commitment:
            before = {each.pk for each in known.values()}
        _load_model(run, model, [row for row in rows if row.model is model])
    load_assessments(run, [row for row in rows if row.model is Assessment])
    run.count_versions({each.pk for each in run.known[Commitment].values()} - before)
    return run.report


def _load_model(run: Run, model: type[Seeded], rows: Sequence[Row]) -> None:
    known = dict(run.known[model])
    new = [row for row in rows if row.key not in known]
    changed = [row for row in rows if row.key in known and known[row.key].digest != row.digest]
    creations, updates = _creations(run, model, new), _updates(run, model, changed)
    if model is Commitment and (known and creations or updates):
        _make_room(run, [*updates, *creations])
    for instance, row in creations:
        _create(run, instance, row)
    for instance, row in updates:
        _update(run, instance, row)
    for _each in range(len(rows) - len(new) - len(changed)):
        run.report.note(model, Outcome.UNCHANGED)
    for key in sorted(set(known) - {row.key for row in rows}):
        run.report.keep(model, key, _("it is no longer in the fixtures"))


def _creations(run: Run, model: type[Seeded], new: Sequence[Row]) -> list[Pair]:
    """Rows to make, unsaved; those that somebody removed, or made by hand, are left alone."""
    removed = deleted_keys(model, [row.key for row in new])
    may_clash = bool(new) and model._default_manager.exists()
    made: list[Pair] = []
    for row in new:
        instance: Any = model(**row.once)
        if row.key in removed:
            run.report.keep(model, row.key, _("it was removed here"))
            continue
        if missing := run.missing(row):
            run.report.keep(model, row.key, _("it rests on %(key)s, which is not here") % {"key": missing[0]})
            continue
        run.fill(instance, row)
        if author := AUTHOR_OF.get(model):
            setattr(instance, author, run.by)
        if may_clash and (taken := clash(instance)):
            run.report.keep(model, row.key, _("it clashes with a row made here: %(reason)s") % {"reason": taken})
            continue
        run.at_hand[model, row.key] = instance
        made.append((instance, row))
    return made


def _updates(run: Run, model: type[Seeded], changed: Sequence[Row]) -> list[Pair]:
    """Rows that still are what was loaded, filled with what the fixtures say now."""
    keys = [row.key for row in changed]
    relations = [name for row in changed[:1] for name in row.to]
    found = model._default_manager.filter(seed_key__in=keys).select_related(*relations) if keys else []
    instances: dict[str | None, Any] = {instance.seed_key: instance for instance in found}
    pairs: list[Pair] = []
    for row in changed:
        instance = instances[row.key]
        if model is SourceDocument:
            _check_text(instance, row)
        stored = digest_as_stored(instance, row)
        if stored == row.digest:  # the same by another way: there is nothing to write but what was loaded
            model._default_manager.filter(pk=instance.pk).update(seed_digest=row.digest)
            run.report.note(model, Outcome.UNCHANGED)
        elif reason := _reason_to_keep(run, instance, row, is_edited=stored != instance.seed_digest):
            run.report.keep(model, row.key, reason)
        else:
            run.at_hand[model, row.key] = instance
            pairs.append((instance, row))
    return pairs


def _reason_to_keep(run: Run, instance: Any, row: Row, *, is_edited: bool) -> str:
    if is_edited:
        return _("it was edited here, and the fixtures changed too")
    if missing := run.missing(row):
        return _("it rests on %(key)s, which is not here") % {"key": missing[0]}
    run.fill(instance, row)
    if taken := clash(instance):
        return _("it clashes with a row made here: %(reason)s") % {"reason": taken}
    return ""


def _create(run: Run, instance: Any, row: Row) -> None:
    run.save(instance, row)
    _set_many(run, instance, row)
    run.touch(instance)
    run.report.note(row.model, Outcome.CREATED)


def _update(run: Run, instance: Any, row: Row) -> None:
    if isinstance(instance, SourceDocument | Evidence):
        instance.version += 1
    run.save(instance, row)
    _set_many(run, instance, row)
    run.touch(instance)
    run.report.note(row.model, Outcome.UPDATED)


def _set_many(run: Run, instance: Any, row: Row) -> None:
    for name, keys in row.many.items():
        found = (run.target(Commitment, key) for key in keys)
        wanted = [each for each in found if each]
        if {each.pk for each in wanted} != set(getattr(instance, name).values_list("pk", flat=True)):
            getattr(instance, name).set(wanted)


def _check_text(document: SourceDocument, row: Row) -> None:
    if document.text == row.values["text"]:
        return
    if document.passages.exists() or document.exclusions.exists():
        reason = _("Passages point into the stored text, so it cannot change; ship the new one as another document.")
        raise SeedRefused([Problem(row.place, "text_file", None, reason)])


def _make_room(run: Run, pairs: Sequence[Pair]) -> None:
    """In each document that commitments come into or move in, parents first."""
    moving: dict[int, list[Commitment]] = {}
    keys = {(instance.document_id, instance.code): row.key for instance, row in pairs}
    for instance, _row in pairs:
        moving.setdefault(instance.document_id, []).append(instance)
    for document, rows in moving.items():
        for instance in make_room(rows[0].document, rows):
            run.report.remark(keys[document, instance.code], _("its place is taken; it stands last among its siblings"))
