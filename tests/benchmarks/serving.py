"""Servers to be measured: each in processes of its own, asked over one connection, its CPU clock read."""

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

CPU_CLOCK = 2  # of another process, in the number of the clock (clock_getcpuclockid)
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`beside`: the processes that work for it and are not its children, as those of PostgreSQL are."""

    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process, self.port = process, port
        self.beside: Callable[[], Iterable[int]] = tuple
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def pids(self) -> list[int]:
        """Its own and those of its children."""
        found = [self.process.pid]
        for pid in found:
            found += [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return found

    def cpu(self) -> dict[int, float]:
        """Seconds since each of its processes began, by the clock that Linux keeps for it."""
        found = {}
        for pid in (*self.pids(), *self.beside()):
            with suppress(OSError):  # it ended meanwhile
                found[pid] = time.clock_gettime((~pid << 3) | CPU_CLOCK)
        return found

    def peak(self) -> float:
        """MB of its largest process."""
        lines = [Path(f"/proc/{pid}/status").read_text() for pid in self.pids()]
        return max(int(text.partition("VmHWM:")[2].split()[0]) for text in lines) / 1000

    def ask(self, address: str) -> int:
        """Bytes of the answer, which must be a good one."""
        self.connection.request("GET", quote(address, safe="/:?=&%-"), headers={"Host": "localhost"})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {address} {body[:300]!r}")
        return len(body)

    def measure(self, addresses: Sequence[str]) -> tuple[float, float]:
        """Milliseconds of CPU and of time for each request."""
        self.connection.close()  # one that was idle may have been ended by the server
        before, start = self.cpu(), time.monotonic()
        for address in addresses:
            self.ask(address)
        wall = time.monotonic() - start
        cpu = sum(seconds - before.get(pid, 0) for pid, seconds in self.cpu().items())
        return cpu / len(addresses) * 1000, wall / len(addresses) * 1000


@contextmanager
def serving(command: Sequence[str], port: int, first: str, **environment: str) -> Iterator[Server]:
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    server = Server(process, port)
    try:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                server.ask(first)
                break
            except (OSError, http.client.HTTPException):
                server.connection.close()
                if time.monotonic() > deadline or process.poll() is not None:
                    raise
                time.sleep(0.3)
        yield server
    finally:
        server.connection.close()
        process.terminate()
        process.wait(20)


def datasette(program: str, database: str, port: int) -> list[str]:
    settings = ["--setting", "suggest_facets", "off", "--setting", "default_page_size", "20"]
    return [program, "serve", "-i", database, "--host", "127.0.0.1", "--port", str(port), *settings]
