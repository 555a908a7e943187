"""`manage.py extract FILE`: draft proposals and measures from a document, each with its place and the reason."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from commitments.extraction.extract import extract
from commitments.extraction.files.apart import read_file_apart
from commitments.extraction.files.file_text import FileText
from commitments.extraction.files.refusals import UnreadableFile
from commitments.extraction.result import Extraction, Measure


class Command(BaseCommand):
    help = "Draft proposals and measures from a document (txt, md, html, pdf, docx). Writes nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="Print JSON alone.")

    def handle(self, *, file: Path, json: bool, **options: Any) -> None:
        try:
            source = read_file_apart(file)
        except UnreadableFile as refused:
            raise CommandError(str(refused)) from refused
        found = extract(source.text)
        self.stdout.write(as_json(source, file.name, found) if json else "\n".join(_lines(found)))


def as_json(source: FileText, name: str, found: Extraction) -> str:
    data: dict[str, Any] = {
        "file": name,
        "format": source.format,
        "encoding": source.encoding,
        "offsets_into": "file" if source.is_as_given else "text",
        "text_sha256": source.sha256,
        **found.as_data(),
    }
    if not source.is_as_given:
        data["text"] = source.text
    return json.dumps(data, ensure_ascii=False, indent=1)


def _lines(found: Extraction) -> Iterator[str]:
    measures = sum(len(proposal.measures) for proposal in found.proposals)
    words = {"proposals": len(found.proposals), "measures": measures, "principles": len(found.principles)}
    yield _("%(proposals)d proposals, %(measures)d measures, %(principles)d principles apart") % words
    group = ""
    for proposal in found.proposals:
        if proposal.group and proposal.group != group:
            group = proposal.group
            yield f"\n{group}"
        where = f"[{proposal.start}–{proposal.end}] {proposal.reason}, {proposal.score:.2f}"
        yield f"\n{proposal.number}. {proposal.heading}  {where}"
        yield from (_line(measure) for measure in proposal.measures)


def _line(measure: Measure) -> str:
    quote = " ".join(measure.quote.split())
    doubt = f"  ({measure.note or _('doubtful')})" if measure.doubtful else ""
    governor = f"{measure.governor} … " if measure.governor else ""
    return f"   - {governor}{quote}  [{measure.start}–{measure.end}] {measure.reason}, {measure.score:.2f}{doubt}"
