"""Report files: one for each question and state of the register, within limits, and gone when they should be."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from commitments.actions import report_files, report_jobs
from commitments.actions.publication import withdraw
from commitments.actions.report_files import (
    TooMany,
    ask_for_file,
    content_of,
    is_current,
    job_of,
    remove_expired,
    remove_strays,
)
from commitments.actions.working import work_off_one
from commitments.catalogue.version import content_version, public_version
from commitments.choices import JobKind, JobState
from commitments.models import Job, ReportFile
from commitments.rules.refusal import Refused
from commitments.storage import files, keep
from tests import people
from tests.factories import make_assessment, make_commitment, make_judged, make_note, make_report_file
from tests.reports.asking import question

pytestmark = pytest.mark.django_db


def made(name: str = "json", **options) -> ReportFile:
    row = ask_for_file(question(), name, **options)
    work_off_one()
    row.refresh_from_db()
    return row


def test_the_same_question_is_made_once():
    make_commitment()
    row = made()
    assert ask_for_file(question(), "json") == row
    assert Job.objects.filter(kind=JobKind.REPORT).count() == 1
    assert row.name.startswith("reports/") and content_of(row).startswith(b"{")


def test_another_format_language_address_period_or_foreword_is_another_file():
    first = ask_for_file(question(), "json")
    others = [
        ask_for_file(question(), "csv"),
        ask_for_file(question(), "json", site_url="https://example.org/"),
        ask_for_file(question(), "json", foreword="前言"),
        ask_for_file(question("from=2024-01-01&to=2024-12-30"), "json"),
    ]
    with override("en"):
        others.append(ask_for_file(question(), "json"))
    assert len({first.token, *(row.token for row in others)}) == 6


def test_two_spellings_of_a_question_are_one():
    one = ask_for_file(question("from=2024-01-01&to=2024-12-31&kind=measure&kind=proposal"), "json")
    assert ask_for_file(question("kind=proposal&kind=measure&to=2024-12-31&from=2024-01-01"), "json") == one


def test_a_token_is_long_and_depends_on_the_secret_key(settings):
    token = ask_for_file(question(), "json").token
    settings.SECRET_KEY = "another"
    assert len(token) == 48 and ask_for_file(question(), "json").token != token


def test_asking_for_a_file_leaves_the_cached_pages_alone():
    make_commitment()
    before = content_version()
    made()
    assert content_version() == before


def test_a_withdrawal_ends_every_file_and_the_question_is_made_anew():
    commitment = make_commitment()
    make_judged(commitment)
    row = made()
    assert is_current(row)
    withdraw(commitment, reason_zh="重复登记。", by=people.publisher())
    assert not is_current(row)
    again = made()
    assert again != row and is_current(again)


def test_work_on_drafts_ends_no_file():
    commitment = make_commitment()
    before = public_version()
    make_assessment(commitment)
    make_commitment(publication="draft", document=commitment.document)
    assert public_version() == before
    make_note(commitment)
    assert public_version() != before


def test_a_register_that_changes_while_it_is_read_is_read_again(monkeypatch):
    versions = iter(["a", "b", "c", "c"])
    row = ask_for_file(question(), "json")
    monkeypatch.setattr(report_jobs, "public_version", lambda: next(versions))
    work_off_one()
    job = job_of(row)
    assert job.state == JobState.QUEUED and job.attempts == 0
    Job.objects.update(due_at=timezone.now())
    work_off_one()
    row.refresh_from_db()
    assert row.version == "c" and row.name


def test_more_than_so_many_waiting_are_refused_but_not_for_the_sites_own_people(monkeypatch):
    monkeypatch.setattr(report_files, "MOST_WAITING", 2)
    ask_for_file(question(), "json")
    ask_for_file(question(), "csv")
    with pytest.raises(TooMany):
        ask_for_file(question(), "xlsx")
    assert ask_for_file(question(), "csv")  # what waits already can be asked for
    assert ask_for_file(question(), "xlsx", by=people.analyst())


def test_a_document_has_fewer_rows_than_a_table(monkeypatch):
    monkeypatch.setattr(report_files, "MOST_ROWS_SET", 1)
    for _ in range(2):
        make_commitment()
    with pytest.raises(Refused, match="PDF"):
        ask_for_file(question(), "pdf")
    assert ask_for_file(question(), "json")
    assert ask_for_file(question(), "pdf", by=people.analyst())


@pytest.mark.parametrize("name", ["", "exe"])
def test_an_unknown_format_is_refused(name):
    with pytest.raises(Refused, match="pdf"):
        ask_for_file(question(), name)


def test_after_a_day_row_and_file_are_removed():
    row = made()
    assert remove_expired() == 0
    ReportFile.objects.update(expires_at=timezone.now())
    assert remove_expired() == 1
    assert not ReportFile.objects.exists() and not files().exists(row.name)


def test_bytes_that_another_link_still_needs_stay():
    row = made()
    other = make_report_file(name=row.name)
    ReportFile.objects.filter(pk=row.pk).update(expires_at=timezone.now())
    remove_expired()
    assert content_of(other)


def test_files_that_no_row_speaks_of_go_once_they_are_old():
    row = made()
    stray = keep(b"{}", "reports", ".json")
    other = keep(b"{}", "captures", ".json")
    assert remove_strays() == 0
    for name in (row.name, stray, other):
        os.utime(files().path(name), (0, 0))
    assert remove_strays() == 1
    assert content_of(row) and files().exists(other) and not files().exists(stray)


def test_the_oldest_files_of_visitors_make_room(monkeypatch):
    monkeypatch.setattr(report_files, "MOST_KEPT", 1)
    old, new = made("json"), made("csv")
    remove_expired()
    assert list(ReportFile.objects.all()) == [new] and not files().exists(old.name)


def test_a_lost_or_damaged_file_is_not_given_out_and_a_lost_one_is_made_anew():
    row = made()
    files().delete(row.name)
    assert content_of(row) is None
    again = made()
    assert again.pk != row.pk and content_of(again)
    with open(files().path(again.name), "ab") as file:
        file.write(b"!")
    assert content_of(again) is None


def test_what_failed_is_tried_again_after_a_while(monkeypatch):
    row = ask_for_file(question(), "json")
    Job.objects.update(state=JobState.FAILED, finished_at=timezone.now())
    assert ask_for_file(question(), "json") == row
    Job.objects.update(finished_at=timezone.now() - timedelta(hours=1))
    assert ask_for_file(question(), "json").pk != row.pk
