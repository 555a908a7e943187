"""Report definitions on the desk: saved by analysts, made in every language, carried on to the next period."""

import json
from datetime import date

import pytest

from commitments.actions.report_files import content_of
from commitments.actions.working import work_off_one
from commitments.models import Job, ReportDefinition, ReportFile
from tests import people
from tests.admin.pages import change_url, desk, list_url
from tests.factories import make_commitment, make_document, make_edition, make_report_definition

pytestmark = pytest.mark.django_db
DATA = {
    "name_zh": "2024年度",
    "name_en": "",
    "query": "?document=here",
    "starts_on": "2024-01-01",
    "ends_on": "2024-12-31",
    "length": "full",
    "formats": ["pdf", "json"],
    "edition": "",
    "foreword_zh": "前言一段。",
    "foreword_en": "",
}


@pytest.fixture
def here():
    return make_commitment(document=make_document(slug="here"))


def add(**over):
    return desk(people.analyst()).post(list_url(ReportDefinition) + "add/", {**DATA, **over})


def test_an_analyst_keeps_one_with_its_history(here):
    assert add().status_code == 302
    row = ReportDefinition.objects.get()
    assert (row.query, row.formats) == ("document=here", ["pdf", "json"])
    assert row.history.get().history_user.username == "anna"


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"query": "colour=red"}, "query"),
        ({"query": "document=nowhere"}, "query"),
        ({"query": "from=2024-01-01"}, "query"),
        ({"query": "as_of=2024-01-01"}, "query"),
        ({"query": "document=%00"}, "query"),
        ({"formats": []}, "formats"),
        ({"formats": ["exe"]}, "formats"),
        ({"ends_on": "2023-12-31"}, "starts_on"),
        ({"edition": "0"}, None),
        ({"edition": "7"}, "edition"),
        ({"edition": "1"}, "ends_on"),
    ],
)
def test_what_could_not_be_made_is_refused_at_its_field(here, over, field):
    make_edition(number=1, day=date(2024, 3, 1))
    answer = add(**over)
    assert answer.status_code == 200 and not ReportDefinition.objects.exists()
    errors = answer.context["adminform"].form.errors
    assert errors if field is None else field in errors


def test_made_now_in_every_language_with_its_foreword(here):
    row = make_report_definition(
        query="document=here", formats=["json", "html"], foreword_zh="前言一段。", foreword_en="One paragraph."
    )
    client = desk(people.analyst())
    assert client.post(change_url(row, "make")).status_code == 302
    assert Job.objects.count() == 4 and {job.requested_by.username for job in Job.objects.all()} == {"anna"}
    while work_off_one():
        pass
    for file in ReportFile.objects.all():
        said = content_of(file).decode()
        assert ("前言一段。" in said) == (file.language == "zh-hans")
        assert ("One paragraph." in said) == (file.language == "en")
    page = client.get(change_url(row)).content.decode()
    assert all(f"/reports/made/{file.token}/" in page for file in ReportFile.objects.all())


def test_of_an_edition_it_says_so_on_its_cover(here):
    make_edition(number=1, day=date(2025, 1, 31))
    assert add(edition="1", formats=["json"], query="document=here").status_code == 302
    desk(people.analyst()).post(change_url(ReportDefinition.objects.get(), "make"))
    while work_off_one():
        pass
    said = [json.loads(content_of(file)) for file in ReportFile.objects.all()]
    assert [(one["edition"], one["known_on"]) for one in said] == [(1, "2025-01-31")] * 2


def test_asked_for_twice_it_is_made_once(here):
    row, client = make_report_definition(), desk(people.analyst())
    for _ in range(2):
        client.post(change_url(row, "make"))
    assert Job.objects.count() == 2  # one for each language


def test_a_period_that_has_not_passed_is_refused_with_a_sentence(here):
    row = make_report_definition(ends_on="2099-12-31")
    answer = desk(people.analyst()).post(change_url(row, "make"), follow=True)
    assert not Job.objects.exists() and answer.context["messages"]


def test_the_same_for_the_next_period(here):
    row = make_report_definition(query="document=here", foreword_zh="前言一段。", edition=1)
    desk(people.analyst()).post(change_url(row, "next"))
    following = ReportDefinition.objects.exclude(pk=row.pk).get()
    assert (following.starts_on, following.ends_on) == (date(2025, 1, 1), date(2025, 12, 31))
    assert (following.query, following.foreword_zh, following.edition) == ("document=here", "前言一段。", None)


@pytest.mark.parametrize("person", ["reviewer", "publisher"])
def test_the_others_read_it_and_find_no_buttons(here, person):
    row, client = make_report_definition(), desk(getattr(people, person)())
    page = client.get(change_url(row)).content.decode()
    assert change_url(row, "make") not in page and "年度报告" in page
    for view in ("make", "next"):
        assert client.post(change_url(row, view)).status_code in (302, 403)
    assert not Job.objects.exists() and ReportDefinition.objects.count() == 1
    assert client.post(change_url(row), DATA).status_code == 403


def test_the_buttons_answer_posts_alone(here):
    row, client = make_report_definition(), desk(people.analyst())
    assert {client.get(change_url(row, view)).status_code for view in ("make", "next")} == {405}


def test_a_definition_is_removed_with_its_links(here):
    row, client = make_report_definition(), desk(people.analyst())
    client.post(change_url(row, "make"))
    assert client.post(change_url(row, "delete"), {"post": "yes"}).status_code == 302
    assert not ReportDefinition.objects.exists() and not ReportFile.objects.exists()
