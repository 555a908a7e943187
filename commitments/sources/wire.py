"""One HTTP connection to an address that was judged before: TLS for the host's name, every byte counted and timed."""

import functools
import io
import socket
import ssl
from typing import Any

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection

from commitments.sources.addresses import Ip
from commitments.sources.deadline import Deadline
from commitments.sources.problems import FetchFailed
from commitments.text.address import Address

CONNECT_WAIT = 8.0
HEADERS_MOST = 64 * 1024
READ_AHEAD = io.DEFAULT_BUFFER_SIZE  # bytes of the body that may come along with the last line of the headers


class Line:
    """Stands in for the socket: each read waits for what is left of the deadline and takes what is left of `most`."""

    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        self._line, self._deadline = line, deadline
        self.read = 0
        self.most, self.excess = HEADERS_MOST + READ_AHEAD, "headers_too_large"

    def sendall(self, data: bytes) -> None:
        self._line.settimeout(self._deadline.left())
        self._line.sendall(data)

    def makefile(self, mode: str, *_: Any) -> io.BufferedReader:
        return io.BufferedReader(_Meter(self))

    def receive(self, buffer: memoryview) -> int:
        if self.read >= self.most:
            raise FetchFailed(self.excess)
        self._line.settimeout(self._deadline.left())
        count = self._line.recv_into(buffer[: self.most - self.read])
        self.read += count
        return count

    def settimeout(self, _: float | None) -> None:
        """The deadline alone sets them."""

    def close(self) -> None:
        """http.client lets go of its socket while the answer is still to be read."""

    def hang_up(self) -> None:
        self._line.close()


class _Meter(io.RawIOBase):
    def __init__(self, line: Line) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._line.receive(memoryview(buffer))


def connect(ips: list[Ip], port: int, deadline: Deadline) -> socket.socket:
    """The first that answers."""
    trouble: OSError = OSError("no address")
    for ip in ips:
        line = socket.socket(socket.AF_INET if ip.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
        try:
            line.settimeout(deadline.left(CONNECT_WAIT))
            line.connect((str(ip), port))
            return line
        except OSError as error:
            line.close()
            trouble = error
        except FetchFailed:
            line.close()
            raise
    raise FetchFailed("timeout" if isinstance(trouble, TimeoutError) else "connect") from trouble


def open_connection(address: Address, line: socket.socket, deadline: Deadline) -> tuple[HTTPConnection, Line]:
    """Over the line that is there already: no pool, no proxy, nothing from the environment."""
    line.settimeout(deadline.left())
    connection: HTTPConnection
    if address.scheme == "https":
        # The certificate must be the host's, though the line leads to a bare IP address.
        connection = HTTPSConnection(address.host, address.port, ssl_context=_trust())
    else:
        connection = HTTPConnection(address.host, address.port)
    connection._new_conn = lambda: line  # type: ignore[method-assign]
    connection.connect()
    meter = Line(connection.sock, deadline)
    connection.sock = meter
    return connection, meter


@functools.cache
def _trust() -> ssl.SSLContext:
    """The system's authorities, and certifi's for machines that ship none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    # Many public bodies run servers that do not know RFC 5746. Nothing secret is sent to them.
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    return context
