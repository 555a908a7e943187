"""`manage.py verify`: every stored file against the hash that is its name, and against the rows that speak of it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from commitments.actions.captures import verify_files

SHOWN = 20


class Command(BaseCommand):
    help = "Read all captures and uploads anew; ends with an error when one is damaged or missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sweep", action="store_true", help="Remove files that no row speaks of.")
        parser.add_argument("--json", action="store_true", help="Print JSON alone.")

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify_files(sweep=options["sweep"])
        if options["json"]:
            self.stdout.write(json.dumps(report.as_data(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(_("%(count)d files read.") % {"count": report.checked})
            for word, names in (
                (_("damaged"), report.damaged),
                (_("missing"), report.missing),
                (_("without a row"), report.stray),
            ):
                self.stdout.write(f"{len(names):>8} {word}")
                self.stdout.writelines(f"           {name}" for name in names[:SHOWN])
        if not report.is_sound:
            raise CommandError(_("Some files are damaged or missing; bring them back from a backup."))
