"""CPU and time of public pages at any number of rows, interleaved with a bare view and with Datasette.

Run on a database that `make_synthetic` filled (docs/benchmarks.md):
DATABASE_URL=… .venv/bin/python -m tests.benchmarks.pages [--datasette /path/to/datasette] [--rounds 5] [--each 12]
Every address is asked once only, so that no page comes from the cache.
"""

import argparse
import json
import os
import random
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Max, Min  # noqa: E402

from commitments.catalogue.cursor import Cursor, encode  # noqa: E402
from commitments.models import Commitment, CurrentStanding  # noqa: E402
from tests.benchmarks.serving import datasette, free_port, ours, serving  # noqa: E402

PORT, OTHER_PORT = free_port(), free_port()
FILTERS = {
    "filter status": "status=underway",
    "filter kind": "kind=principle&kind=measure",
    "filter theme": "theme=energy",
    "filter party": "party=UZ",
    "filter evidence": "evidence=none",
    "two filters": "status=completed&confidence=high",
}
ORDERS = {"newest first": "-as_of", "longest unchecked": "last_checked_on", "due soonest": "due_on"}
COLUMN = {"-as_of": "status_as_of", "last_checked_on": "last_checked_on", "due_on": "due_on"}
SHOWN = (
    *("commitment_id", "document__slug", "commitment__code", "kind", "commitment__title_zh", "shown_status"),
    *("momentum", "confidence", "status_as_of", "cited"),
)


def places(number: int, source: random.Random, depth: tuple[float, float]) -> Iterator[CurrentStanding]:
    """Rows somewhere between two depths of the register."""
    ends = CurrentStanding.objects.aggregate(first=Min("pk"), last=Max("pk"))
    span = ends["last"] - ends["first"]
    for _ in range(number):
        start = ends["first"] + int(span * source.uniform(*depth))
        yield CurrentStanding.objects.filter(pk__gte=start).order_by("pk").first()


def addresses(number: int, seed: int) -> dict[str, list[str]]:
    source = random.Random(seed)

    def paged(query: str, depth: tuple[float, float], order: str = "code") -> list[str]:
        found = []
        for row in places(number, source, depth):
            values: tuple = (row.document_id, row.path)
            if order in COLUMN:
                day = getattr(row, COLUMN[order])
                values = (day.isoformat() if day else ("1900-01-01" if order[0] == "-" else "2199-12-31"), *values)
            asked = "&".join(filter(None, [query, f"order={order}" if order != "code" else ""]))
            found.append(f"/commitments/?{asked}&cursor={encode(Cursor(order, False, values))}")
        return found

    found = {"bare view": [f"/healthz?{source.random()}" for _ in range(number)]}
    found["list"] = paged("", (0, 0.1))
    found["list, deep"] = paged("", (0.85, 0.95))
    found |= {name: paged(query, (0, 0.95)) for name, query in FILTERS.items()}
    found |= {name: paged("", (0.1, 0.9), order) for name, order in ORDERS.items()}
    rows = Commitment.objects.filter(pk__in=[row.pk for row in places(number, source, (0, 1))])
    found["detail"] = [f"/commitments/{row.natural_id}/?{source.random()}".partition("?")[0] for row in rows]
    return found


def exported(path: str) -> None:
    """The rows and columns of our list as a table, with an index for each of its facets."""
    with sqlite3.connect(path) as file:
        file.execute(
            "CREATE TABLE commitments (id INTEGER PRIMARY KEY, document, code, kind, title, status, momentum, "
            "confidence, as_of, evidence)"
        )
        marks = ", ".join("?" * len(SHOWN))
        rows = CurrentStanding.objects.order_by("pk").values_list(*SHOWN).iterator(5000)
        file.executemany(f"INSERT INTO commitments VALUES ({marks})", rows)
        for column in ("status", "kind"):
            file.execute(f"CREATE INDEX by_{column} ON commitments ({column})")
        file.execute("ANALYZE")


def theirs(number: int, seed: int) -> list[str]:
    source = random.Random(seed)
    facets = "_facet=status&_facet=kind&_size=20"
    return [f"/rows/commitments?{facets}&_next={row.pk}" for row in places(number, source, (0, 0.95))]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--datasette", default="")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--each", type=int, default=12)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(ours(PORT), PORT, "/healthz") as server:
        measured: dict[str, list[tuple[float, float]]] = {}
        other = None
        if asked.datasette:
            copy = str(Path(folder, "rows.db"))
            exported(copy)
            other = serving(datasette(asked.datasette, copy, OTHER_PORT), OTHER_PORT, "/-/versions.json")
        peer = other.__enter__() if other else None
        for round_ in range(asked.rounds + 1):
            for name, several in addresses(asked.each, round_).items():
                found = server.measure(several)
                if round_:  # the first one warms
                    measured.setdefault(name, []).append(found)
            if peer:
                found = peer.measure(theirs(asked.each, round_))
                if round_:
                    measured.setdefault("Datasette, same rows, two facets", []).append(found)
        if other:
            other.__exit__(None, None, None)
        told(measured, server.peak())


def told(measured: dict[str, list[tuple[float, float]]], peak: float) -> None:
    rows = CurrentStanding.objects.count()
    bare = statistics.median(cpu for cpu, _wall in measured["bare view"])
    print(f"{rows} rows, {connection.vendor}, web process {peak:.0f} MB at most")  # noqa: T201
    for name, several in measured.items():
        cpu, wall = (statistics.median(column) for column in zip(*several, strict=True))
        print(f"| {name} | {cpu:.1f} | {wall:.1f} | {cpu / bare:.1f} |")  # noqa: T201
    print(json.dumps({name: [round(cpu, 2) for cpu, _wall in several] for name, several in measured.items()}))  # noqa: T201


if __name__ == "__main__":
    main()
