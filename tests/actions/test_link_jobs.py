"""Visits to links as jobs: asked for once each time they fall due, and only while outgoing checks are allowed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commitments.actions import link_jobs
from commitments.actions.job_runs import claim
from commitments.actions.link_jobs import ask_for_visit
from commitments.actions.turns import HostBusy
from commitments.actions.working import carry_out, run_here
from commitments.choices import JobKind, JobState
from commitments.models import Job
from tests import people
from tests.factories import make_evidence, make_link_health

pytestmark = pytest.mark.django_db


def asked() -> list[str]:
    return sorted(Job.objects.filter(kind=JobKind.CHECK_LINK).values_list("subject", flat=True))


def test_nothing_is_asked_for_while_outgoing_checks_are_off():
    make_evidence()
    job = run_here(JobKind.CHECK_LINKS)
    assert job.state == JobState.DONE and asked() == []


def test_each_link_that_is_due_is_asked_for_once(settings):
    settings.TRACKER_FETCH = True
    first, due, later = (make_evidence() for _ in range(3))
    make_link_health(due, next_check_at=timezone.now() - timedelta(hours=1))
    make_link_health(later, next_check_at=timezone.now() + timedelta(days=1))
    for _ in range(2):
        assert run_here(JobKind.CHECK_LINKS).result == {"due": 2}
    assert asked() == sorted([first.code, due.code])


def test_a_visit_whose_host_is_busy_waits_and_costs_no_attempt(settings, monkeypatch):
    settings.TRACKER_FETCH = True

    def busy(*_given, **_named):
        raise HostBusy("example.org", timezone.now() + timedelta(seconds=40))

    monkeypatch.setattr(link_jobs, "check_link", busy)
    job = ask_for_visit(make_evidence(), by=people.analyst())
    carry_out(claim(job.pk))
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    assert timedelta(seconds=2) < job.due_at - timezone.now() < timedelta(seconds=7)


def test_the_longer_a_visit_has_waited_for_its_host_the_less_often_it_asks(settings, monkeypatch):
    settings.TRACKER_FETCH = True

    def busy(*_given, **_named):
        raise HostBusy("example.org", timezone.now() + timedelta(seconds=40))

    monkeypatch.setattr(link_jobs, "check_link", busy)
    job = ask_for_visit(make_evidence(), by=people.analyst())
    for waited, least, most in ((100, 18, 32), (100_000, 44, 76)):
        Job.objects.update(created_at=timezone.now() - timedelta(seconds=waited), due_at=timezone.now())
        carry_out(claim(job.pk))
        job.refresh_from_db()
        assert timedelta(seconds=least) < job.due_at - timezone.now() < timedelta(seconds=most)


@pytest.mark.parametrize("subject", ["E999", ""])
def test_a_link_that_is_gone_or_not_allowed_ends_with_a_sentence(subject):
    subject = subject or make_evidence().code
    job = run_here(JobKind.CHECK_LINK, subject)
    assert job.state == JobState.FAILED and len(job.message) > 8
