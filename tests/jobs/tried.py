"""A kind of job for these tests: takes a moment, keeps a file, then leaves one theme and the row of the file.

Two themes of one job are a doubled effect.

With JOBS_CONTROL set it leaves its theme before it has finished: then kills must double effects.
"""

import os
import random
import time
import uuid

from django.utils import timezone

from commitments.actions.job_kinds import WORK
from commitments.actions.job_runs import Outcome, Run
from commitments.models import Evidence, Snapshot, Theme
from commitments.storage import keep

KIND = "tried"
MARK = "effect-"


def tried(run: Run) -> Outcome:
    run.expect(4)
    if "JOBS_CONTROL" in os.environ:
        _leave_theme(run)
    for _ in range(4):
        time.sleep(random.uniform(0, 0.08))
        run.step()
    name = keep(os.urandom(200_000), "captures", ".warc.gz")  # before its row, as every capture does
    if "JOBS_CONTROL" in os.environ:
        return Outcome()
    return Outcome(keep=lambda: _leave(run, name))


def _leave(run: Run, name: str) -> None:
    _leave_theme(run)
    Snapshot.objects.create(
        evidence=Evidence.objects.get(),
        key=f"{KIND}-{run.job.subject}",
        captured_at=timezone.now(),
        final_url="https://example.org/",
        status=200,
        sha256="a" * 64,
        size=200_000,
        file=name,
    )


def _leave_theme(run: Run) -> None:
    Theme.objects.create(slug=f"{MARK}{run.job.subject}-{uuid.uuid4().hex[:8]}", name_zh="效果")


WORK[KIND] = tried
