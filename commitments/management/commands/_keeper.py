"""Keeps one worker running beside the web server: starts it, again when it ends, and stops it with its children."""

import contextlib
import os
import signal
import subprocess
import sys
import time

from django.conf import settings
from django.utils.translation import gettext as _

LONGEST_PAUSE = 60  # seconds between two starts of a worker that keeps ending
SETTLED = 60  # seconds after which a worker counts as running well


class Keeper:
    def __init__(self) -> None:
        self.process: subprocess.Popen | None = None
        self._started_at = self._again_at = 0.0
        self._pause = 1.0

    def keep(self) -> str:
        """Called every second or so; returns a sentence when a worker has ended."""
        if self.process is None:
            if time.monotonic() >= self._again_at:
                self._start()
            return ""
        code = self.process.poll()
        if code is None:
            return ""
        self._end_group()
        self.process = None
        self._pause = 1.0 if time.monotonic() - self._started_at > SETTLED else min(2 * self._pause, LONGEST_PAUSE)
        self._again_at = time.monotonic() + self._pause
        words = {"code": code, "seconds": round(self._pause)}
        return _("The worker ended (code %(code)s); it is started again in %(seconds)s s. No job is lost.") % words

    def _start(self) -> None:
        """In a session of its own, so that Ctrl-C reaches it through us; its stdin closes when we die."""
        command = [sys.executable, "manage.py", "worker", "--beat", "--stop-with-stdin"]
        self._started_at = time.monotonic()
        self.process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, start_new_session=True, stdout=subprocess.DEVNULL
        )

    def ask_to_end(self) -> None:
        if self.process:
            ask_to_end(self.process)

    def wait_or_kill(self) -> None:
        """A job that runs may end; one that takes too long is taken up again at the next start."""
        if self.process:
            wait_or_kill(self.process)
            self._end_group()

    def _end_group(self) -> None:
        """What a killed worker leaves behind: its beat and its pool."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            if self.process.stdin:
                self.process.stdin.close()


def ask_to_end(process: subprocess.Popen) -> None:
    if process.poll() is None:
        process.terminate()


def wait_or_kill(process: subprocess.Popen, patience: float = 10) -> None:
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
