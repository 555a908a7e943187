"""One moment by which a whole job ends, whatever the other side does: each wait gets what is left of it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from commitments.sources.problems import FetchFailed


class Deadline:
    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, at_most: float = float("inf")) -> float:
        """Seconds for the next wait; raises once there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchFailed("timeout")
        return min(left, at_most)

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._end

    @contextmanager
    def cuts(self, connection: socket.socket) -> Iterator[None]:
        """At the end the line is cut from another thread: a read that the peer keeps busy inside TLS ends, too."""
        with connection.dup() as line:
            timer = threading.Timer(self.left(), _cut, [line])
            timer.daemon = True
            timer.start()
            try:
                yield
            finally:
                timer.cancel()
                timer.join()


def _cut(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:  # the peer was quicker
        return
