"""What is stored is verified: texts, quotes, guards. Whatever changed behind the guards is found and named."""

import pytest

from commitments.actions.standings import count_kept
from commitments.actions.working import run_here
from commitments.choices import JobState
from commitments.models import Passage, SourceDocument
from commitments.models.guards import GUARDS, PREFIX, installed_guards, remove_guards
from commitments.models.stale import MARK
from tests.factories import make_commitment, make_document, make_passage
from tests.models.world import make_exclusion

pytestmark = pytest.mark.django_db


def found(job) -> list[str]:
    return job.result["problems"]


def test_an_untouched_register_has_no_problems():
    make_passage(make_commitment())
    make_exclusion(make_document())
    job = run_here("verify")
    assert job.state == JobState.DONE and found(job) == []
    assert job.done == job.total == job.result["examined"] == 2 + 2 + len(installed_guards()) + count_kept()


def test_a_changed_text_and_a_moved_quote_are_found_and_wait_for_a_person():
    passage = make_passage(make_commitment())
    other = make_document()
    remove_guards()
    SourceDocument.objects.filter(pk=other.pk).update(text="另一篇文字")
    Passage.objects.filter(pk=passage.pk).update(start=passage.start + 1, end=passage.end + 1)
    job = run_here("verify")
    assert job.state == JobState.NEEDS_PERSON
    about = [line for line in found(job) if PREFIX not in line and MARK not in line]
    assert len(about) == 2 and other.slug in about[0] and str(passage.pk) in about[1]
    assert len(found(job)) == job.result["problem_count"] >= len(GUARDS) + 2


def test_verifying_writes_nothing_but_its_own_job():
    make_passage(make_commitment())
    before = list(SourceDocument.objects.values()), list(Passage.objects.values())
    run_here("verify")
    assert before == (list(SourceDocument.objects.values()), list(Passage.objects.values()))
