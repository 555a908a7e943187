"""Jobs and schedules on the desk: read by all roles, tried again by analysts, live while they run."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django_celery_beat.models import CrontabSchedule, PeriodicTask, PeriodicTasks

from commitments.actions.job_runs import claim
from commitments.actions.schedules import SWEEP, ensure_schedules
from commitments.choices import JobKind, JobState
from commitments.models import Job
from tests import people
from tests.admin.pages import change_url, desk, list_url
from tests.factories import make_job

pytestmark = pytest.mark.django_db


def schedule_url(name: str) -> str:
    return reverse("admin:django_celery_beat_periodictask_change", args=[PeriodicTask.objects.get(name=name).pk])


@pytest.mark.parametrize("person", ["analyst", "reviewer", "publisher"])
def test_every_role_reads_jobs(person):
    job = make_job(message="读取第3份", total=10, done=3)
    client = desk(getattr(people, person)())
    for url in (list_url(Job), change_url(job)):
        page = client.get(url).content.decode()
        assert "读取第3份" in page and "3 / 10" in page and 'value="3" max="10"' in page


def test_nobody_changes_adds_or_deletes_one():
    job = make_job()
    client = desk(people.one_for_all())
    assert client.post(change_url(job), {"state": "done"}).status_code == 403
    assert client.get(change_url(job, "delete")).status_code == 403
    assert client.get(list_url(Job) + "add/").status_code == 403


def test_a_page_renews_itself_while_something_is_open_and_not_after():
    job = make_job()
    client = desk(people.analyst())
    for url in (list_url(Job), change_url(job)):
        page = client.get(url).content.decode()
        assert 'hx-trigger="every' in page and 'http-equiv="refresh"' in page
    Job.objects.update(state=JobState.DONE, finished_at=timezone.now())
    for url in (list_url(Job), change_url(job)):
        page = client.get(url).content.decode()
        assert "hx-trigger" not in page and 'http-equiv="refresh"' not in page


def test_an_analyst_finds_the_button_where_a_person_is_needed(rung, django_capture_on_commit_callbacks):
    job = make_job(state=JobState.NEEDS_PERSON, finished_at=timezone.now(), attempts=5)
    client, url = desk(people.analyst()), change_url(job, "retry")
    assert url in client.get(change_url(job)).content.decode()
    assert client.get(url).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url).status_code == 302
    assert Job.objects.get().state == JobState.QUEUED and rung == [1]


def test_a_reviewer_finds_no_button_and_is_refused():
    job = make_job(state=JobState.NEEDS_PERSON, finished_at=timezone.now())
    client, url = desk(people.reviewer()), change_url(job, "retry")
    assert url not in client.get(change_url(job)).content.decode()
    client.post(url)
    assert Job.objects.get().state == JobState.NEEDS_PERSON


def test_a_visitor_without_a_role_cannot_retry():
    job = make_job(state=JobState.NEEDS_PERSON, finished_at=timezone.now())
    visitor = people.visitor()
    visitor.is_staff = True
    visitor.save()
    desk(visitor).post(change_url(job, "retry"))
    assert Job.objects.get().state == JobState.NEEDS_PERSON


def test_a_running_job_has_no_button():
    job = make_job()
    claim(job.pk)
    assert "/retry/" not in desk(people.analyst()).get(change_url(job)).content.decode()


def test_an_analyst_moves_the_hour_of_a_schedule_and_beat_hears_of_it():
    PeriodicTasks.objects.update(last_update="2020-01-01T00:00:00Z")
    earlier = CrontabSchedule.objects.create(minute="5", hour="1", timezone="Asia/Shanghai")
    client = desk(people.analyst())
    data = {"enabled": "on", "crontab": earlier.pk, "interval": "", "description": ""}
    assert client.post(schedule_url(JobKind.VERIFY), data).status_code == 302
    row = PeriodicTask.objects.get(name=JobKind.VERIFY)
    assert (row.crontab, row.task, row.args) == (earlier, "commitments.ask_daily", '["verify"]')
    assert PeriodicTasks.last_change().year > 2020


def test_a_schedule_without_a_time_is_refused_in_the_form():
    data = {"enabled": "on", "crontab": "", "interval": "", "description": ""}
    assert desk(people.analyst()).post(schedule_url(JobKind.VERIFY), data).status_code == 200


def test_the_sweep_is_read_only_and_no_schedule_is_added_or_removed():
    client = desk(people.analyst())
    assert client.post(schedule_url(SWEEP), {}).status_code == 403
    assert client.get(reverse("admin:django_celery_beat_periodictask_add")).status_code == 403


def test_a_schedule_that_was_changed_stays_so_and_one_that_is_gone_comes_back():
    PeriodicTask.objects.filter(name=JobKind.VERIFY).update(enabled=False)
    PeriodicTask.objects.filter(name=SWEEP).delete()
    ensure_schedules()
    assert PeriodicTask.objects.get(name=JobKind.VERIFY).enabled is False
    assert PeriodicTask.objects.get(name=SWEEP).interval.every == 30


@pytest.mark.parametrize("noun", ["periodictask", "crontabschedule", "intervalschedule"])
def test_pages_of_schedules_carry_no_inline_script_or_style(noun):
    client = desk(people.one_for_all())
    urls = [reverse(f"admin:django_celery_beat_{noun}_changelist")]
    urls += [schedule_url(JobKind.VERIFY)] if noun == "periodictask" else []
    for url in urls:
        page = client.get(url).content.decode()
        assert "<style" not in page and " style=" not in page
        assert all("src=" in tag or "application/json" in tag for tag in page.split("<script")[1:])
