"""A private folder beside what is being written, on the same disk; what a killed run left there goes a day later."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = ".tracker-backup-"
A_DAY = 24 * 60 * 60


@contextmanager
def workspace(parent: Path) -> Iterator[Path]:
    for left in parent.glob(f"{PREFIX}*"):
        if time.time() - left.stat().st_mtime > A_DAY:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=parent) as folder:
        yield Path(folder)
