"""`manage.py rebuild_search_index`: make the index of words anew from the register."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from commitments.management.commands._progress import Shown
from commitments.search import index


class Command(BaseCommand):
    help = "Make the index of words anew; searches answer from what is done so far, and say so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print JSON alone.")

    def handle(self, *args: Any, **options: Any) -> None:
        with Shown(_("Index of words")) as shown:
            number = index.rebuild(tell=shown.tell)
        if options["json"]:
            self.stdout.write(json.dumps({"commitments": number, "version": index.VERSION}))
        else:
            self.stdout.write(_("%(count)d commitments indexed.") % {"count": number})
