"""`manage.py report`: a progress report about a period, as a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import override

from commitments.choices import ReportLength
from commitments.languages import codes
from commitments.reports.content import Report
from commitments.reports.formats import FORMATS, save
from commitments.reports.question import Question
from commitments.rules.refusal import Refused

OPTION_OF = {"known_on": "--known-on"}


class Command(BaseCommand):
    help = "Write a progress report about a period to a file. The same options and rows give the same bytes."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--document", action="append", default=[], help="Slug of a source; repeat it for more.")
        parser.add_argument("--from", dest="start", default="", metavar="YYYY-MM-DD", help="First day of the period.")
        parser.add_argument("--to", dest="end", default="", metavar="YYYY-MM-DD", help="Last day of the period.")
        parser.add_argument("--known-on", default="", metavar="YYYY-MM-DD", help="As this site knew on; today.")
        parser.add_argument("--edition", default="", metavar="N", help="As this site knew on the day of edition N.")
        parser.add_argument("--query", default="", help="More filters, as in the address of the list: band=results&….")
        parser.add_argument("--length", choices=[str(one) for one in ReportLength], default=str(ReportLength.FULL))
        parser.add_argument("--format", choices=list(FORMATS), required=True)
        parser.add_argument("--lang", choices=codes(), default=codes()[0])
        parser.add_argument("--site-url", default="", help="Where the site is reached, for links to it: https://….")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["output"]
        if path.is_dir() or not path.parent.is_dir():
            raise CommandError(_("Cannot write %(path)s: name a file in a folder that exists.") % {"path": path})
        with override(options["lang"]):
            report = self._report(options)
            try:
                save(path, FORMATS[options["format"]].pieces(report))
            except Refused as refused:
                raise CommandError(str(refused)) from refused
            except OSError as error:
                words = {"path": path, "reason": error.strerror or error}
                raise CommandError(_("Cannot write %(path)s: %(reason)s.") % words) from error
        self.stdout.write(str(path))

    def _report(self, options: dict[str, Any]) -> Report:
        params = QueryDict(options["query"], mutable=True)
        params.setlist("document", [*params.getlist("document"), *options["document"]])
        given = {"from": "start", "to": "end", "length": "length", "known_on": "known_on", "edition": "edition"}
        for name, option in given.items():
            if options[option]:
                params[name] = options[option]
        question = Question(params)
        if not question.is_valid:
            raise CommandError(_refusal(question))
        return question.report(site_url=options["site_url"])


def _refusal(question: Question) -> str:
    return " ".join(
        f"{OPTION_OF.get(name, f'--{name}')}: {sentence}"
        for name, sentences in question.errors.items()
        for sentence in sentences
    )
