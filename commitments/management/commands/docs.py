"""`manage.py docs`: rewrite the generated blocks of docs/*.md from the code; with --check only say which are stale."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from commitments.management.commands._blocks import BLOCKS, render

OPENING = "<!-- generated: "
BLOCK = re.compile(r"<!-- generated: (?P<name>[a-z ]+) -->\n(?P<body>.*?)<!-- end -->", re.DOTALL)


class Command(BaseCommand):
    help = "Rewrite the generated blocks of docs/*.md from the code."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; exit with 1 when a block is stale.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        folder = Path(settings.BASE_DIR, "docs")
        texts = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))}
        placed = {found["name"] for text in texts.values() for found in BLOCK.finditer(text)}
        if homeless := sorted(BLOCKS.keys() - placed):
            raise CommandError(f"No file has a place for: {', '.join(homeless)}.")
        fresh = {path: rewritten(text, path.name) for path, text in texts.items()}
        stale = {path: text for path, text in fresh.items() if text != texts[path]}
        names = ", ".join(path.relative_to(settings.BASE_DIR).as_posix() for path in stale)
        if check and stale:
            raise CommandError(f"Stale: {names}. Run: python3 dev.py docs")
        for path, text in stale.items():
            path.write_text(text, encoding="utf-8")
        self.stdout.write(f"Rewritten: {names}." if stale else "Nothing is stale.")


def rewritten(text: str, file: str = "") -> str:
    """The same text with every generated block as the code has it now."""
    if text.count(OPENING) != len(BLOCK.findall(text)):
        raise CommandError(f"{file}: a generated block has no `<!-- end -->`, or a name that is not written a-z.")

    def block(found: re.Match[str]) -> str:
        name = found["name"]
        if name not in BLOCKS:
            raise CommandError(f"{file}: no block is called {name!r}; there are: {', '.join(BLOCKS)}.")
        return f"{OPENING}{name} -->\n{render(name)}\n<!-- end -->"

    return BLOCK.sub(block, text)
