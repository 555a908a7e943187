"""`manage.py worker`: carries out the jobs that wait; with --beat it also starts what the schedules say."""

import contextlib
import os
import signal
import threading
import time
import warnings
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

import structlog
from billiard.process import active_children
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
    """A pool that loses a process while it starts leaves a worker that waits for ever, before PoolWatch can see it."""
    ready = threading.Event()
    worker_ready.connect(lambda **_: ready.set(), weak=False)
    threading.Thread(target=_watch_start, args=(ready,), daemon=True).start()


def _watch_start(ready: threading.Event) -> None:
    until = time.monotonic() + settings.WORKER_START_LIMIT
    while not ready.wait(0.2):
        if _has_lost_a_child() or time.monotonic() > until:
            log.error("worker_did_not_start")
            _end_with(active_children())


def _has_lost_a_child() -> bool:
    """Looks without taking the news from whoever waits for the child."""
    if not hasattr(os, "waitid"):  # macOS before Python 3.13: there the limit of time alone ends such a worker
        return False
    try:
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return ended is not None and ended.si_code == os.CLD_KILLED


def _end_with(children: Iterable[Any]) -> None:
    """Whoever keeps this worker starts it again."""
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)
    os._exit(1)


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
        _end_with([*self.pool._pool, *([self.worker.beat] if self.worker.beat else [])])


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
