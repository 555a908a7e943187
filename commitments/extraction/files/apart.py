"""A stranger's file read in a process of its own, with limits on time and memory, so that no parser can harm ours.

The parsers are loaded there only: nothing here may import them.
"""

import json
import subprocess
import sys
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.extraction.files.file_text import FileText
from commitments.extraction.files.refusals import LARGEST_FILE, MEBIBYTE, UnreadableFile

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60  # seconds by the clock


def read_file_apart(path: Path) -> FileText:
    """As `read_file`: raises UnreadableFile with one sentence."""
    try:
        if not path.is_file():
            path.stat()
            raise UnreadableFile(_("%(name)s is not a file.") % {"name": path.name})
        if path.stat().st_size > LARGEST_FILE:
            words = {"name": path.name, "limit": LARGEST_FILE // MEBIBYTE}
            raise UnreadableFile(_("%(name)s is larger than %(limit)d MB.") % words)
        return read_bytes_apart(path.read_bytes(), path.name)
    except OSError as error:
        words = {"name": path.name, "reason": error.strerror}
        raise UnreadableFile(_("%(name)s cannot be opened: %(reason)s.") % words) from error


def read_bytes_apart(data: bytes, name: str) -> FileText:
    command = [sys.executable, "-m", "commitments.extraction.files.child", name, get_language() or "en"]
    try:
        done = subprocess.run(command, input=data, cwd=ROOT, capture_output=True, timeout=PATIENCE, check=True)
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise UnreadableFile(_("%(name)s takes too much time or memory to read.") % {"name": name}) from error
    if "refused" in answer:
        raise UnreadableFile(answer["refused"])
    return FileText(**answer)
