"""`manage.py freeze_edition --by NAME`: release everything that is public today under the next number."""

import json
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from commitments.actions.editions import freeze_edition
from commitments.models import Edition
from commitments.rules.refusal import Refused


class Command(BaseCommand):
    help = "Freeze an edition: everything that is public today, under the next number, for good."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--by", required=True, help="Name of the user who releases it; must be a publisher.")
        parser.add_argument("--provisional", action="store_true", help="Mark it as a trial edition, for good.")
        parser.add_argument("--notes-zh", default="", help="Release notes in Chinese.")
        parser.add_argument("--notes-en", default="", help="Release notes in English.")
        parser.add_argument("--json", action="store_true", help="Print JSON alone.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            row = freeze_edition(
                by=_user(options["by"]),
                is_provisional=options["provisional"],
                notes_zh=options["notes_zh"],
                notes_en=options["notes_en"],
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        if options["json"]:
            self.stdout.write(json.dumps(_as_data(row), ensure_ascii=False))
        else:
            self.stdout.write(f"{row}: {row.day.isoformat()}, SHA-256 {row.sha256}")


def _user(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(_("There is no user named “%(name)s”.") % {"name": name})
    return user


def _as_data(row: Edition) -> dict[str, Any]:
    return {
        "number": row.number,
        "day": row.day.isoformat(),
        "provisional": row.is_provisional,
        "sha256": row.sha256,
        "archive_sha256": row.archive_sha256,
    }
