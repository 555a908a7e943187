"""Keywords and related commitments: found in a job, shown for public ones, asked for when something has changed."""

import pytest

from commitments.actions.related import ask_where_changed
from commitments.actions.working import run_here
from commitments.catalogue.related import kin
from commitments.choices import JobKind, JobState
from commitments.models import Commitment, Job, Related, SearchTerm
from tests.factories import make_commitment, make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    titles = ("扩大天然气贸易", "建设天然气管道", "互派青年留学生", "举办青年艺术节", "推广节水灌溉", "设立鲁班工坊")
    document = make_document()
    return [make_commitment(document=document, title_zh=title) for title in titles]


def test_the_job_finds_what_is_alike_and_keeps_rows_that_say_the_same(rows):
    assert run_here(JobKind.RELATE).state == JobState.DONE
    assert "天然气" in kin(rows[0]).keywords and kin(rows[0]).rows == [rows[1]]
    assert kin(rows[2]).rows == [rows[3]] and kin(rows[4]).rows == []
    before = set(Related.objects.values_list("pk", flat=True))
    run_here(JobKind.RELATE)
    assert set(Related.objects.values_list("pk", flat=True)) == before


def test_what_is_not_public_is_not_shown(rows):
    run_here(JobKind.RELATE)
    Commitment.objects.filter(pk=rows[1].pk).update(
        publication="withdrawn", withdrawn_at=rows[1].published_at, withdrawn_reason_zh="登记有误。"
    )
    assert kin(rows[0]).rows == []


def test_terms_of_the_register_are_found_in_its_texts():
    for n in range(3):
        make_commitment(title_zh=f"在第{n}地设立鲁班工坊", title_en="")
        make_commitment(title_zh=f"举办“聚合中亚云品”活动{n}")
    run_here(JobKind.RELATE)
    assert {"鲁班工坊", "聚合中亚云品"} <= set(SearchTerm.objects.values_list("text", flat=True))


def test_it_is_asked_for_once_and_again_when_the_register_has_changed(rows, monkeypatch):
    ask_where_changed()
    ask_where_changed()
    job = Job.objects.get(kind=JobKind.RELATE)
    job.delete()
    run_here(JobKind.RELATE)
    done = run_here(JobKind.RELATE)  # the first run changes what pages show
    monkeypatch.setattr("commitments.actions.related.REST", done.finished_at - done.finished_at)
    ask_where_changed()
    assert Job.objects.filter(kind=JobKind.RELATE).count() == 2
    make_commitment()
    ask_where_changed()
    assert Job.objects.filter(kind=JobKind.RELATE, state=JobState.QUEUED).count() == 1
