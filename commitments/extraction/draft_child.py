"""The program that drafts: `python -m …`, JSON on stdin, JSON on stdout. Started by draft_apart.py alone."""

import json
import sys

from django.conf import settings

from commitments.extraction.draft import EarlierText, draft

try:
    import resource
except ImportError:  # Windows has none; the clock of the caller remains
    resource = None  # type: ignore[assignment]

SECONDS, MEMORY = 40, 1024 * 1024 * 1024  # of processor time, and of address space (jieba's dictionary included)


def main() -> None:
    if resource:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    settings.configure(INSTALLED_APPS=[], USE_I18N=False)
    asked = json.loads(sys.stdin.buffer.read())
    earlier = [EarlierText(*each) for each in asked["earlier"]]
    drafted = draft(asked["text"], join_lines=asked["join_lines"], earlier=earlier)
    sys.stdout.write(json.dumps(drafted))


if __name__ == "__main__":
    main()
