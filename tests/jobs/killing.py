"""SIGKILL at random moments: a child of the worker, the whole worker, who asks; the broker emptied between.

    .venv/bin/python -m tests.jobs.killing --kills 100 [--broker redis://127.0.0.1:6379/9] [--control]

Counts jobs lost, effects doubled, rows without their file, files without a row before and after the sweep, and the
seconds until everything asked for was done after the last kill. The
control leaves effects outside the transaction that finishes the job: it must find doubled ones.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
LEASE = 10  # tests/jobs/settings.py


class Site:
    """A worker with beat and a process that asks, over an SQLite file of their own."""

    def __init__(self, folder: Path, broker: str, control: bool = False) -> None:
        self.file = folder / "jobs.sqlite3"
        self.broker = broker
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.jobs.settings",
            "DATABASE_URL": f"sqlite:///{self.file}",
            "JOBS_QUEUE": f"jobs-{os.getpid()}-{random.randrange(10**6)}",
            "CELERY_BROKER_URL": broker,
        }
        if control:
            self.environment["JOBS_CONTROL"] = "1"
        self.log = (folder / "log").open("ab")
        self.asked = 0
        self.run("migrate", "-v0")
        self.run("shell", "-v0", "-c", "from tests.factories import make_evidence; make_evidence()")
        self.sql("UPDATE django_celery_beat_intervalschedule SET every = 1")
        self.sql("UPDATE django_celery_beat_periodictask SET expire_seconds = 10 WHERE name = 'sweep'")
        self.worker, self.asker = self.start_worker(), self.start_asker()

    def run(self, *words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=HOUSE, env=self.environment, check=True, stdout=subprocess.PIPE, stderr=self.log
        )
        return done.stdout.decode()

    def files(self) -> dict[str, int]:
        """After all is done: what a verification finds, and what it finds after its sweep."""
        script = (
            "from datetime import timedelta; import json; from commitments.actions import captures as c;"
            "c.YOUNG = timedelta(0); first, then = c.verify_files(sweep=True), c.verify_files();"
            "print(json.dumps({'kept': first.checked, 'rows_without_file': len(first.missing + first.damaged),"
            "'files_without_row': len(first.stray), 'files_without_row_after_the_sweep': len(then.stray),"
            "'rows_without_file_after_the_sweep': len(then.missing + then.damaged)}))"
        )
        return json.loads(self.run("shell", "-v0", "-c", script))

    def sql(self, statement: str) -> list[tuple]:
        with sqlite3.connect(self.file, timeout=30) as connection:
            rows = connection.execute(statement).fetchall()
        connection.close()
        return rows

    def _popen(self, *command: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=HOUSE,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def start_worker(self) -> subprocess.Popen:
        return self._popen("manage.py", "worker", "--beat", "--concurrency", "2")

    def start_asker(self) -> subprocess.Popen:
        self.asked += 10_000
        script = f"from tests.jobs.asking import ask; ask({self.asked})"
        return self._popen("manage.py", "shell", "-v0", "-c", script)

    def children(self) -> list[int]:
        """Its beat and its pool, once they are there."""
        deadline = time.monotonic() + 60  # a worker that ends may take its time
        while time.monotonic() < deadline:
            listed = subprocess.run(["pgrep", "-P", str(self.worker.pid)], capture_output=True, text=True)
            if found := [int(pid) for pid in listed.stdout.split()]:
                return found
            self.tend(0.1)
        return []

    def kill(self, victim: str) -> str:
        """What dies is started again, as `serve` does for its worker."""
        if victim == "child":
            with contextlib.suppress(ProcessLookupError):
                os.kill(random.choice(self.children()), signal.SIGKILL)
        elif victim == "asker":
            self.asker.kill()
            self.asker.wait()
            self.asker = self.start_asker()
        else:
            self.worker.kill()
            self.worker.wait()
            self.end_group()
            self.worker = self.start_worker()
        return victim

    def tend(self, seconds: float) -> None:
        """As `serve` does: a worker that has ended of itself is started again."""
        time.sleep(seconds)
        if self.worker.poll() is not None:
            self.end_group()
            self.worker = self.start_worker()

    def end_group(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.worker.pid, signal.SIGKILL)

    def empty_broker(self) -> None:
        if self.broker.startswith("redis"):
            number = self.broker.rpartition("/")[2]
            subprocess.run(["redis-cli", "-n", number, "FLUSHDB"], check=True, stdout=self.log)
        elif self.broker.startswith("filesystem"):
            for file in self.file.with_name("jobs-broker").glob("*.msg"):
                file.unlink(missing_ok=True)

    def states(self) -> Counter:
        return Counter(
            dict(self.sql("SELECT state, count(*) FROM commitments_job WHERE kind = 'tried' GROUP BY state"))
        )

    def stop(self) -> None:
        self.asker.kill()
        self.worker.terminate()
        try:
            self.worker.wait(15)
        except subprocess.TimeoutExpired:
            self.worker.kill()
        self.end_group()
        self.worker.wait()
        self.asker.wait()
        self.log.close()


def trial(kills: int, broker: str, control: bool = False) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), broker, control)
        try:
            return _trial(site, kills)
        finally:
            site.stop()


def _trial(site: Site, kills: int) -> dict:
    killed: Counter = Counter()
    while not site.states()["done"]:
        site.tend(0.2)
    for number in range(kills):
        site.tend(random.uniform(0.2, 2.2))
        killed[site.kill(random.choice(["child", "child", "worker", "asker"]))] += 1
        if number % 5 == 4:
            site.empty_broker()
            killed["broker emptied"] += 1
    site.asker.kill()
    seconds = _until_done(site)
    before = site.sql("SELECT count(*) FROM commitments_theme")
    _ring_late(site)
    return {
        "broker": site.broker.partition("://")[0],
        "killed": dict(killed),
        "asked": site.sql("SELECT count(*) FROM commitments_theme WHERE slug LIKE 'asked-%'")[0][0],
        "states": dict(site.states()),
        **_compared(site),
        "tried_more_than_once": site.sql("SELECT count(*) FROM commitments_job WHERE attempts > 1")[0][0],
        **site.files(),
        "effects_of_late_rings": site.sql("SELECT count(*) FROM commitments_theme")[0][0] - before[0][0],
        "seconds_until_done": round(seconds, 1),
        "twice_the_lease": 2 * LEASE,
    }


def _until_done(site: Site) -> float:
    start = time.monotonic()
    while (states := site.states())["queued"] + states["running"] and time.monotonic() - start < 20 * LEASE:
        site.tend(0.1)
    return time.monotonic() - start


def _ring_late(site: Site) -> None:
    script = "from commitments.actions.doorbell import ring; ring(20)"
    site.run("shell", "-v0", "-c", script)
    time.sleep(3)


def _compared(site: Site) -> dict[str, int]:
    """Each row that was asked for against the themes that its job left."""
    slugs = [slug.split("-") for (slug,) in site.sql("SELECT slug FROM commitments_theme")]
    asked = {number for mark, number, *_ in slugs if mark == "asked"}
    left = Counter(number for mark, number, *_ in slugs if mark == "effect")
    states = dict(site.sql("SELECT subject, state FROM commitments_job WHERE kind = 'tried'"))
    done = {number for number in asked if states.get(number) == "done"}
    return {
        "lost": sum(states.get(number) not in ("done", "needs_person") for number in asked),
        "done_without_effect": sum(left[number] == 0 for number in done),
        "doubled": sum(count > 1 for count in left.values()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--broker", default="filesystem://localhost")
    parser.add_argument("--control", action="store_true")
    given = parser.parse_args()
    print(json.dumps(trial(given.kills, given.broker, given.control), ensure_ascii=False, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
