"""`manage.py evaluate_extraction DIR`: compare what is drafted from DIR/texts with DIR/gold, print JSON figures."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from commitments.extraction.extract import extract
from commitments.extraction.scoring import MATCH, score, summary


class Command(BaseCommand):
    help = "Compare extraction with labelled documents: DIR holds texts/NAME.txt and gold/NAME.json."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dir", type=Path)
        parser.add_argument("--iou", type=float, default=MATCH, help="From which overlap on two spans are the same.")
        parser.add_argument("--docs", default="", help="Names or their first characters, with commas between.")
        parser.add_argument("--json", action="store_true", help="Print JSON alone, as without it.")

    def handle(self, *, iou: float, docs: str, **options: Any) -> None:
        if not 0 < iou <= 1:
            raise CommandError(_("--iou takes a number above 0 and up to 1."))
        folder = options["dir"]
        per_document = {path.stem: _figures(folder, path, iou) for path in _labelled(folder, docs)}
        figures = {"iou": iou, "missing_predictions": [], "per_document": per_document, **summary(per_document)}
        self.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1))


def _labelled(folder: Path, docs: str) -> list[Path]:
    wanted = tuple(name.strip() for name in docs.split(",") if name.strip())
    found = [path for path in sorted((folder / "gold").glob("*.json")) if not wanted or path.stem.startswith(wanted)]
    if not found:
        raise CommandError(_("%(folder)s holds no gold/*.json to compare with.") % {"folder": folder})
    return found


def _figures(folder: Path, path: Path, iou: float) -> dict[str, Any]:
    try:
        text = (folder / "texts" / f"{path.stem}.txt").read_bytes().decode("utf-8")
        gold = json.loads(path.read_text(encoding="utf-8"))
        return score(extract(text).as_data(), gold, text, iou)
    except OSError as error:
        raise CommandError(
            _("%(file)s cannot be read: %(reason)s.") % {"file": error.filename, "reason": error.strerror}
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(
            _("%(file)s is not a labelled document: %(reason)s.") % {"file": path.name, "reason": error}
        ) from error
