"""CPU and memory of reports: of the shipped register, and of one some sixty times as large, in every format.

Run, after `migrate` and `seed`: python3 dev.py shell < tests/benchmarks/report.py
The copies of the register are taken back at the end. Each format has a process of its own, so that peaks are its own.
"""

import multiprocessing
import os
import resource
import time

from django.db import connection, transaction
from django.http import QueryDict
from django.utils.translation import override

from commitments.models import (
    Assessment,
    Citation,
    Commitment,
    CommitmentParty,
    Evidence,
    EvidenceLink,
    Note,
    Passage,
    SourceDocument,
)
from commitments.reports.formats import FORMATS
from commitments.reports.question import Question
from commitments.rules.refusal import Refused

COPIES = int(os.environ.get("COPIES", "58"))  # 10 for the largest PDF
PERIOD = "from=2025-01-01&to=2025-12-31"
STATE = ("review_state", "published_at", "rule_met", "codebook_version")


def copies(model, rows, links: dict, n: int, **over) -> dict:
    """Old key -> new row; `links` replaces the keys of other tables by those of their copies."""
    made = []
    for row in rows:
        values = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
        values.pop("id")
        values |= {name: found[values[name]].pk for name, found in links.items() if values.get(name)}
        if "seed_key" in values:
            values["seed_key"] = None
        values |= {name: change(row, n) for name, change in over.items()}
        made.append(model(**values))
    return dict(zip((row.pk for row in rows), model._base_manager.bulk_create(made), strict=True))


def enlarge(number: int) -> None:
    document = SourceDocument.objects.get(slug="xian-2023")
    rows = {model: list(model._base_manager.all()) for model in (Evidence, Assessment, Citation, EvidenceLink, Passage)}
    rows |= {model: list(model._base_manager.all()) for model in (Note, CommitmentParty)}
    tree = list(Commitment.objects.filter(document=document).order_by("path"))
    for n in range(number):
        documents = copies(SourceDocument, [document], {}, n, slug=lambda row, n: f"{row.slug}-{n}")
        evidence = copies(
            Evidence, rows[Evidence], {}, n, code=lambda row, n: f"{row.code}-{n}", url=lambda row, n: f"{row.url}#{n}"
        )
        commitments: dict = {}
        for depth in range(3):
            level = [row for row in tree if row.depth == depth]
            links = {"document_id": documents, "parent_id": commitments}
            commitments |= copies(Commitment, level, links, n, successor_id=lambda row, n: None)
        drafts = {"published_at": None, "rule_met": "", "codebook_version": None, "review_state": "draft"}
        wishes = {name: (lambda row, n, value=value: value) for name, value in drafts.items()}
        judged = copies(Assessment, rows[Assessment], {"commitment_id": commitments}, n, **wishes)
        copies(Citation, rows[Citation], {"assessment_id": judged, "evidence_id": evidence}, n)
        for old in rows[Assessment]:
            state = {name: getattr(old, name) for name in STATE}
            Assessment.objects.filter(pk=judged[old.pk].pk).update(**state)
        copies(EvidenceLink, rows[EvidenceLink], {"commitment_id": commitments, "evidence_id": evidence}, n)
        copies(Passage, rows[Passage], {"commitment_id": commitments, "document_id": documents}, n)
        for model in (Note, CommitmentParty):
            copies(model, rows[model], {"commitment_id": commitments}, n)


def written(name: str, query: str, answer) -> None:
    started = time.process_time()
    with override("zh-hans"):
        report = Question(QueryDict(query)).report()
        try:
            size = sum(len(piece) for piece in FORMATS[name].pieces(report))
        except Refused as refused:
            answer.put(str(refused))
            return
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer.put((len(report.items), time.process_time() - started, peak, size))


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
    enlarge(COPIES)
    connection.cursor().execute("ANALYZE") if connection.vendor == "sqlite" else None
    measure(PERIOD)
    transaction.set_rollback(True)
