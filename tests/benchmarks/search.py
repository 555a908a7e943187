"""How long a search takes: `python -m tests.benchmarks.search --fill 100000`, then without `--fill`.

In the database of DATABASE_URL, filled here or by `make_synthetic`, which fills the other tables, too; here it must be
migrated and empty, and gets commitments and their index, of clauses of the texts in tests/data with a few random words.
Told are milliseconds of CPU of this process by class of question: the search alone (the set, its count, the ranked
ids), with the first page of the list, and the count by LIKE on the same rows. PostgreSQL works in another process:
read the wall time there.
"""

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

import django

django.setup()  # the models below need it

from django.db import connection, transaction  # noqa: E402
from django.db.models import Max  # noqa: E402 — after setup
from django.http import QueryDict  # noqa: E402 — after setup

from commitments.catalogue.listing import COUNTED, Listing  # noqa: E402 — after setup
from commitments.models import Commitment, SearchIndex, SearchRow, SourceDocument, Stale  # noqa: E402 — after setup
from commitments.search.engine import Keys, engine  # noqa: E402 — after setup
from commitments.search.find import Found  # noqa: E402 — after setup
from commitments.search.index import VERSION  # noqa: E402 — after setup
from commitments.text.bigrams import FIELD, Phrase  # noqa: E402 — after setup
from commitments.text.folding import IS_HAN, key  # noqa: E402 — after setup
from commitments.text.segment import words  # noqa: E402 — after setup
from commitments.today import today  # noqa: E402 — after setup

TEXTS = Path(__file__).resolve().parent.parent / "data" / "extraction" / "texts"
AT_ONCE = 5_000
ROWS_ASKED, SHORTEST = 1_000, 6
PUBLIC = {"publication": "published", "published_at": "2024-01-01T00:00:00Z"}


def clauses() -> list[str]:
    found = []
    for file in sorted(TEXTS.glob("*.txt")):
        found += [unit for unit in key(file.read_text(encoding="utf-8")).split() if 6 <= len(unit) <= 30]
    return sorted({clause for clause in found if IS_HAN.match(clause)})


def vocabulary(some: list[str]) -> list[str]:
    return sorted({word for clause in some for word in words(clause) if len(word) == 2})


def quoted() -> list[str]:
    """Clauses of what is quoted in a thousand rows from all over the register."""
    last = SearchRow.objects.aggregate(last=Max("pk"))["last"]
    rows = SearchRow.objects.filter(pk__in=range(1, last + 1, last // ROWS_ASKED + 1)).order_by("pk")
    found = {unit for head in rows.values_list("head", flat=True) for unit in head.split(FIELD)[2].split()}
    return sorted(unit for unit in found if len(unit) >= SHORTEST and IS_HAN.match(unit))


def fill(rows: int) -> None:
    """Keys of about 20 characters in title and quote, and 90 in the rest."""
    dice, some = random.Random(1), clauses()
    twos = vocabulary(some)
    if Commitment.objects.exists():
        sys.exit("This database has commitments already.")
    documents = [
        SourceDocument.objects.create(
            slug=f"d{n}", kind="speech", title_zh=f"{n}", short_zh=f"{n}", issued_on=today(), text="。", **PUBLIC
        )
        for n in range(20)
    ]
    for start in range(0, rows, AT_ONCE):
        with transaction.atomic():
            _fill(documents[start // AT_ONCE % 20], range(start, min(start + AT_ONCE, rows)), dice, some, twos)
        sys.stderr.write(f"\r{start + AT_ONCE}/{rows}")
    Stale.objects.all().delete()
    SearchIndex.objects.update_or_create(pk=1, defaults={"version": VERSION})


def _fill(document: SourceDocument, numbers: range, dice: random.Random, some: list[str], twos: list[str]) -> None:
    made, kept = [], []
    for n in numbers:
        title = dice.choice(some)[:20]
        made.append(
            Commitment(
                document=document, code=f"m{n}", kind="measure", target="one_off", title_zh=title, position=n,
                path=f"{n:06}", criterion_zh="。", **PUBLIC,
            )
        )  # fmt: skip
        body = " ".join([*(dice.choice(some) for _ in range(4)), "".join(dice.choice(twos) for _ in range(5))])
        kept.append((f" m{n} {FIELD} {title} {FIELD} {dice.choice(some)} ", f" {body} {FIELD} {FIELD} {FIELD} "))
    rows = [Keys(row.pk, *keys) for row, keys in zip(Commitment.objects.bulk_create(made), kept, strict=True)]
    engine().put(rows)
    Stale.objects.all().delete()


def questions() -> dict[str, list[str]]:
    """Twenty of each class, of what stands in the rows."""
    dice, some = random.Random(2), quoted()
    twos = vocabulary(some)
    by_number = sorted(twos, key=lambda word: sum(word in clause for clause in some))
    fragments = [clause for clause in some if len(clause) >= 10]

    def fragment(length: int) -> str:
        clause = dice.choice(fragments)
        start = dice.randrange(len(clause) - length + 1)
        return clause[start : start + length]

    def sentence() -> str:
        first, second = dice.choice(fragments), dice.choice(fragments)
        return f"{first[:6]}和{second[:8]}的进展怎么样"

    each: dict[str, Callable[[], str]] = {
        "two characters, common": iter(dice.sample(by_number[-60:], 20)).__next__,
        "two characters, rare": iter(dice.sample(by_number[: len(by_number) // 2], 20)).__next__,
        "one character": lambda: dice.choice(dice.choice(some)),
        "four characters": lambda: fragment(4),
        "six to eight, quoted": lambda: f'"{fragment(dice.randrange(6, 9))}"',
        "two common words": lambda: " ".join(f'"{word}"' for word in dice.sample(by_number[-60:], 2)),
        "words of a clause": lambda: dice.choice(fragments),
        "a sentence of two clauses": sentence,
    }
    return {name: [make() for _ in range(20)] for name, make in each.items()}


def search(q: str) -> None:
    found = Found(q)
    found.number(COUNTED + 1)
    assert found.ranked is not None


def page(q: str) -> None:
    asked = QueryDict(mutable=True)
    asked["q"] = q
    listing = Listing(asked)
    assert listing.count is not None and listing.rows is not None


def like(q: str) -> None:
    phrases = [Phrase.of(word) for word in q.replace('"', " ").split()]
    each = " AND ".join(["(head LIKE %s OR body LIKE %s)"] * len(phrases))
    looked = [f"%{phrase}%" for phrase in phrases for _ in "hb"]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {SearchRow._meta.db_table} WHERE {each}", looked)
        cursor.fetchone()


def timed(work: Callable[[str], None], asked: list[str], times: int) -> Iterator[tuple[float, float]]:
    """Median CPU and wall milliseconds of each question."""
    for q in asked:
        cpu, wall = [], []
        for _ in range(times):
            before = time.process_time(), time.perf_counter()
            work(q)
            cpu.append(1000 * (time.process_time() - before[0]))
            wall.append(1000 * (time.perf_counter() - before[1]))
        yield statistics.median(cpu), statistics.median(wall)


def median(several: Sequence[float]) -> float:
    return round(statistics.median(several), 2)


def p95(several: Sequence[float]) -> float:
    return round(sorted(several)[int(0.95 * (len(several) - 1))], 2)


def measure() -> dict:
    page("预热这一个句子里的所有词")
    rows, all_of = [], defaultdict(list)
    for name, asked in questions().items():
        line: dict[str, Any] = {"class": name}
        for what, work, times, some in (
            ("search", search, 3, asked),
            ("page", page, 3, asked),
            ("like", like, 1, asked[:5]),
        ):
            cpu, wall = zip(*timed(work, some, times), strict=True)
            all_of[what] += cpu
            line[what] = {
                "cpu_p50": median(cpu),
                "cpu_p95": p95(cpu),
                "wall_p50": median(wall),
                "wall_p95": p95(wall),
            }
        rows.append(line)
        sys.stderr.write(json.dumps(line, ensure_ascii=False) + "\n")
    together = {what: {"cpu_p50": median(cpu), "cpu_p95": p95(cpu)} for what, cpu in all_of.items()}
    return {"rows": SearchRow.objects.count(), "vendor": connection.vendor, "all": together, "classes": rows}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fill", type=int, default=0)
    given = parser.parse_args()
    if given.fill:
        fill(given.fill)
    else:
        json.dump(measure(), sys.stdout, ensure_ascii=False, indent=1)
