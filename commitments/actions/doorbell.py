"""Rings: tells workers through the broker that jobs are waiting. Losing a ring loses nothing, the sweep rings again."""

import contextlib
import os
import time
from collections.abc import Iterator

import structlog
from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu import Connection

WORK = "commitments.work"
PATIENCE = 1  # seconds for a broker to take a ring; a page waits no longer
PAUSE = 30  # seconds without another try after one that failed

log = structlog.get_logger(__name__)


class Doorbell:
    """After a broker that did not answer it is silent for a while: not every request shall wait for it."""

    silent_until = 0.0

    def ring(self, times: int = 1) -> None:
        """Never raises. What goes unsaid now is said by the sweep."""
        if time.monotonic() < self.silent_until:
            return
        try:
            send(times)
        except Exception as error:  # whatever a broker's library raises: the job stands in the database
            self.silent_until = time.monotonic() + PAUSE
            log.warning("bell_not_rung", error=f"{type(error).__name__}: {error}"[:200])


_bell = Doorbell()


def ring(times: int = 1) -> None:
    if times:
        _bell.ring(times)


def ring_on_commit() -> None:
    """Once for a transaction, however many jobs it asks for: a worker that finds more rings again."""
    if not any(callback is ring for _, callback, *_ in transaction.get_connection().run_on_commit):
        transaction.on_commit(ring)


def send(times: int) -> None:
    """Over a connection of its own: one kept open may have died unnoticed since the last ring."""
    with _connection() as connection:
        producer = current_app.amqp.Producer(connection)
        for _ in range(times):
            current_app.send_task(WORK, producer=producer, retry=False)


def broker_answers() -> bool:
    """Within a second or so."""
    folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("data_folder_out")
    if folder:
        return os.access(folder, os.W_OK | os.X_OK)
    with contextlib.suppress(Exception), _connection() as connection:  # as above
        return bool(connection.connected)
    return False


@contextlib.contextmanager
def _connection() -> Iterator[Connection]:
    options = dict(settings.CELERY_BROKER_TRANSPORT_OPTIONS)
    if "socket_timeout" in options:
        options["socket_timeout"] = PATIENCE
    connection = Connection(settings.CELERY_BROKER_URL, connect_timeout=PATIENCE, transport_options=options)
    try:
        connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=PATIENCE)
        yield connection
    finally:
        connection.release()
