"""`manage.py backup --output FILE`: the whole register as one file, while the site goes on."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from commitments.actions.backup import back_up
from commitments.actions.backups.problems import BackupRefused


class Command(BaseCommand):
    help = "Back up the database and all stored files into one file, while the site goes on."
    requires_system_checks: list[str] = []  # a backup is wanted most where something is wrong

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", type=Path, required=True, help="The file to make; an older backup gives way.")
        parser.add_argument("--json", action="store_true", help="Print JSON alone.")

    def handle(self, *, output: Path, **options: Any) -> None:
        start = time.monotonic()
        try:
            manifest = back_up(output=output.absolute())
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        except (DatabaseError, OSError) as error:
            raise CommandError(_("No backup was made: %(reason)s") % {"reason": str(error).strip()}) from error
        said: dict[str, Any] = {
            "file": str(output),
            "bytes": output.stat().st_size,
            "tables": len(manifest.database.tables),
            "rows": manifest.database.rows,
            "files": len(manifest.files),
            "file_bytes": manifest.file_bytes,
            "left_out": manifest.database.strangers,
            "seconds": round(time.monotonic() - start, 1),
        }
        if options["json"]:
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        words = {**said, "size": filesizeformat(said["bytes"])}
        line = _("%(file)s: rows %(rows)d, tables %(tables)d, files %(files)d; %(size)s, %(seconds)s s, read back.")
        self.stdout.write(line % words)
        if manifest.database.strangers:
            names = ", ".join(manifest.database.strangers)
            self.stderr.write(_("Tables of others in this database, not inside: %(names)s") % {"names": names})
