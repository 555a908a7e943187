"""`manage.py worker`: carries out the jobs that wait; with --beat it also starts what the schedules say."""

import os
import signal
import sys
import threading
import warnings
from argparse import ArgumentParser
from typing import Any

from celery import current_app
from celery.fixups.django import DjangoFixup
from celery.platforms import SecurityWarning
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = "Carry out the jobs that wait. One worker of a site runs with --beat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--beat", action="store_true", help="Also start what the schedules say.")
        parser.add_argument("--concurrency", type=int, default=1, help="Jobs at a time (1).")
        parser.add_argument("--stop-with-stdin", action="store_true", help="End when the other end of stdin closes.")

    def handle(self, *, beat: bool, concurrency: int, stop_with_stdin: bool, **options: Any) -> None:
        if os.name != "posix":
            raise CommandError(_("Workers need Linux or macOS; every command runs without one."))
        if stop_with_stdin:
            threading.Thread(target=_stop_when_closed, daemon=True).start()
        # Celery warns of root because of pickled messages; here only JSON is accepted (CELERY_ACCEPT_CONTENT).
        warnings.filterwarnings("ignore", category=SecurityWarning)
        DjangoFixup(current_app).install()
        current_app.worker_main(
            ["--quiet", "worker", "--pool=prefork", f"--concurrency={concurrency}", "--loglevel=WARNING"]
            + ["--without-gossip", "--without-mingle", "--without-heartbeat", *(["--beat"] if beat else [])]
        )


def _stop_when_closed() -> None:
    """Who started this worker holds the other end; when that process is killed, the worker stays no orphan."""
    while sys.stdin.buffer.read(1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
