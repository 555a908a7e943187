"""`manage.py verify`: is everything that must never change as it was? Each check of CHECKS names what is not."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from commitments.actions.edition_checks import verify_editions

CHECKS: dict[str, Callable[[], list[str]]] = {"editions": verify_editions}


class Command(BaseCommand):
    help = "Compare what must never change with its hashes and its history; ends with an error when something did."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print JSON alone.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = {name: check() for name, check in CHECKS.items()}
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            for name, sentences in found.items():
                self.stdout.write(f"{len(sentences):>8} {name}")
                self.stdout.writelines(f"           {sentence}" for sentence in sentences)
        if any(found.values()):
            raise CommandError(_("Something is no longer as it was; the lines above name it."))
