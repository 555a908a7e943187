"""How far a long command is: a moving bar where a person looks on, a line now and then where nobody does.

On stderr, so that stdout is the command's own (`--json`).
"""

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

LINE_EVERY = 10.0  # seconds


class Shown:
    """A context; `tell(done, total, message)` is what jobs are given."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._bar: Progress | None = None
        self._line_at = time.monotonic()
        if sys.stderr.isatty():
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task(what, total=None)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def tell(self, done: int, total: int, message: str) -> None:
        if self._bar:
            self._bar.update(self._task, completed=done, total=total or None)
        elif time.monotonic() - self._line_at >= LINE_EVERY:
            self._line_at = time.monotonic()
            sys.stderr.write(f"{self.what}: {done}/{total} {message}".rstrip() + "\n")
