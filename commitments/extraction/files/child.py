"""The program that reads a stranger's file: `python -m … NAME LANGUAGE`, the file on stdin, JSON on stdout."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import django
from django.conf import settings
from django.utils.translation import override

from commitments.apart import limit_this_process
from commitments.extraction.files.reading import read_bytes
from commitments.extraction.files.refusals import UnreadableFile

LOCALE = Path(__file__).resolve().parents[2] / "locale"
SECONDS, MEBIBYTES = 10, 256


def main(name: str, language: str) -> None:
    limit_this_process(seconds=SECONDS, mebibytes=MEBIBYTES)
    settings.configure(INSTALLED_APPS=[], LOCALE_PATHS=[LOCALE])
    django.setup()
    with override(language):
        try:
            answer = asdict(read_bytes(sys.stdin.buffer.read(), name))
        except UnreadableFile as refused:
            answer = {"refused": str(refused)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:3])
