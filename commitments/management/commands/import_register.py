"""`manage.py import_register FILE`: tables of commitments, assessments, evidence and publishers into the register."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from commitments.actions.import_register import LIMITS, import_register
from commitments.actions.importing.outcomes import Outcome, Result
from commitments.reports.import_columns import SHEETS
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from commitments.rules.sentences import listed
from commitments.tables.reader import UnreadableTable, unreadable


class Command(BaseCommand):
    help = "Read tables (CSV, XLSX, or a ZIP of CSV files) into the register: all rows, or none where one is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--table", default="", choices=[sheet.name for sheet in SHEETS], help="Which one it is.")
        parser.add_argument("--by", default="", help="Name of the analyst who writes; needed where there are several.")
        parser.add_argument("--dry-run", action="store_true", help="Say what each row would do, and write nothing.")
        parser.add_argument("--json", action="store_true", help="Print JSON alone.")

    def handle(self, *, file: Path, by: str, table: str, dry_run: bool, **options: Any) -> None:
        try:
            result = import_register(_read(file), file.name, by=_analyst(by), table=table, is_kept=not dry_run)
        except (Refused, UnreadableTable) as refused:
            raise CommandError(_("%(reason)s Nothing was written.") % {"reason": refused}) from refused
        self.stdout.write(
            json.dumps(as_data(result), ensure_ascii=False, indent=1) if options["json"] else "\n".join(_lines(result))
        )
        if result.is_blocked:
            raise CommandError(_("Rows are wrong or in conflict; nothing was written."))


def _read(file: Path) -> bytes:
    """One byte more than is allowed is enough to refuse it."""
    try:
        with file.open("rb") as opened:
            content = opened.read(LIMITS.file_bytes + 1)
    except OSError as error:
        raise CommandError(
            _("%(file)s cannot be read: %(reason)s") % {"file": file, "reason": error.strerror}
        ) from error
    if len(content) > LIMITS.file_bytes:
        raise unreadable("too_big", most=LIMITS.file_bytes // 1_000_000)
    return content


def _analyst(name: str) -> User:
    """The one of this name, or the only one that there is."""
    if name:
        if user := User.objects.filter(username=name).first():
            return user
        raise CommandError(_("There is no user named “%(name)s”.") % {"name": name})
    found = list(User.objects.filter(is_active=True, groups__name=Role.ANALYST.value).order_by("username")[:10])
    if len(found) == 1:
        return found[0]
    names = ", ".join(user.username for user in found) or "–"
    raise CommandError(_("Say with --by which analyst writes; there are: %(names)s.") % {"names": names})


def as_data(result: Result) -> dict[str, Any]:
    return {
        "applied": result.is_applied,
        "blocked": result.is_blocked,
        "counts": {name: _counts(result, name) for name in result.tables},
        "not_read": {"tables": result.unread, "columns": _ignored(result)},
        "rows": [_row(outcome) for outcome in result.telling],
    }


def _ignored(result: Result) -> dict[str, list[str]]:
    return {table: [column.name for column in columns] for table, columns in result.ignored.items()}


def _counts(result: Result, table: str) -> dict[str, int]:
    return {verdict.value: number for verdict, number in result.counts(table).items()}


def _row(outcome: Outcome) -> dict[str, Any]:
    return {
        "table": outcome.table,
        "row": outcome.number,
        "id": outcome.id,
        "verdict": outcome.verdict.value,
        "changes": [{"column": each.name, "from": each.before, "to": each.after} for each in outcome.changes],
        "wrong": outcome.sentences,
        "remarks": outcome.remarks,
    }


def _lines(result: Result) -> Iterator[str]:
    labels = {sheet.name: sheet.label for sheet in SHEETS}
    for outcome in result.telling:
        yield f"{labels[outcome.table]} {outcome.number} {outcome.id}: {outcome.verdict.label}"
        yield from (f"    {sentence}" for sentence in (*outcome.sentences, *outcome.remarks))
        yield from (f"    {each.label}: {each.before} → {each.after}" for each in outcome.changes if each.before)
    for name in result.tables:
        counted = ", ".join(f"{verdict.label} {number}" for verdict, number in result.counts(name).items())
        yield f"{labels[name]}: {counted}"
    if result.unread:
        yield _("Not read: %(names)s") % {"names": "; ".join(result.unread)}
    for name in result.ignored:
        words = {"table": labels[name], "columns": listed(result.named(name))}
        yield _("Not read, since the register computes them (%(table)s): %(columns)s") % words
    if not result.is_blocked:
        yield _("Written.") if result.is_applied else _("Nothing was written.")
