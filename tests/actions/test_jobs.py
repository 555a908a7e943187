"""Jobs: asked for once, held by one, finished once, taken back from the dead, and given to a person in the end."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from commitments.actions import doorbell, job_runs
from commitments.actions.job_kinds import WORK
from commitments.actions.job_runs import LeaseLost, NotNow, NoUse, Outcome, claim, claim_next, finish
from commitments.actions.jobs import RINGS_AT_ONCE, ask_for, retry, sweep
from commitments.actions.working import carry_out, run_here, work_off_one
from commitments.choices import JobKind, JobState
from commitments.models import Job, Theme
from commitments.rules.refusal import Refused
from tests import people
from tests.factories import make_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(monkeypatch):
    """A kind of job of this test alone: `kind.work` is what it does."""

    class Kind:
        name = "tried"
        work = staticmethod(lambda run: Outcome({"subject": run.job.subject}))

    monkeypatch.setitem(WORK, Kind.name, lambda run: Kind.work(run))
    return Kind


def let_its_lease_pass(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def make_due(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now() - timedelta(seconds=1))


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_every_kind_has_its_work():
    assert set(WORK) == set(JobKind)


def test_asking_twice_under_one_key_is_one_job():
    first, second = ask_for("verify", key="verify/today"), ask_for("verify", key="verify/today")
    assert first == second and Job.objects.count() == 1


def test_asking_without_a_key_is_a_new_job_each_time():
    assert ask_for("verify", "x") != ask_for("verify", "x")


def test_the_bell_rings_once_when_a_transaction_commits_all_its_jobs(rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            ask_for("verify")
            ask_for("verify")
        assert rung == []
    assert rung == [1]


def test_a_rolled_back_transaction_asks_for_nothing(rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError), transaction.atomic():
        ask_for("verify")
        _ = 1 / 0
    assert rung == [] and not Job.objects.exists()


def test_a_bell_that_cannot_ring_breaks_nothing_and_is_left_alone_for_a_while(monkeypatch):
    tried = []

    def broken(times):
        tried.append(times)
        raise OSError("no broker")

    monkeypatch.setattr(doorbell, "send", broken)
    doorbell.ring()
    doorbell.ring()
    assert tried == [1]


def test_a_job_does_its_work_and_keeps_what_came_of_it(kind):
    job = ask_for(kind.name, "a")
    assert work_off_one() is False
    job = fresh(job)
    assert (job.state, job.result, job.attempts) == (JobState.DONE, {"subject": "a"}, 1)
    assert job.finished_at and not job.holder and job.lease_until is None


def test_who_works_one_off_hears_whether_more_wait(kind):
    ask_for(kind.name)
    ask_for(kind.name)
    assert work_off_one() is True
    assert work_off_one() is False
    assert work_off_one() is False


def test_a_job_is_claimed_once():
    job = make_job()
    assert claim(job.pk) is not None
    assert claim(job.pk) is None


def test_what_a_person_waits_for_goes_first():
    make_job()
    asked = make_job(requested_by=people.analyst(), due_at=timezone.now())
    assert claim_next(WORK).job == asked


def test_a_job_is_not_run_before_its_time(kind):
    ask_for(kind.name, due_at=timezone.now() + timedelta(hours=1))
    assert claim_next(WORK) is None


def test_a_kind_unknown_here_is_left_to_a_newer_worker():
    make_job(kind="of_tomorrow")
    assert claim_next(WORK) is None


def test_progress_renews_the_lease_and_is_told(kind):
    told = []

    def count(run):
        run.expect(3)
        let_its_lease_pass(run.job)
        for number in range(3):
            run.step(message=f"{number}")
        assert fresh(run.job).lease_until > timezone.now()
        return Outcome()

    kind.work = count
    job = run_here(kind.name, tell=lambda *values: told.append(values))
    assert (job.done, job.total) == (3, 3)
    assert told[0] == (0, 3, "") and told[-1] == (3, 3, "2")


def test_an_effect_is_written_with_the_end_of_its_job_or_not_at_all(kind):
    def write_then_fail():
        Theme.objects.create(slug="effect", name_zh="效果")
        raise RuntimeError("disk full")

    kind.work = lambda run: Outcome(keep=write_then_fail)
    job = run_here(kind.name)
    assert job.state == JobState.QUEUED and not Theme.objects.exists()


def test_whoever_lost_the_lease_writes_nothing_more(kind):
    """The control: the same two runs, but that the first keeps its lease, end with its result."""
    for is_late in (True, False):
        job = ask_for(kind.name)
        first = claim(job.pk)
        if is_late:
            let_its_lease_pass(job)
            sweep()
            second = claim(job.pk)
            finish(second, Outcome({"by": "second"}))
            with pytest.raises(LeaseLost):
                finish(first, Outcome({"by": "first"}, keep=lambda: Theme.objects.create(slug="x", name_zh="x")))
        else:
            finish(first, Outcome({"by": "first"}))
        assert fresh(job).result == {"by": "second" if is_late else "first"}
        assert not Theme.objects.exists()


def test_a_job_that_lost_its_lease_on_the_way_stops_quietly(kind):
    def robbed(run):
        Job.objects.filter(pk=run.job.pk).update(holder="another")
        run.expect(5)
        raise AssertionError("went on without its lease")

    kind.work = robbed
    job = run_here(kind.name)
    assert (job.state, job.holder) == (JobState.RUNNING, "another")


def test_a_failure_is_tried_again_later_and_goes_to_a_person_after_five(kind):
    def fails(run):
        raise ValueError("unreadable")

    kind.work = fails
    job = ask_for(kind.name)
    for attempt in range(1, 6):
        make_due(job)
        work_off_one()
        job = fresh(job)
        assert job.attempts == attempt and job.message == "ValueError: unreadable"
        if attempt < 5:
            assert job.state == JobState.QUEUED and job.due_at > timezone.now() + timedelta(seconds=20)
    assert job.state == JobState.NEEDS_PERSON


def test_a_job_may_say_that_trying_again_is_no_use(kind):
    def refuses(run):
        raise NoUse("没有这个文件。")

    kind.work = refuses
    job = run_here(kind.name)
    assert (job.state, job.message) == (JobState.FAILED, "没有这个文件。")


def test_a_job_may_ask_to_come_later_and_that_is_no_attempt(kind):
    def busy(run):
        raise NotNow(60, "host is busy")

    kind.work = busy
    job = run_here(kind.name)
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    assert timedelta(seconds=50) < job.due_at - timezone.now() < timedelta(seconds=61)


def test_a_process_that_is_asked_to_end_gives_its_job_back(kind):
    def ended(run):
        raise SystemExit(0)

    kind.work = ended
    job = ask_for(kind.name)
    with pytest.raises(SystemExit):
        carry_out(claim(job.pk))
    assert (fresh(job).state, fresh(job).attempts) == (JobState.QUEUED, 0)


def test_the_sweep_takes_back_what_a_dead_worker_held_and_rings(rung):
    dead, alive = claim(make_job().pk), claim(make_job().pk)
    let_its_lease_pass(dead.job)
    swept = sweep()
    assert (swept.taken_back, swept.given_up, swept.waiting) == (1, 0, 1)
    assert fresh(dead.job).state == JobState.QUEUED and fresh(alive.job).state == JobState.RUNNING
    assert rung == [1]


def test_the_sweep_rings_a_few_times_however_many_wait(rung):
    for _ in range(RINGS_AT_ONCE + 5):
        make_job()
    sweep()
    assert rung == [RINGS_AT_ONCE]


def test_a_job_that_kills_its_worker_each_time_goes_to_a_person():
    job = make_job(attempts=job_runs.MOST_ATTEMPTS - 1)
    claim(job.pk)
    let_its_lease_pass(job)
    assert sweep().given_up == 1
    assert fresh(job).state == JobState.NEEDS_PERSON


def test_what_was_done_long_ago_is_forgotten_and_what_needs_a_person_is_not():
    long_ago = timezone.now() - timedelta(days=91)
    make_job(state=JobState.DONE, finished_at=long_ago)
    kept = make_job(state=JobState.NEEDS_PERSON, finished_at=long_ago)
    assert sweep().forgotten == 1
    assert list(Job.objects.all()) == [kept]


def test_an_analyst_has_a_job_tried_again_with_five_new_attempts(rung, django_capture_on_commit_callbacks):
    job = make_job(state=JobState.NEEDS_PERSON, finished_at=timezone.now(), attempts=5)
    anna = people.analyst()
    with django_capture_on_commit_callbacks(execute=True):
        retry(job, by=anna)
    job = fresh(job)
    assert (job.state, job.attempts, job.finished_at, job.requested_by) == (JobState.QUEUED, 0, None, anna)
    assert rung == [1]


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.DONE])
def test_only_what_has_failed_is_tried_again(state):
    job = make_job(state=state, finished_at=timezone.now() if state == JobState.DONE else None)
    with override("en"), pytest.raises(Refused, match="not waiting for a person"):
        retry(job, by=people.analyst())


def test_a_reviewer_does_not_retry():
    job = make_job(state=JobState.FAILED, finished_at=timezone.now())
    with pytest.raises(Refused):
        retry(job, by=people.reviewer())
    assert fresh(job).state == JobState.FAILED
