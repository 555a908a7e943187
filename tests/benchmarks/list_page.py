"""CPU of the list page against a bare Django view, as a ratio within one process.

Run, after `migrate` and `seed`: python3 dev.py shell < tests/benchmarks/list_page.py
Both answers pass the whole middleware; `first` empties the page cache before each request, `again` does not.
"""

import statistics
import time

from django.core.cache import cache
from django.test import Client

ROUNDS, REQUESTS = 7, 20
client = Client(headers={"host": "localhost"})


def cpu(address: str, *, empty: bool) -> float:
    """Milliseconds of CPU per request."""
    started = time.process_time()
    for _ in range(REQUESTS):
        if empty:
            cache.clear()
        assert client.get(address).status_code == 200
    return (time.process_time() - started) / REQUESTS * 1000


def measure() -> None:
    cpu("/healthz", empty=False), cpu("/commitments/", empty=True)
    rows = []
    for _ in range(ROUNDS):
        bare = cpu("/healthz", empty=False)
        rows.append((bare, cpu("/commitments/", empty=False) / bare, cpu("/commitments/", empty=True) / bare))
    bare, again, first = (statistics.median(column) for column in zip(*rows, strict=True))
    print(f"bare view {bare:.2f} ms; list again {again:.1f} x bare; list first {first:.1f} x bare")  # noqa: T201


measure()
