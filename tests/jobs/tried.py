"""A kind of job for these tests: takes a moment, then leaves one theme. Two themes of one job are a doubled effect.

With JOBS_CONTROL set it leaves its theme before it has finished: then kills must double effects.
"""

import os
import random
import time
import uuid

from commitments.actions.job_kinds import WORK
from commitments.actions.job_runs import Outcome, Run
from commitments.models import Theme

KIND = "tried"
MARK = "effect-"


def tried(run: Run) -> Outcome:
    run.expect(4)
    if "JOBS_CONTROL" in os.environ:
        _leave_theme(run)
    for _ in range(4):
        time.sleep(random.uniform(0, 0.08))
        run.step()
    if "JOBS_CONTROL" in os.environ:
        return Outcome()
    return Outcome(keep=lambda: _leave_theme(run))


def _leave_theme(run: Run) -> None:
    Theme.objects.create(slug=f"{MARK}{run.job.subject}-{uuid.uuid4().hex[:8]}", name_zh="效果")


WORK[KIND] = tried
