"""A broker that is gone, or takes a call and says nothing, costs a page about a second, once in half a minute."""

import socket
import time
from threading import Thread

import pytest
from celery import current_app

from commitments.actions import doorbell
from commitments.actions.doorbell import send

SECONDS = 3  # one of patience, and what a busy machine adds


@pytest.fixture
def really(monkeypatch):
    """No stand-in here: rings go to the address that the test sets."""
    monkeypatch.setattr(doorbell, "send", send)


@pytest.mark.parametrize("scheme", ["redis", "amqp"])
@pytest.mark.parametrize("is_silent", [True, False])
def test_a_broker_that_does_not_answer_is_not_waited_for(scheme, is_silent, settings, really):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        if is_silent:
            door.listen()
        settings.CELERY_BROKER_URL = f"{scheme}://127.0.0.1:{door.getsockname()[1]}/0"
        settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5} if scheme == "redis" else {}
        start = time.monotonic()
        doorbell.ring()
        rung = time.monotonic() - start
        doorbell.ring()
        assert rung < SECONDS and time.monotonic() - start - rung < 0.1
        start = time.monotonic()
        assert doorbell.broker_answers() is False
        assert time.monotonic() - start < SECONDS


def test_the_embedded_broker_takes_a_ring(tmp_path, settings, really):
    folders = dict.fromkeys(("data_folder_in", "data_folder_out", "control_folder"), str(tmp_path))
    settings.CELERY_BROKER_URL, settings.CELERY_BROKER_TRANSPORT_OPTIONS = "filesystem://localhost", folders
    doorbell.ring(2)
    assert len(list(tmp_path.glob("*.msg"))) == 2 and doorbell.broker_answers()


def test_every_thread_rings_for_the_same_queue():
    """A web server answers in threads of its own."""
    found = []
    thread = Thread(target=lambda: found.append((current_app.main, current_app.conf.task_default_queue)))
    thread.start()
    thread.join()
    assert found == [("tracker", "tracker")]
