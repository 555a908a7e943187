"""Drafting in a process of its own: a web process loads neither jieba nor its memory, and no text can hold it up."""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from commitments.apart import run_apart
from commitments.extraction.files.refusals import UnreadableFile

PATIENCE = 90  # seconds by the clock


def draft_apart(text: str, *, join_lines: bool, earlier: Sequence[tuple[int, str, bool]]) -> dict[str, Any]:
    """As `draft`, with plain tuples for its EarlierText: raises UnreadableFile with one sentence."""
    asked = json.dumps({"text": text, "join_lines": join_lines, "earlier": earlier})
    drafted = run_apart("extraction.draft_child", given=asked.encode("utf-8"), patience=PATIENCE)
    if drafted is None:
        raise UnreadableFile(_("This text takes too much time or memory to read; bring it in parts."))
    return json.loads(drafted)
