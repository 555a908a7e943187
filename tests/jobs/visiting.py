"""A round of visits to many links, by real workers over Redis, in a network where every site is ours and misbehaves.

    .venv/bin/python -m tests.jobs.visiting --links 10000 --workers 4 [--database postgres://...?host=/a/socket]

Needs `unshare` and `redis-server`. Prints how many verdicts are right, the connections that one host saw at the same
time, links per second, and the memory of the workers on the way; tests/sources/lab/sites.py has the kinds of links.
"""

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import django

from tests.sources.lab import namespace, sites

HOUSE = Path(__file__).resolve().parents[2]
EVERY = 1.0  # seconds between two looks
LONGEST = 3600


def trial(links: int, workers: int, database: str = "") -> dict[str, Any]:
    """In a network of its own; raises where this machine does not let us make one, or the trial breaks."""
    words = ["--inside", "--links", str(links), "--workers", str(workers), "--database", database]
    command = [*(namespace.way_in() or []), sys.executable, "-m", "tests.jobs.visiting", *words]
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, timeout=LONGEST + 600)
    if done.returncode:
        raise RuntimeError(done.stderr.decode()[-5000:])
    return json.loads(done.stdout)


def inside(links: int, workers: int, database: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name, ExitStack() as running:
        folder = Path(name)
        _set_up(folder, database)
        running.enter_context(_web(folder))
        log = running.enter_context((folder / "log").open("ab"))
        redis = ["redis-server", "--port", "6379", "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        running.enter_context(_process(redis, log))
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=HOUSE, check=True, stdout=sys.stderr)
        django.setup()
        # Models can only be loaded now that the settings know this database.
        from tests.jobs import round_of_visits  # noqa: PLC0415

        expected = round_of_visits.plant(links)
        with _workers(workers, log) as tend:
            tree = _tree(working_under=os.getpid())
            watched = _watch(tree, links, round_of_visits.counts, tend)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return {
            "links": links,
            "workers": workers,
            **watched,
            "cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
            **round_of_visits.compared(expected),
            **_told_by_the_web(),
        }


def _set_up(folder: Path, database: str) -> None:
    namespace.certificates(folder)
    namespace.set_up(folder)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "DATABASE_URL": database or f"sqlite:///{folder}/visits.sqlite3",
        "TRACKER_FILES": str(folder / "files"),
        "TRACKER_FETCH": "on",
        "TRACKER_CONTROL_URLS": "http://good.lab.org/",
        "CELERY_BROKER_URL": "redis://127.0.0.1:6379/9",
        "SECRET_KEY": "visits",
    }


@contextmanager
def _web(folder: Path) -> Iterator[None]:
    """Name server and web servers in a process of their own."""
    from tests.sources.lab import names, servers  # noqa: PLC0415

    if (child := os.fork()) == 0:
        resource.setrlimit(resource.RLIMIT_NOFILE, (8192, 8192))
        names.start(namespace.RESOLVER)
        servers.listen(80)
        servers.listen(443, servers.Tls(folder))
        signal.pause()
        os._exit(0)
    time.sleep(1)
    try:
        yield
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


@contextmanager
def _process(command: list[str], log: Any) -> Iterator[None]:
    quiet = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
    running = subprocess.Popen(command, cwd=HOUSE, **quiet)
    try:
        yield
    finally:
        running.terminate()
        try:
            running.wait(60)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


@contextmanager
def _workers(count: int, log: Any) -> Iterator[Callable[[], None]]:
    """One that has ended of itself is started again, as `serve` does."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
    command = [sys.executable, "manage.py", "worker"]
    commands = [[*command, "--beat"], *[command] * (count - 1)]
    running = [subprocess.Popen(words, cwd=HOUSE, **quiet) for words in commands]

    def tend() -> None:
        for number, one in enumerate(running):
            if one.poll() is not None:
                running[number] = subprocess.Popen(commands[number], cwd=HOUSE, **quiet)

    try:
        yield tend
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(120)


def _tree(working_under: int) -> Callable[[], list[int]]:
    """The workers and their children, as they are at each call."""

    def found() -> list[int]:
        listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
        rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
        its = {int(pid) for pid, parent, words in rows if parent == str(working_under) and "manage.py worker" in words}
        return [*its, *(int(pid) for pid, parent, _words in rows if int(parent) in its)]

    return found


def _watch(
    tree: Callable[[], list[int]], links: int, counts: Callable[[], Counter], tend: Callable[[], None]
) -> dict[str, Any]:
    """Until nothing is open; the memory that is theirs alone, at each tenth of the links."""
    start, first, memory, peak = time.monotonic(), 0.0, {}, 0.0
    while time.monotonic() - start < LONGEST:
        states = counts()
        done = states["done"]
        first = first or (time.monotonic() if done else 0.0)
        now = sum(_mebibytes(pid) for pid in tree())
        peak = max(peak, now)
        memory[f"{done * 10 // links * 10} %"] = round(now, 1)
        if not states["queued"] + states["running"]:
            break
        tend()
        time.sleep(EVERY)
    seconds = time.monotonic() - (first or start)
    return {
        "seconds": round(seconds, 1),
        "links_per_second": round(links / seconds, 2),
        "jobs": dict(states),
        "memory_mib": memory,
        "memory_mib_peak": round(peak, 1),
    }


def _mebibytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _told_by_the_web() -> dict[str, Any]:
    asked = urllib.request.Request("http://93.184.216.34/", headers={"Host": "tally.lab.org"})
    with urllib.request.urlopen(asked) as answer:
        return json.load(answer)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--links", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--database", default="")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    found = (inside if given.inside else trial)(given.links, given.workers, given.database)
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    assert sites.KINDS
    main()
