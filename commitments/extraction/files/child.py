"""The program that reads a stranger's file: `python -m … NAME LANGUAGE`, the file on stdin, JSON on stdout."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import django
from django.conf import settings
from django.utils.translation import override

from commitments.extraction.files.reading import read_bytes
from commitments.extraction.files.refusals import MEBIBYTE, UnreadableFile

try:
    import resource
except ImportError:  # Windows has none; the clock of the caller remains
    resource = None  # type: ignore[assignment]

LOCALE = Path(__file__).resolve().parents[2] / "locale"
SECONDS, MEMORY = 10, 256 * MEBIBYTE  # of processor time, and of address space (libraries included)


def main(name: str, language: str) -> None:
    _limit()
    settings.configure(INSTALLED_APPS=[], LOCALE_PATHS=[LOCALE])
    django.setup()
    with override(language):
        try:
            answer = asdict(read_bytes(sys.stdin.buffer.read(), name))
        except UnreadableFile as refused:
            answer = {"refused": str(refused)}
    sys.stdout.write(json.dumps(answer))


def _limit() -> None:
    if resource:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(*sys.argv[1:3])
