"""A web of many sites for whole rounds of visits: for each kind of link what becomes of it, and its right verdict.

Most kinds are a path on `site-<n>.lab.org`, so that a host has links of many kinds; others are a host of their own.
"""

import itertools
import json
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from commitments.choices import LinkVerdict
from tests.sources.answers import PAGE

Pieces = Iterator[bytes] | list[bytes]
BODY = PAGE.encode()
HTML = b"Content-Type: text/html; charset=utf-8\r\n"
DRIP = 0.25


@dataclass(frozen=True)
class Kind:
    """`share`: links of a thousand. `url`: with {site}, {other} (another site) and {n}.

    `before`: what is known when the round begins: nothing; "same", a copy of the page that is still there; "other", a
    copy of another text; "gone", two failures, the first of them 80 hours ago.
    """

    share: int
    verdict: LinkVerdict
    url: str
    before: str = ""


def _on_site(share: int, verdict: LinkVerdict, path: str, before: str = "") -> Kind:
    return Kind(share, verdict, f"http://site-{{site}}.lab.org/{path}/{{n}}?to=site-{{other}}.lab.org", before)


def _host(share: int, verdict: LinkVerdict, name: str, before: str = "", scheme: str = "http") -> Kind:
    return Kind(share, verdict, f"{scheme}://{name}-{{site}}.lab.org/{{n}}", before)


OK, FOR_NOW, REFUSED = LinkVerdict.OK, LinkVerdict.TEMPORARY, LinkVerdict.REFUSED
DEAD, MOVED, NOT_ASKED = LinkVerdict.DEAD, LinkVerdict.MOVED, LinkVerdict.NOT_ASKED
KINDS: dict[str, Kind] = {
    "well": _on_site(440, OK, "page", "same"),
    "well over TLS": Kind(100, OK, "https://site-{site}.lab.org/page/{n}", "same"),
    "new": _on_site(4, OK, "page"),
    "changed": _on_site(6, LinkVerdict.CHANGED, "page", "other"),
    "moved for good": _on_site(60, MOVED, "301", "same"),
    "moved, and moved on": _on_site(10, MOVED, "308", "same"),
    "led on for now": _on_site(40, OK, "302", "same"),
    "led to a private address": _on_site(6, NOT_ASKED, "inside"),
    "led in circles": _on_site(6, FOR_NOW, "circle"),
    "slow": _on_site(4, OK, "slow", "same"),
    "gone for the first time": _on_site(40, FOR_NOW, "404"),
    "gone for three days": _on_site(40, DEAD, "404", "gone"),
    "given up": _on_site(20, DEAD, "410", "gone"),
    "401": _on_site(6, REFUSED, "401"),
    "403": _on_site(50, REFUSED, "403"),
    "451": _on_site(4, REFUSED, "451"),
    "wall 412": _on_site(10, REFUSED, "412"),
    "wall 521": _on_site(6, REFUSED, "521"),
    "429": _on_site(20, FOR_NOW, "429"),
    "500": _on_site(20, FOR_NOW, "500"),
    "503 after two that were gone": _on_site(10, FOR_NOW, "503", "gone"),
    "too large": _on_site(4, OK, "large"),
    "cut short": _on_site(6, FOR_NOW, "cut"),
    "shut without a word": _on_site(6, FOR_NOW, "shut"),
    "closed to robots": _host(30, LinkVerdict.BLOCKS_ROBOTS, "closed"),
    "connection reset": _host(10, FOR_NOW, "reset"),
    "certificate of another": _host(10, FOR_NOW, "tls-name", scheme="https"),
    "certificate of nobody": _host(6, FOR_NOW, "tls-own", scheme="https"),
    "no such name": _host(10, FOR_NOW, "nobody"),
    "no such name for three days": _host(8, DEAD, "nobody", "gone"),
    "name service in trouble": _host(4, FOR_NOW, "trouble"),
    "no way there": _host(3, FOR_NOW, "unreached"),
    "a private address": _host(6, NOT_ASKED, "inner"),
    "silence": _host(1, FOR_NOW, "hang"),
}
OWN_HOSTS = ("site", "closed", "reset", "tally")


def kind_of(host: str) -> str:
    """tls-name-17.lab.org -> tls-name"""
    return re.sub(r"-\d+$", "", host.partition(".")[0])


class Tally:
    """Connections of each host, as its server sees them: at the same time, and in all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.open: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self.beyond_robots = 0  # pages asked for at hosts that are closed to robots

    def begin(self, host: str, path: str) -> None:
        with self._lock:
            self.asked[host] += 1
            self.open[host] += 1
            self.most[host] = max(self.most[host], self.open[host])
            self.beyond_robots += host.startswith("closed-") and path != "/robots.txt"

    def end(self, host: str) -> None:
        with self._lock:
            self.open[host] -= 1

    def told(self) -> dict[str, int]:
        with self._lock:
            at_once = max((most for host, most in self.most.items() if not host.startswith("tally")), default=0)
            return {
                "hosts": len(self.asked),
                "connections": sum(self.asked.values()),
                "most_at_one_host_at_once": at_once,
                "beyond_robots": self.beyond_robots,
            }


tally = Tally()


def pieces(host: str, target: str) -> Iterator[bytes]:
    """What the server of this host says; its visit ends with the last piece, which the visitor waits for."""
    path = urlsplit(target).path
    tally.begin(host, path)
    ended = False
    try:
        waiting: bytes | None = None
        for piece in _said(host, path, urlsplit(target).query.removeprefix("to=")):
            if waiting is not None:
                yield waiting
            waiting = piece
        tally.end(host)
        ended = True
        if waiting is not None:
            yield waiting
    finally:
        if not ended:
            tally.end(host)


def _said(host: str, path: str, to: str) -> Pieces:
    if host.startswith("tally"):
        return [_answer("200 OK", json.dumps(tally.told()).encode())]
    if path == "/robots.txt":
        return [_answer("200 OK", b"User-agent: *\nDisallow: /")] if host.startswith("closed-") else [_answer("404 No")]
    first = path.split("/")[1]
    if first == "page":
        return [_answer("200 OK", BODY)]
    if first == "slow":
        return _dripping(_answer("200 OK", BODY))
    if first in ("301", "302"):
        return [_led(first, f"http://{to}/page/1")]
    if first == "308":
        return [_led(first, f"http://{to}/301/1?to={host}")]
    others = {
        "inside": lambda: [_led("302", "http://10.0.0.1/")],
        "circle": lambda: [_led("302", path)],
        "large": lambda: [b"HTTP/1.1 200 OK\r\n" + HTML + b"Content-Length: 99999999\r\n\r\n", bytes(65536)],
        "cut": lambda: [b"HTTP/1.1 200 OK\r\n" + HTML + b"Content-Length: 99999\r\n\r\n" + BODY],
        "shut": lambda: [],
    }
    return others.get(first, lambda: [_answer(f"{first} Said", "不在此处".encode())])()


def _answer(status: str, body: bytes = b"") -> bytes:
    return f"HTTP/1.1 {status}\r\n".encode() + HTML + b"Content-Length: %d\r\n\r\n" % len(body) + body


def _led(status: str, to: str) -> bytes:
    return f"HTTP/1.1 {status} On\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


def _dripping(whole: bytes) -> Iterator[bytes]:
    for start in range(0, len(whole), 300):
        time.sleep(DRIP)
        yield whole[start : start + 300]


def links(count: int) -> list[tuple[str, str]]:
    """(kind, address) of so many links, the kinds by their shares and mixed, each host with about four of them."""
    wanted = {name: max(1, round(kind.share * count / 1000)) for name, kind in KINDS.items()}
    wanted["well"] += count - sum(wanted.values())
    sites = max(2, count // 4)
    rows = list(itertools.chain.from_iterable([name] * number for name, number in wanted.items()))
    step = next(n for n in range(max(1, len(rows) * 5 // 8), 2 * len(rows) + 9) if _is_coprime(n, len(rows)))
    mixed = [rows[n * step % len(rows)] for n in range(len(rows))]
    return [
        (name, KINDS[name].url.format(site=n % sites, other=(n * 7 + 1) % sites, n=n)) for n, name in enumerate(mixed)
    ]


def _is_coprime(a: int, b: int) -> bool:
    while b:
        a, b = b, a % b
    return a == 1
