"""Web servers for the lab: one honest, and those that try to hold a reader for ever or to fill its memory."""

import functools
import gzip
import itertools
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from tests.sources.lab import sites

PAGE = "<!doctype html><title>通知</title><p>双方签署协议。</p>".encode()
MEGA = 1024 * 1024
AT_ONCE = struct.pack("ii", 1, 0)  # a line that is closed is reset
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
Line = socket.socket


def _answer(head: bytes, body: bytes) -> bytes:
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def _moved(url: str, code: int = 302, body: bytes = b"", more: str = "") -> bytes:
    head = f"HTTP/1.1 {code} Moved\r\n{more}Location: ".encode() + url.encode("utf-8", "surrogatepass") + b"\r\n"
    return _answer(head, body)


def _deflated(raw: bool = False) -> bytes:
    engine = zlib.compressobj(wbits=-15 if raw else 15)
    return engine.compress(PAGE) + engine.flush()


def honest(path: str, query: dict[str, str]) -> Iterator[bytes]:
    url = query.get("url", "")
    page = f"<a href='{url}'>x</a>".encode("utf-8", "surrogatepass") + PAGE
    left = int(query.get("left", 0))
    pages = {
        "/to": lambda: [_moved(url, int(query.get("code", 302)))],
        "/hops": lambda: [_moved(f"/hops?left={left - 1}") if left else _answer(OK, PAGE)],
        "/utf8-location": lambda: [_moved("/路径 二")],
        "/refresh": lambda: [_answer(OK + f"Refresh: 0;url={url}\r\n".encode(), page)],
        "/meta": lambda: [_answer(OK, f'<meta http-equiv=refresh content="0;url={url}">'.encode())],
        "/alt-svc": lambda: [_answer(OK + b'Alt-Svc: h2="10.0.0.1:443"; ma=9999\r\n', page)],
        "/link": lambda: [_answer(OK + f"Link: <{url}>; rel=preload\r\n".encode(), page)],
        "/content-location": lambda: [_answer(OK + f"Content-Location: {url}\r\n".encode(), page)],
        "/cookie": lambda: [_moved("/seen-cookie", more="Set-Cookie: a=b; Path=/\r\n")],
        "/base": lambda: [_answer(OK, f'<base href="{url}"><img src="x">'.encode())],
        "/two-locations": lambda: [_moved("/end", more=f"Location: {url}\r\n")],
        "/gzip": lambda: [_answer(OK + b"Content-Encoding: gzip\r\n", gzip.compress(PAGE))],
        "/deflate": lambda: [_answer(OK + b"Content-Encoding: deflate\r\n", _deflated())],
        "/raw-deflate": lambda: [_answer(OK + b"Content-Encoding: deflate\r\n", _deflated(raw=True))],
        "/chunked": lambda: [
            OK,
            b"Transfer-Encoding: chunked\r\n\r\n",
            b"%x;a=b\r\n" % len(PAGE),
            PAGE,
            b"\r\n0\r\n\r\n",
        ],
        "/no-length": lambda: [OK, b"\r\n", PAGE],
        "/large": lambda: [_answer(OK, PAGE + b" " * (9 * MEGA))],
        "/many-headers": lambda: [_answer(OK + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 600) for n in range(90)), PAGE)],
        "/slow": lambda: _dripping([OK, b"\r\n", *(PAGE[n : n + 20] for n in range(0, len(PAGE), 20))], 0.2),
    }
    yield from pages.get(path, lambda: [_answer(OK, PAGE)])()


def _dripping(pieces: Iterator[bytes] | list[bytes], seconds: float) -> Iterator[bytes]:
    for piece in pieces:
        yield piece
        time.sleep(seconds)


def _bytes(data: bytes) -> Iterator[bytes]:
    return (bytes([one]) for one in data)


def _silence() -> Iterator[bytes]:
    time.sleep(120)
    yield b""


@functools.cache
def _bomb(kind: str) -> bytes:
    """A gigabyte of zeros in one megabyte."""
    engine = zlib.compressobj(9, zlib.DEFLATED, 31 if kind == "gzip" else 15)
    return b"".join(engine.compress(bytes(MEGA)) for _ in range(1024)) + engine.flush()


def _head(*lines: bytes) -> bytes:
    return OK + b"".join(line + b"\r\n" for line in lines) + b"\r\n"


ENDLESS = itertools.repeat
HOSTILE: dict[str, Callable[[str], Iterator[bytes] | list[bytes]]] = {
    "hang": lambda host: _silence(),
    "shut": lambda host: [],
    "drip-status": lambda host: _dripping(_bytes(b"HTTP/1.1 200 OK" + b"k" * 300), 0.5),
    "drip-headers": lambda host: itertools.chain([OK], _dripping(ENDLESS(b"X: y\r\n"), 0.5)),
    "drip-body": lambda host: itertools.chain([_head()], _dripping(ENDLESS(b"x"), 0.5)),
    "drip-length": lambda host: itertools.chain([_head(b"Content-Length: 9000000")], _dripping(ENDLESS(b"x"), 0.5)),
    "drip-chunks": lambda host: itertools.chain(
        [_head(b"Transfer-Encoding: chunked")], _dripping(ENDLESS(b"1\r\nx\r\n"), 0.5)
    ),
    "endless-headers": lambda host: itertools.chain([OK], ENDLESS(b"X-Header: value\r\n" * 50)),
    "endless-line": lambda host: itertools.chain([OK, b"X: "], ENDLESS(b"y" * 65536)),
    "fat-headers": lambda host: [OK + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 60_000) for n in range(50)) + b"\r\n"],
    "endless-body": lambda host: itertools.chain([_head()], ENDLESS(b"x" * 65536)),
    "huge-length": lambda host: itertools.chain([_head(b"Content-Length: 99999999999")], ENDLESS(b"x" * 65536)),
    "endless-chunks": lambda host: itertools.chain(
        [_head(b"Transfer-Encoding: chunked")], ENDLESS(b"1\r\nx\r\n" * 9_999)
    ),
    "huge-chunk": lambda host: itertools.chain(
        [_head(b"Transfer-Encoding: chunked"), b"FFFFFFFFFFFFFFFF\r\n"], ENDLESS(b"x" * 65536)
    ),
    "chunk-line": lambda host: itertools.chain([_head(b"Transfer-Encoding: chunked")], ENDLESS(b"0" * 65536)),
    "chunk-negative": lambda host: [_head(b"Transfer-Encoding: chunked"), b"-5\r\nxxxxx\r\n0\r\n\r\n"],
    "endless-trailers": lambda host: itertools.chain(
        [_head(b"Transfer-Encoding: chunked"), b"0\r\n"], ENDLESS(b"X-Trailer: value\r\n" * 999)
    ),
    "gzip-bomb": lambda host: [_answer(OK + b"Content-Encoding: gzip\r\n", _bomb("gzip"))],
    "deflate-bomb": lambda host: [_answer(OK + b"Content-Encoding: deflate\r\n", _bomb("deflate"))],
    "gzip-twice": lambda host: [_answer(OK + b"Content-Encoding: gzip, gzip\r\n", gzip.compress(_bomb("gzip")))],
    "gzip-cut": lambda host: [_answer(OK + b"Content-Encoding: gzip\r\n", gzip.compress(PAGE * 99)[:60])],
    "bomb-302": lambda host: [_moved("http://good.lab.org/", body=_bomb("gzip"), more="Content-Encoding: gzip\r\n")],
    "endless-302": lambda host: itertools.chain(
        [b"HTTP/1.1 302 Found\r\nLocation: http://good.lab.org/\r\n\r\n"], ENDLESS(b"x" * 65536)
    ),
    "loop": lambda host: [_moved(f"http://{host}/")],
    "chain": lambda host: [_moved(f"http://{host}/{time.monotonic_ns()}")],
    "ping": lambda host: [_moved("http://pong.lab.org/")],
    "pong": lambda host: [_moved("http://ping.lab.org/")],
    "slow-loop": lambda host: _dripping([b"", _moved(f"http://{host}/")], 9),
    "endless-100": lambda host: ENDLESS(b"HTTP/1.1 100 Continue\r\n\r\n" * 99),
    "endless-103": lambda host: ENDLESS(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 99),
    "garbage": lambda host: ENDLESS(bytes(range(256)) * 99),
    "old": lambda host: [PAGE],
    "length-negative": lambda host: [_head(b"Content-Length: -5"), PAGE],
    "length-twice": lambda host: [_head(b"Content-Length: 5", b"Content-Length: 50"), PAGE],
    "length-short": lambda host: [_head(b"Content-Length: 5000"), PAGE],
}
HOSTILE_TLS = ("tls-name", "tls-own", "tls-hang", "tls-drip", "tls-garbage", "tls-drip-body")
HOSTILE_NAMES = ("silent", "trouble", "nobody", "stall")


def _read_request(line: Line) -> tuple[str, str]:
    """Host and target."""
    data = b""
    while b"\r\n\r\n" not in data and (piece := line.recv(65536)):
        data += piece
    first, *headers = data.decode("latin-1").split("\r\n")
    host = next((header[5:].strip() for header in headers if header.lower().startswith("host:")), "")
    return host.lower(), (first.split(" ") + ["", ""])[1]


def _converse(line: Line) -> None:
    host, target = _read_request(line)
    kind = sites.kind_of(host)
    if kind == "reset":
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        return
    if kind in sites.OWN_HOSTS:
        pieces = sites.pieces(host, target)
    elif kind in HOSTILE:
        pieces = HOSTILE[kind](host)
    elif kind == "tls-drip-body":
        pieces = HOSTILE["drip-body"](host)
    else:
        parts = urlsplit(target)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        pieces = honest(unquote(parts.path), query)
    for piece in pieces:
        line.sendall(piece)


class Tls:
    """What happens on port 443 is decided by the name in the client's first message."""

    def __init__(self, folder: Path) -> None:
        self.contexts = {name: self._context(folder, name) for name in ("good", "other", "own")}
        self.contexts["good"].sni_callback = self._choose

    @staticmethod
    def _context(folder: Path, name: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
        return context

    def _choose(self, line: ssl.SSLSocket, name: str | None, _: ssl.SSLContext) -> None:
        kind = sites.kind_of(name or "")
        if kind == "tls-hang":
            time.sleep(120)
        chosen = {"tls-name": "other", "tls-own": "own"}.get(kind, "good")
        line.context = self.contexts[chosen]

    def meet(self, line: Line) -> Line:
        hello = line.recv(4096, socket.MSG_PEEK)
        if b"tls-drip.lab.org" in hello:
            for one in _dripping(_bytes(b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xf0" + bytes(999)), 0.5):
                line.sendall(one)
        if b"tls-garbage.lab.org" in hello:
            line.sendall(b"SSH-2.0-x\r\n" * 999)
        return self.contexts["good"].wrap_socket(line, server_side=True)


def _attend(line: Line, tls: Tls | None) -> None:
    try:
        with line, tls.meet(line) if tls else line as met:
            _converse(met)
    except (OSError, ValueError):
        return  # the reader has left


def prepare() -> None:
    """Before the clock of any reader runs."""
    for kind in ("gzip", "deflate"):
        _bomb(kind)


def listen(port: int, tls: Tls | None = None) -> None:
    for family, everywhere in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
        door = socket.socket(family, socket.SOCK_STREAM)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            door.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        door.bind((everywhere, port))
        door.listen(512)
        threading.Thread(target=_accept, args=(door, tls), daemon=True).start()


def _accept(door: Line, tls: Tls | None) -> None:
    while True:
        line, _ = door.accept()
        threading.Thread(target=_attend, args=(line, tls), daemon=True).start()
