"""The program that drafts: `python -m …`, JSON on stdin, JSON on stdout. Started by draft_apart.py alone."""

import json
import sys

from django.conf import settings

from commitments.apart import limit_this_process
from commitments.extraction.draft import EarlierText, draft

SECONDS, MEBIBYTES = 40, 1024  # jieba's dictionary included


def main() -> None:
    limit_this_process(seconds=SECONDS, mebibytes=MEBIBYTES)
    settings.configure(INSTALLED_APPS=[], USE_I18N=False)
    asked = json.loads(sys.stdin.buffer.read())
    earlier = [EarlierText(*each) for each in asked["earlier"]]
    drafted = draft(asked["text"], join_lines=asked["join_lines"], earlier=earlier)
    sys.stdout.write(json.dumps(drafted))


if __name__ == "__main__":
    main()
