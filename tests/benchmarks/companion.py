"""Beside a server that is measured: says what to ask of its register, and writes into it.

A process for each database. Each line that it reads is a wish as JSON, each line that it writes the answer.
"""

import json
import os
import random
import sqlite3
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402 — after setup
from django.db import connection  # noqa: E402
from django.db.models import Max, Min  # noqa: E402

from commitments.actions.checks import check_unchanged  # noqa: E402
from commitments.catalogue.cursor import Cursor, encode  # noqa: E402
from commitments.choices import Status  # noqa: E402
from commitments.models import Commitment, CurrentStanding, Evidence, SearchRow, SourceDocument  # noqa: E402
from commitments.rules.review import Role  # noqa: E402
from commitments.text.bigrams import FIELD  # noqa: E402
from commitments.text.folding import IS_HAN  # noqa: E402

FILTERS = (
    *("status=underway", "band=results", "momentum=unchecked", "kind=measure", "verifiability=partly"),
    *("confidence=high", "theme=energy", "party=MN", "evidence=none", "due_after=2026-01-01"),
    *("assessed_before=2026-01-01", "checked_before=2026-01-01", "status=completed&confidence=high"),
)
ORDERS = {"-as_of": "status_as_of", "last_checked_on": "last_checked_on", "due_on": "due_on"}
NEVER = {"-as_of": "1900-01-01", "last_checked_on": "2199-12-31", "due_on": "2199-12-31"}
SHOWN = (
    *("commitment_id", "document__slug", "commitment__code", "kind", "commitment__title_zh", "shown_status"),
    *("momentum", "confidence", "status_as_of", "cited"),
)
Addresses = dict[str, list[str]]


def some(number: int, source: random.Random, depth: tuple[float, float]) -> Iterator[CurrentStanding]:
    """Rows somewhere between two depths of the register."""
    ends = CurrentStanding.objects.aggregate(first=Min("pk"), last=Max("pk"))
    span = ends["last"] - ends["first"]
    for _ in range(number):
        start = ends["first"] + int(span * source.uniform(*depth))
        yield CurrentStanding.objects.filter(pk__gte=start).order_by("pk").first()


def paged(query: str, rows: Iterator[CurrentStanding], order: str = "code") -> list[str]:
    """Pages that begin after these rows."""
    found = []
    for row in rows:
        values: tuple = (row.document_id, row.path)
        if order != "code":
            day = getattr(row, ORDERS[order])
            values = (day.isoformat() if day else NEVER[order], *values)
        asked = "&".join(filter(None, [query, f"order={order}" if order != "code" else ""]))
        found.append(f"/commitments/?{asked}&cursor={encode(Cursor(order, False, values))}")
    return found


def addresses(number: int, seed: int) -> Addresses:
    """Each is asked once only, so that no page comes from the page cache."""
    source = random.Random(seed)
    found = {
        "bare view": [f"/healthz?{source.random()}" for _ in range(number)],
        "list, beginning": paged("", some(number, source, (0, 0.1))),
        "list, deep": paged("", some(number, source, (0.85, 0.95))),
    }
    found |= {f"`{query}`": paged(query, some(number, source, (0, 0.9))) for query in FILTERS}
    found |= {f"`order={order}`": paged("", some(number, source, (0.1, 0.9)), order) for order in ORDERS}
    slug = next(some(1, random.Random(1), (0, 1))).document.slug
    found["one source, its pages"] = paged(f"document={slug}", some(number, source, (0, 1)))
    found["one source"] = [
        f"/commitments/?document={row.document.slug}&page_size={source.randrange(15, 25)}"
        for row in some(number, source, (0, 1))
    ]
    found["one proposal"] = [
        f"/commitments/?ancestor={row.document.slug}/{row.commitment.code.partition('.')[0]}"
        for row in some(number, source, (0, 1))
    ]
    rows = Commitment.objects.filter(pk__in=[row.pk for row in some(number, source, (0, 1))])
    found["one commitment"] = [f"/commitments/{row.natural_id}/" for row in rows.select_related("document")]
    found["search, page"] = [f"/commitments/?q={quote(q)}" for q in questions(number, source)]
    found["suggestions"] = [f"/commitments/suggest/?q={quote(q[:2])}" for q in questions(number, source)]
    codes = Evidence.objects.order_by("pk")
    last = codes.aggregate(last=Max("pk"))["last"]
    found["evidence"] = [
        f"/evidence/?order=code&cursor={encode(Cursor('code', False, (_code(source.randrange(last)),)))}"
        for _ in range(number)
    ]
    found["one source, whole"] = [f"/documents/{_slug(source)}/" for _ in range(2)]
    found["changes"] = [f"/changes/?page_size={source.randrange(15, 99)}" for _ in range(2)]
    return found


def past(number: int) -> list[str]:
    return [f"/commitments/?as_of=2026-0{n + 1}-15" for n in range(number)]


def file() -> tuple[str, int]:
    """One to download, and how many rows it has."""
    rows = CurrentStanding.objects.filter(shown_status=Status.COMPLETED.value)
    return f"/commitments.csv?status={Status.COMPLETED.value}", rows.count()


def _code(pk: int) -> str:
    return Evidence.objects.filter(pk__gte=pk).order_by("pk").values_list("code", flat=True)[0]


def _slug(source: random.Random) -> str:
    rows = SourceDocument.objects.published()
    return rows.order_by("pk")[source.randrange(rows.count())].slug


def questions(number: int, source: random.Random) -> list[str]:
    """Of what stands in the rows: two characters, four, two words, a sentence."""
    ends = SearchRow.objects.aggregate(first=Min("pk"), last=Max("pk"))
    found = []
    for n in range(number):
        row = SearchRow.objects.filter(pk__gte=source.randint(ends["first"], ends["last"])).order_by("pk").first()
        text = "".join(IS_HAN.findall(row.head.split(FIELD)[2])) if row else "合作中心"
        at = source.randrange(max(1, len(text) - 8))
        cuts = (
            text[at : at + 2],
            text[at : at + 4],
            f"{text[at : at + 2]} {text[at + 3 : at + 5]}",
            f"{text}进展怎么样",
        )
        found.append(cuts[n % 4] or "合作")
    return found


def write() -> str:
    """A commitment looked at again: the version changes, and the numbers that are kept with it."""
    user, _ = User.objects.get_or_create(username="benchmark")
    user.groups.add(Group.objects.get_or_create(name=Role.ANALYST.value)[0])
    row = next(some(1, random.Random(), (0, 1))).commitment
    check_unchanged(row, by=user, searched_zh=f"检索 {random.random()}")
    return row.natural_id


def exported(path: str) -> str:
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
    return path


def theirs(number: int, seed: int) -> list[str]:
    """The same pages as Datasette has them."""
    facets = "_facet=status&_facet=kind&_size=20"
    return [f"/rows/commitments?{facets}&_next={row.pk}" for row in some(number, random.Random(seed), (0, 0.95))]


def backends() -> list[int]:
    """The processes of PostgreSQL that work for others in this database."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        return [pid for (pid,) in cursor.fetchall()]


def size() -> str:
    return f"{CurrentStanding.objects.count()} rows, {connection.vendor}"


WISHES: dict[str, Callable[..., Any]] = {
    each.__name__: each for each in (addresses, past, file, questions, write, exported, theirs, backends, size)
}


def main() -> None:
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        sys.stdout.write(json.dumps(WISHES[name](*arguments)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
