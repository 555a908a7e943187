"""`manage.py make_synthetic --rows N`: a made-up register of any size, for trying out and measuring."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from commitments.actions.synthetic.making import make_synthetic
from commitments.management.commands._progress import Shown
from commitments.rules.refusal import Refused


class Command(BaseCommand):
    help = "Fill an empty, migrated database with made-up documents, commitments, judgements and evidence."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rows", type=int, required=True, help="How many commitments.")
        parser.add_argument("--seed", type=int, default=1, help="The same seed on the same day gives the same rows.")
        parser.add_argument("--yes", action="store_true", help="Beside rows that are there already. For good.")
        parser.add_argument("--json", action="store_true", help="Print JSON alone.")

    def handle(self, *, rows: int, seed: int, **options: Any) -> None:
        started = time.monotonic()
        try:
            with Shown(_("Synthetic rows")) as shown:
                made = make_synthetic(rows=rows, seed=seed, beside_others=options["yes"], tell=shown.tell)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        seconds = round(time.monotonic() - started, 1)
        if options["json"]:
            self.stdout.write(json.dumps({"commitments": made, "seed": seed, "seconds": seconds}))
        else:
            self.stdout.write(_("%(rows)s commitments in %(seconds)s s.") % {"rows": made, "seconds": seconds})
