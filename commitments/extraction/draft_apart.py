"""Drafting in a process of its own: a web process loads neither jieba nor its memory, and no text can hold it up."""

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from commitments.extraction.files.apart import ROOT
from commitments.extraction.files.refusals import UnreadableFile

PATIENCE = 90  # seconds by the clock


def draft_apart(text: str, *, join_lines: bool, earlier: Sequence[tuple[int, str, bool]]) -> dict[str, Any]:
    """As `draft`, with plain tuples for its EarlierText: raises UnreadableFile with one sentence."""
    asked = json.dumps({"text": text, "join_lines": join_lines, "earlier": earlier})
    command = [sys.executable, "-m", "commitments.extraction.draft_child"]
    try:
        done = subprocess.run(
            command, input=asked.encode("utf-8"), cwd=ROOT, capture_output=True, timeout=PATIENCE, check=True
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise UnreadableFile(_("This text takes too much time or memory to read; bring it in parts.")) from error
