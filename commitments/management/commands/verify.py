"""`manage.py verify`: does what is stored still say what it said? Exits with 1 when anything is changed or missing."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commitments.actions.captures import verify_files
from commitments.actions.working import run_here
from commitments.choices import JobKind, JobState
from commitments.management.commands._progress import Shown


class Command(BaseCommand):
    help = "Hold stored texts, quotes and files against their hashes, and look for missing guards."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sweep", action="store_true", help="Remove stored files that no row speaks of, too.")
        parser.add_argument("--json", action="store_true", help="Print JSON alone.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["sweep"]:
            verify_files(sweep=True)
        with Shown(JobKind.VERIFY.label) as shown:
            job = run_here(JobKind.VERIFY, tell=shown.tell)
        if job.result is None:
            raise CommandError(job.message)
        if options["json"]:
            self.stdout.write(json.dumps(job.result, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join([*job.result["problems"], job.message]))
        if job.state != JobState.DONE:
            raise CommandError(job.message, returncode=1)
