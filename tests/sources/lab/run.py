"""Run inside the lab's network: `python -m tests.sources.lab.run PART`; prints what happened as JSON."""

import functools
import json
import os
import resource
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest import mock

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

from commitments.sources import fetch as fetching
from commitments.sources.fetch import FetchFailed, FetchRefused, fetch
from tests.sources.lab import corpus, names, namespace, servers


def outcome(url: str) -> dict[str, Any]:
    start = time.monotonic()
    try:
        result = fetch(url)
        said = {"end": "answer", "kind": str(result.status), "body": len(result.body), "hops": len(result.redirects)}
    except FetchRefused as refused:
        said = {"end": "refused", "kind": refused.kind.value}
    except FetchFailed as failed:
        said = {"end": "failed", "kind": failed.kind.value}
    except Exception as error:
        said = {"end": "broke", "kind": repr(error)}
    return {"url": url, "seconds": time.monotonic() - start, **said}


def all_of(urls: list[str], listener: namespace.Listener) -> dict[str, Any]:
    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(outcome, urls))
    time.sleep(0.5)  # what is still on the wire
    return {"outcomes": outcomes, "connections": listener.seen}


def unguarded(urls: list[str], listener: namespace.Listener) -> dict[str, Any]:
    """The same with the judgement of addresses and ports switched off."""
    every_port = range(65536)
    judge = mock.patch("commitments.sources.names.is_public", return_value=True)
    with judge, mock.patch.object(fetching, "PORTS", every_port):
        return all_of(urls, listener)


def rebound(listener: namespace.Listener) -> dict[str, Any]:
    """Names that change their answer, asked once for the judgement and once more for the connection."""
    outcomes = []
    for inner in corpus.INNER:
        host = f"rebind-{inner.replace('.', '-')}.lab.org"
        again = functools.partial(_connect_by_name, host)
        with mock.patch.object(fetching, "connect", again):
            outcomes.append(outcome(f"http://{host}/"))
    time.sleep(0.5)
    return {"outcomes": outcomes, "connections": listener.seen}


def _connect_by_name(host: str, ips: list[Any], port: int, deadline: Any) -> socket.socket:
    return socket.create_connection((host, port))


def hostile(listener: namespace.Listener) -> dict[str, Any]:
    """Each in a process of its own, so that its memory is its own."""
    fetch("https://good.lab.org/")  # loads what every fetch needs
    urls = [f"http://{kind}.lab.org/" for kind in (*servers.HOSTILE, *servers.HOSTILE_NAMES)]
    urls += [f"https://{kind}.lab.org/" for kind in servers.HOSTILE_TLS]
    with ThreadPoolExecutor(len(urls)) as pool:
        return {"outcomes": list(pool.map(_apart, urls)), "connections": listener.seen}


def _apart(url: str) -> dict[str, Any]:
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        said = outcome(url)
        said["kib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        os.write(writing, json.dumps(said).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = json.loads(pipe.read())
    os.waitpid(child, 0)
    return said


PARTS: dict[str, Callable[[namespace.Listener], dict[str, Any]]] = {
    "corpus": lambda listener: all_of(corpus.direct() + corpus.redirected(), listener),
    "unguarded": lambda listener: unguarded(corpus.direct() + corpus.redirected(), listener),
    "rebound": rebound,
    "honest": lambda listener: all_of(list(corpus.HONEST), listener),
    "hostile": hostile,
}


def main(part: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        namespace.certificates(folder)
        namespace.set_up(folder)
        if part == "hostile":
            servers.prepare()
        if (child := os.fork()) == 0:  # the servers' memory and time are not the reader's
            names.start(namespace.RESOLVER)
            servers.listen(80)
            servers.listen(443, servers.Tls(folder))
            time.sleep(200)
            os._exit(0)
        try:
            time.sleep(1)
            sys.stdout.write(json.dumps(PARTS[part](namespace.Listener())))
            sys.stdout.flush()
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


if __name__ == "__main__":
    main(sys.argv[1])
