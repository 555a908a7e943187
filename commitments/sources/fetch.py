"""Read one page from the public internet: the only code that opens connections to other machines.

It needs no database and does not ask whether outgoing checks are switched on; its callers do. docs/fetching.md
says what it refuses and what it limits.
"""

import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from typing import NamedTuple
from urllib.parse import quote, urljoin

from django.conf import settings
from urllib3 import HTTPResponse
from urllib3._collections import HTTPHeaderDict
from urllib3.exceptions import HTTPError, SSLError

from commitments.sources.deadline import Deadline
from commitments.sources.inflate import inflated
from commitments.sources.names import public_addresses
from commitments.sources.problems import FetchFailed, FetchRefused
from commitments.sources.wire import HEADERS_MOST, Line, connect, open_connection
from commitments.text.address import Address, BadAddress, read_address

__all__ = ["Before", "FetchFailed", "FetchRefused", "FetchResult", "Redirect", "fetch"]

SECONDS = 30.0
BODY_MOST = 10 * 1024 * 1024
REDIRECTS_MOST = 5
PORTS = (80, 443)
REDIRECTS = (301, 302, 303, 307, 308)
ANSWER_MOST = 2 * BODY_MOST  # on the wire: chunks bring lines of their own
Before = Callable[[str], object]


class Redirect(NamedTuple):
    """`url` answered with `status`, and led on."""

    url: str
    status: int


@dataclass(frozen=True)
class FetchResult:
    """`body` is plain; `raw` are the bytes that came, compressed where the server would have it so."""

    url: str
    final_url: str
    status: int
    reason: str
    headers: HTTPHeaderDict
    body: bytes
    raw: bytes
    redirects: tuple[Redirect, ...]
    fetched_at: datetime

    @property
    def media_type(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()[:100]


def fetch(url: str, *, before: Before = lambda host: None) -> FetchResult:
    """Follows redirects itself: every hop passes the same gate. Raises FetchRefused, FetchFailed.

    `before` is told each host that passed before it is connected to; whatever it raises ends the fetch.
    """
    deadline = Deadline(SECONDS)
    address, passed = _gate(url), []
    while True:
        answer = _ask(address, deadline, before)
        if answer.status not in REDIRECTS or not (location := answer.headers.get("Location")):
            break
        passed.append(Redirect(str(address), answer.status))
        if len(passed) > REDIRECTS_MOST:
            raise FetchFailed("too_many_redirects", answer.status)
        address = _gate(_target(address, location))
    return FetchResult(
        url=url,
        final_url=str(address),
        status=answer.status,
        reason=answer.reason,
        headers=answer.headers,
        body=answer.body,
        raw=answer.raw,
        redirects=tuple(passed),
        fetched_at=datetime.now(UTC),
    )


def user_agent() -> str:
    """Who asks, and how to reach a person; printable ASCII, whatever the settings say."""
    words = [f"+{settings.TRACKER_SITE_URL}" if settings.TRACKER_SITE_URL else "", settings.TRACKER_CONTACT]
    words = ["".join(c for c in word if " " < c < "\x7f" and c not in "();") for word in words]
    return f"Mozilla/5.0 ({'; '.join(['compatible', 'PolicyCommitmentTracker/1', *filter(None, words)])})"


class _Answer(NamedTuple):
    status: int
    reason: str
    headers: HTTPHeaderDict
    body: bytes
    raw: bytes


def _gate(url: str) -> Address:
    try:
        address = read_address(url)
    except BadAddress as error:
        raise FetchRefused(error.kind) from error
    if address.port not in PORTS:
        raise FetchRefused("port")
    return address


def _target(address: Address, location: str) -> str:
    """Relative to the page; headers are read as Latin-1 while servers write UTF-8 and spaces into them."""
    try:
        text = quote(location.strip().encode("latin-1"), safe="%!\"#$&'()*+,-./:;<=>?@[\\]^_`{|}~")
        return urljoin(str(address), text)
    except ValueError as error:
        raise FetchRefused("host") from error


def _ask(address: Address, deadline: Deadline, before: Before) -> _Answer:
    ips = public_addresses(address, deadline)
    before(address.host)
    line = connect(ips, address.port, deadline)
    try:
        with deadline.cuts(line):
            answer = _exchange(address, line, deadline)
    except (FetchFailed, FetchRefused):
        raise
    except (ssl.SSLError, SSLError) as error:
        raise FetchFailed("timeout" if deadline.is_over else "tls") from error
    except (OSError, HTTPError, HTTPException, ValueError) as error:
        is_late = deadline.is_over or isinstance(error, TimeoutError)
        raise FetchFailed("timeout" if is_late else "protocol") from error
    finally:
        line.close()
    deadline.left()  # a line that was cut looks like the end of a body
    return answer


def _exchange(address: Address, line: socket.socket, deadline: Deadline) -> _Answer:
    connection, meter = open_connection(address, line, deadline)
    try:
        headers = {"User-Agent": user_agent(), "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
        connection.request("GET", address.target, headers=headers, preload_content=False, decode_content=False)
        response = connection.getresponse()
        _check_headers(response)
        if response.status in REDIRECTS and response.headers.get("Location"):
            return _Answer(response.status, "", response.headers, b"", b"")  # whatever its body is
        raw, body = _read_body(response, meter)
        return _Answer(response.status, response.reason or "", response.headers, body, raw)
    finally:
        meter.hang_up()


def _check_headers(response: HTTPResponse) -> None:
    if response.status < 200:
        raise FetchFailed("protocol", response.status)  # interim answers that never end
    if sum(len(name) + len(value) + 4 for name, value in response.headers.iteritems()) > HEADERS_MOST:
        raise FetchFailed("headers_too_large", response.status)


def _read_body(response: HTTPResponse, meter: Line) -> tuple[bytes, bytes]:
    """As it came, and plain."""
    meter.most, meter.excess = ANSWER_MOST, "too_large"
    try:
        raw = _read_raw(response)
        return raw, inflated(raw, response.headers.get("Content-Encoding", ""), BODY_MOST)
    except FetchFailed as failed:
        raise FetchFailed(failed.kind, response.status) from None


def _read_raw(response: HTTPResponse) -> bytes:
    if (response.length_remaining or 0) > BODY_MOST:
        raise FetchFailed("too_large")
    pieces, length = [], 0
    for piece in response.stream(64 * 1024, decode_content=False):
        length += len(piece)
        if length > BODY_MOST:
            raise FetchFailed("too_large")
        pieces.append(piece)
    return b"".join(pieces)
