"""Reports on the site: the form, the page, the files, and what a visitor may not ask for."""

import re

import pytest
import time_machine

from commitments.web import reports
from tests.factories import make_commitment, make_document, make_judged
from tests.web.test_commitment_files import rows_of

pytestmark = pytest.mark.django_db
YEAR = "from=2024-01-01&to=2024-12-31"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-06-30T04:00:00Z", tick=False):
        yield


def test_without_a_period_it_is_a_form_that_keeps_the_selection(client, django_assert_max_num_queries):
    make_commitment(title_zh="建设D线", document=make_document(slug="here"))
    page = client.get("/en/reports/?document=here&status=not_assessed&order=-code").content.decode()
    assert '<input type="hidden" name="document" value="here">' in page
    assert '<input type="hidden" name="status" value="not_assessed">' in page
    assert 'name="from" value="2024-07-01"' in page and 'name="to" value="2025-06-30"' in page
    assert "建设D线" not in page


def test_the_list_leads_here_with_its_question(client):
    make_commitment()
    page = client.get("/commitments/?kind=measure&page_size=20").content.decode()
    address = re.search(r'href="(/reports/\?[^"]+)"', page)[1].replace("&amp;", "&")
    assert "kind=measure" in address
    assert client.get(address).status_code == 200


def test_the_report_is_on_the_page_at_once(client):
    row = make_commitment(title_zh="建设D线")
    make_judged(row, as_of="2024-05-01", rationale_zh="开工消息。")
    page = client.get(f"/reports/?{YEAR}").content.decode()
    assert page.count("<h1") == 1
    assert f'id="{row.document.slug}-{row.code}"' in page and "开工消息。" in page
    assert f'href="/commitments/{row.document.slug}/{row.code}/"' in page
    assert "<style" not in page and " style=" not in page


def test_page_and_files_have_the_rows_of_the_list(client):
    document = make_document(slug="here")
    for n in range(6):
        row = make_commitment(document=document)
        if n % 2:
            make_judged(row, as_of="2024-05-01")
    query = "document=here&status=underway"
    listed = [row["id"] for row in client.get(f"/commitments.json?{query}&as_of=2024-12-31").json()["results"]]
    page = client.get(f"/reports/?{query}&{YEAR}").content.decode()
    assert [f"here/{code}" for code in re.findall(r'id="here-([^"]+)"', page)] == listed
    raw = client.get(f"/reports.csv?{query}&{YEAR}").content
    assert [row["id"] for row in rows_of(raw) if row["table"] == "commitments"] == listed
    assert len(listed) == 3


def test_files_are_downloads_named_after_the_end_of_the_period(client):
    make_commitment()
    for name in ("csv", "xlsx"):
        answer = client.get(f"/reports.{name}?{YEAR}")
        assert answer["Content-Disposition"] == f'attachment; filename="report-2024-12-31.{name}"'
        assert answer["ETag"]


@pytest.mark.parametrize("query", ["from=yesterday", "colour=red", "status=broken", "length=endless", "document=no"])
def test_a_wrong_parameter_is_named_on_the_page_and_refused_as_a_file(client, query):
    make_commitment(title_zh="建设D线")
    name = query.partition("=")[0]
    answer = client.get(f"/reports/?{query}")
    page = answer.content.decode()
    assert answer.status_code == 200 and f"<code>{name}</code>" in page and "建设D线" not in page
    assert "no-store" in answer["Cache-Control"]
    refused = client.get(f"/reports.csv?{query}")
    assert refused.status_code == 400 and list(refused.json()["errors"]) == [name]


def test_a_selection_that_is_too_large_is_refused_with_a_sentence(client, monkeypatch):
    document = make_document()
    for _ in range(3):
        make_commitment(document=document, title_zh="建设D线")
    monkeypatch.setattr(reports, "LARGEST_PAGE", 2)
    page = client.get(f"/en/reports/?{YEAR}").content.decode()
    assert "more than 2 commitments" in page and "建设D线" not in page
    assert "reports.csv" in page
    assert client.get(f"/reports.xlsx?{YEAR}").status_code == 200
    monkeypatch.setattr(reports, "LARGEST_FILE", 2)
    assert "reports.csv" not in client.get(f"/en/reports/?{YEAR}&length=brief").content.decode()
    answer = client.get(f"/en/reports.xlsx?{YEAR}&length=brief")
    assert answer.status_code == 400 and "more than 2 commitments" in answer.content.decode()


def test_a_report_asked_for_again_costs_one_query(client, django_assert_num_queries):
    make_judged(make_commitment())
    client.get(f"/reports/?{YEAR}")
    with django_assert_num_queries(1):
        client.get(f"/reports/?{YEAR}")
