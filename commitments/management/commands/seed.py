"""`manage.py seed`: load the shipped registers and say what came of it."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from commitments.actions.editions import freeze_shipped
from commitments.actions.seed import seed
from commitments.actions.seeding.problems import Problem, SeedRefused
from commitments.actions.seeding.report import Kept, Outcome, Report

SHOWN = 20


class Command(BaseCommand):
    help = "Load the registers in fixtures/. Changes nothing that is loaded already or was edited here."

    def add_arguments(self, parser: ArgumentParser) -> None:
        fixtures = Path(settings.BASE_DIR) / "fixtures"
        parser.add_argument("--fixtures", type=Path, default=fixtures, help="Folder with the registers.")
        parser.add_argument("--json", action="store_true", help="Print JSON alone.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = seed(fixtures=options["fixtures"])
            if reason := freeze_shipped(fixtures=options["fixtures"]):
                report.remark(_("edition 1"), reason)
        except SeedRefused as refused:
            raise CommandError(_refusal(refused.problems)) from refused
        except (DatabaseError, OSError) as error:
            raise CommandError(_("Nothing was written: %(reason)s") % {"reason": str(error).strip()}) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_data(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join([*_table(report), *_kept(report.kept)]))


def _refusal(problems: list[Problem]) -> str:
    lines = [_("The seed was refused and nothing was written:"), *(str(problem) for problem in problems[:SHOWN])]
    if more := len(problems) - SHOWN:
        lines += [_("… and %(count)d more.") % {"count": more}] if more > 0 else []
    return "\n".join(lines)


def _table(report: Report) -> list[str]:
    lines = ["".join(f"{outcome.label:>12}" for outcome in Outcome)]
    for model, count in report.counts.items():
        lines.append("".join(f"{count[o]:>12}" for o in Outcome) + f"  {model._meta.verbose_name_plural}")
    return lines


def _kept(kept: list[Kept]) -> list[str]:
    if not kept:
        return []
    lines = ["", _("Left as they are:"), *(f"  {each.key}: {each.reason}" for each in kept[:SHOWN])]
    if len(kept) > SHOWN:
        lines.append(_("… and %(count)d more; --json lists them all.") % {"count": len(kept) - SHOWN})
    return lines
