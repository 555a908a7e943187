"""A stranger's file read in a process of its own, with limits on time and memory, so that no parser can harm ours.

The parsers are loaded there only: nothing here may import them.
"""

import json
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.apart import run_apart
from commitments.extraction.files.file_text import FileText
from commitments.extraction.files.refusals import LARGEST_FILE, MEBIBYTE, UnreadableFile

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
    read = run_apart("extraction.files.child", name, get_language() or "en", given=data, patience=PATIENCE)
    if read is None:
        raise UnreadableFile(_("%(name)s takes too much time or memory to read.") % {"name": name})
    answer = json.loads(read)
    if "refused" in answer:
        raise UnreadableFile(answer["refused"])
    return FileText(**answer)
