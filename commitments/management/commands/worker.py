"""`manage.py worker`: carries out the jobs that wait; with --beat it also starts what the schedules say."""

import contextlib
import os
import signal
import threading
import warnings
from argparse import ArgumentParser
from typing import Any

import structlog
from celery import current_app
from celery.fixups.django import DjangoFixup
from celery.platforms import SecurityWarning
from celery.signals import worker_ready
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

log = structlog.get_logger(__name__)


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
        _end_unless_ready()
        worker_ready.connect(PoolWatch, weak=False)
        if beat:
            worker_ready.connect(BeatWatch, weak=False)
        current_app.worker_main(
            ["--quiet", "worker", "--pool=prefork", f"--concurrency={concurrency}", "--loglevel=WARNING"]
            + ["--without-gossip", "--without-mingle", "--without-heartbeat", *(["--beat"] if beat else [])]
        )


def _end_unless_ready() -> None:
    """A pool that is killed while it starts leaves a worker that waits for ever, before anything can watch it."""
    out_of_time = threading.Timer(settings.WORKER_START_LIMIT, os._exit, [1])
    out_of_time.daemon = True
    worker_ready.connect(lambda **_: out_of_time.cancel(), weak=False)
    out_of_time.start()


class PoolWatch:
    """With the embedded broker the processes of a pool share one lock. One that is killed takes it along, and all
    others wait for it for ever; so the worker ends, with its children, and whoever keeps it starts it again.
    """

    def __init__(self, sender: Any, **_: Any) -> None:
        self.worker = sender.controller
        if not self.worker.use_eventloop:  # with Redis and RabbitMQ each process has a pipe of its own
            self.pool = self.worker.pool._pool
            self.pool.on_process_down = self.look

    def look(self, process: Any) -> None:
        if process.exitcode >= 0 or process.exitcode == -signal.SIGTERM:  # the end of its time, or of the worker's
            return
        log.error("pool_process_killed", code=process.exitcode)
        for child in (*self.pool._pool, *([self.worker.beat] if self.worker.beat else [])):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGKILL)
        os._exit(1)


class BeatWatch:
    """Celery does not notice when its beat dies; without it nothing lost would ever be rung for again."""

    def __init__(self, sender: Any, **_: Any) -> None:
        self.worker = sender.controller
        self.is_ending = False
        self.worker.timer.call_repeatedly(5, self.look)

    def look(self) -> None:
        """Whoever keeps this worker starts it again, with a new beat. A shutdown can hang when its pool died too."""
        if self.is_ending or self.worker.beat.is_alive():
            return
        self.is_ending = True
        log.error("beat_died")
        last_moment = threading.Timer(settings.CELERY_TASK_TIME_LIMIT + 2, os._exit, [1])
        last_moment.daemon = True
        last_moment.start()
        os.kill(os.getpid(), signal.SIGTERM)


def _stop_when_closed() -> None:
    """Who started this worker holds the other end; when that process is killed, the worker stays no orphan.

    Past `sys.stdin`, whose lock this thread would hold for ever: a forked child that closes its copy would wait for it.
    """
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
