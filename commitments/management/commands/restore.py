"""`manage.py restore FILE`: the rows and files of a backup, into an empty database or in the place of what is there."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from commitments.actions.backups.problems import BackupRefused
from commitments.actions.restore import Restored, restore


class Command(BaseCommand):
    help = "Restore a backup into an empty or not yet existing database, or with --replace in the place of another."
    requires_system_checks: list[str] = []  # they may speak of the very database that is to be replaced

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="The rows and differing files there now give way.")
        parser.add_argument("--json", action="store_true", help="Print JSON alone.")

    def handle(self, *, file: Path, replace: bool, **options: Any) -> None:
        start = time.monotonic()
        try:
            done = restore(source=file.absolute(), replace=replace)
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        except (DatabaseError, OSError) as error:
            raise CommandError(_("Nothing was restored: %(reason)s") % {"reason": str(error).strip()}) from error
        said = _said(done, round(time.monotonic() - start, 1))
        if options["json"]:
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        line = _(
            "Restored as of %(made_at)s and verified: rows %(rows)d, tables %(tables)d, files %(files)d; %(seconds)s s."
        )
        self.stdout.write(line % said)
        if said["files_set_aside"]:
            self.stdout.write(_("Files that differed, now under set-aside/: %(files_set_aside)d.") % said)
        if not done.is_current:
            self.stdout.write(_("An older version made this backup. Next: python3 dev.py migrate"))


def _said(done: Restored, seconds: float) -> dict[str, Any]:
    return {
        "made_at": done.manifest.made_at,
        "tables": len(done.manifest.database.tables),
        "rows": done.manifest.database.rows,
        "files": len(done.manifest.files),
        "files_kept": len(done.files.same),
        "files_set_aside": len(done.files.differing),
        "is_current": done.is_current,
        "seconds": seconds,
    }
