"""A name server for the lab: every name under lab.org says in its first label what it answers."""

import ipaddress
import itertools
import socket
import struct
import threading

from tests.sources.lab.corpus import PUBLIC, PUBLIC_6
from tests.sources.lab.sites import kind_of

A, AAAA, CNAME = 1, 28, 5
NO_SUCH_NAME, TROUBLE = 3, 2
_asked: dict[tuple[str, int], itertools.count] = {}


def answers(name: str, kind: int) -> list[tuple[int, bytes]] | int | None:
    """Records, or an error code, or None for no answer at all."""
    first, _, rest = name.partition(".")
    if rest != "lab.org" and not name.endswith(".lab.org"):
        return NO_SUCH_NAME
    if (trouble := kind_of(name)) in ("silent", "trouble", "nobody"):
        return {"silent": None, "trouble": TROUBLE, "nobody": NO_SUCH_NAME}[trouble]
    way, _, value = first.partition("-")
    dotted = value.replace("-", ".")
    if way == "rebind" and kind != A:
        return []  # counted once for each time that it is resolved
    makers = {
        "v4": lambda: [_a(dotted)],
        "both": lambda: [_a(PUBLIC), _a(dotted)],
        "last": lambda: [_a(f"93.184.216.{n}") for n in range(40, 60)] + [_a(dotted)],
        "rebind": lambda: [_a(PUBLIC if next(_asked.setdefault((name, A), itertools.count())) % 2 == 0 else dotted)],
        "mapped": lambda: [_aaaa(f"::ffff:{dotted}")],
        "nat64": lambda: [_aaaa(f"64:ff9b::{dotted}")],
        "v6": lambda: [(AAAA, bytes.fromhex(value))],
        "six": lambda: [_aaaa(PUBLIC_6)],
        "many": lambda: [_a(f"93.184.216.{n}") for n in range(40, 44)] + [_aaaa(PUBLIC_6)],
        "stall": lambda: [_a("45.9.9.9")],
        "unreached": lambda: [_a("44.4.4.4")],
        "inner": lambda: [_a("10.0.0.1")],
        "cname": lambda: [(CNAME, _wire("good.lab.org" if value == "public" else f"v4-{value}.lab.org"))],
    }
    records = makers.get(way, lambda: [_a(PUBLIC)])()
    if way == "cname":
        records.append(_a(PUBLIC if value == "public" else dotted))
    return [record for record in records if record[0] in (kind, CNAME)]


def _a(text: str) -> tuple[int, bytes]:
    return A, ipaddress.IPv4Address(text).packed


def _aaaa(text: str) -> tuple[int, bytes]:
    return AAAA, ipaddress.IPv6Address(text).packed


def _wire(name: str) -> bytes:
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def _reply(query: bytes) -> bytes | None:
    labels, place = [], 12
    while length := query[place]:
        labels.append(query[place + 1 : place + 1 + length].decode("latin-1"))
        place += length + 1
    (kind,) = struct.unpack("!H", query[place + 1 : place + 3])
    question = query[12 : place + 5]
    found = answers(".".join(labels).lower(), kind)
    if found is None:
        return None
    records = found if isinstance(found, list) else []
    flags = 0x8180 | (found if isinstance(found, int) else 0)
    owner = b"\xc0\x0c"
    body = b""
    for record_kind, data in records:
        body += owner + struct.pack("!HHIH", record_kind, 1, 0, len(data)) + data
        if record_kind == CNAME:
            owner = data
    return query[:2] + struct.pack("!HHHHH", flags, 1, len(records), 0, 0) + question + body


def serve(line: socket.socket) -> None:
    while True:
        query, sender = line.recvfrom(4096)
        if (reply := _reply(query)) is not None:
            line.sendto(reply, sender)


def start(address: str) -> None:
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.bind((address, 53))
    threading.Thread(target=serve, args=(line,), daemon=True).start()
