"""CPU and memory of reports: of the shipped register, and of one some sixty times as large, in every format.

Run, after `migrate` and `seed`: python3 dev.py shell < tests/benchmarks/report.py
The copies of the register are taken back at the end. Each format has a process of its own, so that peaks are its own;
with what it starts in turn, since a long PDF is set by processes of its own.

WEASYPRINT=/path/of/a/venv/bin/python sets the same report with WeasyPrint as well, from our HTML and in our fonts:
python3 -m venv DIR; DIR/bin/pip install weasyprint; on Debian also libpango-1.0-0 libpangoft2-1.0-0
libharfbuzz-subset0.
"""

import multiprocessing
import os
import resource
import subprocess
import time

from django.db import connection, transaction
from django.http import QueryDict
from django.utils.translation import override

from commitments.reports.formats import FORMATS
from commitments.reports.question import Question
from commitments.reports.typesetter import FONTS
from commitments.rules.refusal import Refused
from tests.benchmarks.copies import enlarge

COPIES = int(os.environ.get("COPIES", "58"))
PERIOD = "from=2025-01-01&to=2025-12-31"


def written(name: str, query: str, answer) -> None:
    with override("zh-hans"):
        report = Question(QueryDict(query)).report()
        try:
            size = sum(len(piece) for piece in FORMATS[name].pieces(report))
        except Refused as refused:
            answer.put(str(refused))
            return
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(one.ru_utime + one.ru_stime for one in used)
    answer.put((len(report.items), cpu, sum(one.ru_maxrss for one in used) / 1024, size))


def compared(query: str) -> None:
    """Both from the finished content to the finished file: our PDF, and WeasyPrint of our HTML."""
    with override("zh-hans"):
        report = Question(QueryDict(query)).report()
        html = b"".join(FORMATS["html"].pieces(report))
        before = time.process_time()
        sum(len(piece) for piece in FORMATS["pdf"].pieces(report))
        ours = time.process_time() - before
    command = [os.environ["WEASYPRINT"], "tests/benchmarks/weasyprint_pages.py", str(FONTS)]
    told = subprocess.run(command, input=html, stdout=subprocess.PIPE, check=True).stdout.split()
    theirs, pages, peak = (float(one) for one in told[:3])
    told = f"WeasyPrint {theirs:.2f} s CPU, {pages:.0f} pages, {peak:.0f} MiB"
    print(f"PDF {ours:.2f} s CPU; {told}: {theirs / ours:.1f} times")  # noqa: T201


def measure(query: str) -> None:
    fork = multiprocessing.get_context("fork")
    for name in FORMATS:
        answer = fork.Queue()
        child = fork.Process(target=written, args=(name, query, answer))
        child.start()
        told = answer.get()
        child.join()
        if isinstance(told, str):
            print(f"{name:5} {told}")  # noqa: T201
            continue
        rows, cpu, peak, size = told
        print(f"{name:5} {rows:6} commitments {cpu:6.2f} s CPU {peak:6.0f} MiB {size / 1e6:6.1f} MB")  # noqa: T201


with transaction.atomic():
    measure(f"document=xian-2023&{PERIOD}")
    if "WEASYPRINT" in os.environ:
        compared(f"document=xian-2023&{PERIOD}")
    enlarge(COPIES)
    connection.cursor().execute("ANALYZE") if connection.vendor == "sqlite" else None
    measure(PERIOD)
    transaction.set_rollback(True)
