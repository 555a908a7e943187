"""CPU and time of public pages at several numbers of rows, in turns, beside a bare view and beside Datasette.

Run on databases that `make_synthetic` filled, the smallest first (docs/benchmarks.md):
.venv/bin/python -m tests.benchmarks.pages URL [URL ...] [--datasette /path/to/datasette] [--rounds 5] [--each 10]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from commitments.management.commands import _server
from tests.benchmarks.serving import Server, datasette, free_port, serving

AFTER_A_WRITE = "list, right after a write"
DATASETTE = "Datasette: same rows and columns, two facets"
FILE = "CSV, each 1,000 rows"
PAST = "a past day"
WRITES = 3
Cost = tuple[float, float]  # milliseconds of CPU and of time, for each request


class Subject:
    """A database with a server, and a process that knows what to ask of it (companion.py)."""

    def __init__(self, url: str, stack: ExitStack, program: str) -> None:
        port, theirs = free_port(), free_port()
        command = _server.command("127.0.0.1", port, workers=1)
        environment = {**_server.ENVIRONMENT, "DATABASE_URL": url}
        self.server: Server = stack.enter_context(serving(command, port, "/healthz", **environment))
        self.companion = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "tests.benchmarks.companion"],
                env={**os.environ, "DATABASE_URL": url},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        )
        stack.callback(self.companion.terminate)
        self.size = self.ask("size")
        self.server.beside = lambda: self.ask("backends")
        self.costs: dict[str, list[Cost]] = {}
        self.peer: Server | None = None
        self.peak = 0.0
        if program:
            copy = self.ask("exported", str(Path(stack.enter_context(tempfile.TemporaryDirectory()), "rows.db")))
            command = datasette(program, copy, theirs)
            self.peer = stack.enter_context(serving(command, theirs, "/-/versions.json"))

    def ask(self, *wish: Any) -> Any:
        assert self.companion.stdin is not None and self.companion.stdout is not None
        self.companion.stdin.write(json.dumps(wish) + "\n")
        self.companion.stdin.flush()
        return json.loads(self.companion.stdout.readline())

    def take(self, each: int, turn: int) -> dict[str, Cost]:
        for address in self.ask("addresses", 1, -turn - 100)["list, beginning"]:
            self.server.ask(address)  # what is kept for all readers of a state is there, as after the first of them
            self.server.ask(f"{address}&band=results")
        found = {name: self.server.measure(several) for name, several in self.ask("addresses", each, turn).items()}
        written = []
        for address in self.ask("addresses", WRITES, -turn - 1)["list, deep"]:
            self.ask("write")
            written.append(self.server.measure([address]))
        found[AFTER_A_WRITE] = (statistics.mean(cost[0] for cost in written), statistics.mean(c[1] for c in written))
        if self.peer:
            found[DATASETTE] = self.peer.measure(self.ask("theirs", each, turn))
        return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("databases", nargs="+")
    parser.add_argument("--datasette", default="")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--each", type=int, default=10)
    asked = parser.parse_args()
    with ExitStack() as stack:
        subjects = [Subject(url, stack, asked.datasette) for url in asked.databases]
        for turn in range(asked.rounds + 1):
            for subject in subjects:
                for name, cost in subject.take(asked.each, turn).items():
                    if turn:  # the first one warms
                        subject.costs.setdefault(name, []).append(cost)
            sys.stderr.write(f"round {turn} of {asked.rounds}\n")
        for subject in subjects:  # last: past days take more memory than all else
            subject.peak = subject.server.peak()
            address, rows = subject.ask("file")
            cpu, wall = subject.server.measure([address])
            subject.costs[FILE] = [(cpu / rows * 1000, wall / rows * 1000)] * asked.rounds
            subject.costs[PAST] = [subject.server.measure([one]) for one in subject.ask("past", asked.rounds)]
        told(subjects)


def told(subjects: list[Subject]) -> None:
    """CPU (and time) at each size, and how many times the CPU of the smallest the largest takes."""
    print("| page | " + " | ".join(subject.size for subject in subjects) + " | growth |")  # noqa: T201
    print("|---" * (len(subjects) + 2) + "|")  # noqa: T201
    for name in subjects[0].costs:
        costs = [
            tuple(statistics.median(column) for column in zip(*subject.costs[name], strict=True))
            for subject in subjects
        ]
        growth = statistics.median(
            last[0] / first[0] for last, first in zip(subjects[-1].costs[name], subjects[0].costs[name], strict=True)
        )
        cells = " | ".join(f"{cpu:.1f} ({wall:.0f})" for cpu, wall in costs)
        print(f"| {name} | {cells} | {growth:.2f} |")  # noqa: T201
    peaks = " | ".join(f"{subject.peak:.0f} MB" for subject in subjects)
    print(f"| largest web process, before past days | {peaks} | |")  # noqa: T201


if __name__ == "__main__":
    main()
