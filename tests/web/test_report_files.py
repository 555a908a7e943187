"""Files of a report on the site: a form, a page that tells how far it is, a private link that ends."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from commitments.actions import job_runs, report_files
from commitments.actions.job_runs import claim
from commitments.actions.publication import withdraw
from commitments.actions.working import work_off_one
from commitments.choices import JobState
from commitments.models import Job, ReportFile
from tests import people
from tests.factories import make_commitment, make_judged

pytestmark = pytest.mark.django_db
YEAR = "from=2024-01-01&to=2024-12-31"
HOSTILE = [
    {"query": f"{YEAR}&q=%00", "format": "json"},
    {"query": f"{YEAR}&document=\x00", "format": "json"},
    {"query": f"{YEAR}&theme=" + "x" * 9000, "format": "json"},
    {"query": f"{YEAR}&from=2024-01-02", "format": "json"},
    {"query": YEAR, "format": "\x00"},
]
PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}


def ask(client, name: str = "json", prefix: str = "", query: str = YEAR) -> str:
    answer = client.post(f"{prefix}/reports/make/", {"query": query, "format": name})
    assert answer.status_code == 303
    return answer["Location"]


def is_private(answer) -> bool:
    return all(answer[name] == value for name, value in PRIVATE.items())


def test_the_page_offers_the_formats_that_take_their_time(client):
    make_commitment()
    page = client.get(f"/reports/?{YEAR}").content.decode()
    assert 'action="/reports/make/"' in page
    assert 'value="pdf"' in page and 'value="json"' in page
    assert 'name="format" value="csv"' not in page and "/reports.csv?" in page


def test_a_form_without_a_token_is_enough_as_nobody_is_signed_in():
    assert ask(Client(enforce_csrf_checks=True)).startswith("/reports/made/")


def test_from_the_form_to_the_file(client):
    row = make_commitment(title_zh="建设D线")
    make_judged(row, as_of="2024-05-01")
    page = ask(client)
    waiting = client.get(page)
    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in waiting.content.decode()
    assert client.get(f"{page}file/")["Location"] == page
    work_off_one()
    ready = client.get(page)
    assert f'href="{page}file/"' in ready.content.decode() and "hx-trigger" not in ready.content.decode()
    file = client.get(f"{page}file/")
    assert "建设D线" in file.content.decode()
    assert file["Content-Disposition"] == 'attachment; filename="report-2024-12-31-zh-Hans.json"'
    assert all(is_private(answer) for answer in (waiting, ready, file))


def test_the_file_is_in_the_language_of_the_page(client):
    make_commitment()
    page = ask(client, prefix="/en")
    work_off_one()
    assert page.startswith("/en/") and client.get(f"{page}file/").json()["language"] == "en"


def test_progress_is_shown_while_it_is_made(client, monkeypatch):
    monkeypatch.setattr(job_runs, "TOLD_EVERY", 0.0)
    page = ask(client)
    run = claim(Job.objects.get().pk)
    run.expect(3)
    run.step()
    assert 'value="1" max="3"' in client.get(page).content.decode()


def test_without_a_worker_the_page_says_so_plainly(client):
    page = ask(client, prefix="/en")
    assert "No worker" not in client.get(page).content.decode()
    Job.objects.update(created_at=timezone.now() - timedelta(seconds=11))
    assert "No worker of this site has taken it yet" in client.get(page).content.decode()


def test_a_second_visitor_gets_the_same_file(client):
    assert ask(client) == ask(Client()) and Job.objects.count() == 1


def test_after_a_withdrawal_the_file_is_410_with_a_way_to_make_it_anew(client):
    row = make_commitment(title_zh="撤回的标题")
    page = ask(client, prefix="/en")
    work_off_one()
    withdraw(row, reason_zh="重复登记。", by=people.publisher())
    for address in (page, f"{page}file/"):
        answer = client.get(address)
        assert answer.status_code == 410 and is_private(answer)
        assert "撤回的标题" not in answer.content.decode()
        assert 'action="/en/reports/make/"' in answer.content.decode()


def test_an_expired_link_is_404(client):
    page = ask(client)
    work_off_one()
    ReportFile.objects.update(expires_at=timezone.now())
    assert client.get(page).status_code == client.get(f"{page}file/").status_code == 404


def test_a_full_queue_is_503_with_a_sentence(client, monkeypatch):
    monkeypatch.setattr(report_files, "MOST_WAITING", 1)
    ask(client)
    answer = client.post("/en/reports/make/", {"query": YEAR, "format": "csv"})
    assert answer.status_code == 503 and answer["Retry-After"] == "60"
    assert "Many reports are waiting" in answer.content.decode()


def test_a_failure_is_told_without_its_reason(client):
    page = ask(client, prefix="/en")
    Job.objects.update(state=JobState.FAILED, finished_at=timezone.now(), message="Traceback of secrets")
    answer = client.get(page).content.decode()
    assert "could not be made" in answer and "secrets" not in answer


@pytest.mark.parametrize(
    "data", [{"query": YEAR, "format": "exe"}, {"query": "colour=red", "format": "pdf"}, {}, *HOSTILE]
)
def test_what_cannot_be_made_is_400(client, data):
    assert client.post("/reports/make/", data).status_code == 400
    assert not Job.objects.exists()


def test_it_is_asked_for_by_post_alone_and_stands_in_no_sitemap(client):
    page = ask(client)
    assert client.get("/reports/make/").status_code == 405
    assert client.post(page).status_code == 405
    assert "/made/" not in client.get("/sitemap.xml").content.decode()
