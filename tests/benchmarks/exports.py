"""Memory and CPU of the files of the list, as a visitor takes them: `/commitments.csv`, `.xlsx`, `.jsonl`.

Run: .venv/bin/python -m tests.benchmarks.exports [ROWS ...]     10,000 and 100,000 unless said otherwise
The rows are copies of the shipped register in a scratch SQLite database; each file has a process of its own.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import django

FORMATS = ("csv", "xlsx", "jsonl")
IN_ONE = 85  # rows of the register
ROWS = ("10000", "100000")


def measure(folder: Path, rows: tuple[str, ...]) -> None:
    for number in rows:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / number}.sqlite3"
        for word in ("migrate", "seed"):
            subprocess.run([sys.executable, "manage.py", word], check=True, capture_output=True)
        run("enlarge", number)
        for name in FORMATS:
            run(name, str(folder))


def run(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "tests.benchmarks.exports", *words], check=True)


def enlarged(number: int) -> None:
    from django.db import connection, transaction  # noqa: PLC0415 - after the set-up

    from commitments.models import Commitment  # noqa: PLC0415
    from tests.benchmarks.copies import enlarge  # noqa: PLC0415

    with transaction.atomic():
        enlarge(number // IN_ONE - 1)
    connection.cursor().execute("ANALYZE")
    print(f"{Commitment.objects.count()} commitments", flush=True)  # noqa: T201


def written(name: str, folder: Path) -> None:
    from django.test import Client  # noqa: PLC0415

    answer = Client(headers={"host": "localhost"}).get(f"/commitments.{name}")
    assert answer.status_code == 200
    with (folder / f"made.{name}").open("wb") as file:
        size = sum(file.write(piece) for piece in answer.streaming_content)
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = f"{used.ru_utime + used.ru_stime:7.1f} s CPU {used.ru_maxrss / 1024:6.0f} MiB {size / 1e6:6.1f} MB"
    print(f"{name:5} {told}", flush=True)  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    word, *others = *sys.argv[1:], ""
    if word in (*FORMATS, "enlarge"):
        django.setup()
        enlarged(int(others[0])) if word == "enlarge" else written(word, Path(others[0]))
    else:
        with TemporaryDirectory() as scratch:
            measure(Path(scratch), tuple(sys.argv[1:]) or ROWS)
