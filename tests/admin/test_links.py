"""Links and files on the desk: the queue, the text of copies, one click for what moved, and files to upload."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commitments.models import Evidence, FormerAddress, LinkHealth
from tests import people
from tests.admin.pages import change_url, desk, list_url, posted
from tests.factories import make_evidence, make_link_check, make_link_health, make_publisher, make_snapshot
from tests.sources.test_capture import pdf

pytestmark = pytest.mark.django_db


def moved_link() -> Evidence:
    row = make_evidence(url="https://example.org/old")
    make_link_check(row, final_url="https://example.org/new", is_moved=True)
    make_link_health(row, verdict="moved", new_address="https://example.org/new", needs_person=True)
    return row


def upload(content: bytes, name: str = "报告.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_the_queue_shows_links_that_need_a_person_first():
    make_link_health(make_evidence(code="EWELL"), verdict="ok")
    moved_link()
    page = desk(people.reviewer()).get(list_url(LinkHealth) + "?needs_person__exact=1").content.decode()
    assert "https://example.org/new" in page
    assert "EWELL" not in page


def test_a_moved_page_gets_its_new_address_with_one_click():
    row = moved_link()
    anna = desk(people.analyst())
    address = change_url(row, "accept")
    assert f'action="{address}"' in anna.get(change_url(row)).content.decode()
    assert anna.get(address).status_code == 405
    anna.post(address)
    row.refresh_from_db()
    assert row.url == "https://example.org/new"
    assert FormerAddress.objects.get().url == "https://example.org/old"


def test_who_is_no_analyst_accepts_nothing():
    row = moved_link()
    desk(people.reviewer()).post(change_url(row, "accept"))
    assert desk(people.visitor()).post(change_url(row, "accept")).status_code == 302
    row.refresh_from_db()
    assert row.url == "https://example.org/old"


def test_addresses_are_accepted_from_the_queue_too():
    row = moved_link()
    data = {"action": "accept_addresses", "_selected_action": [row.link_health.pk]}
    desk(people.analyst()).post(list_url(LinkHealth), data)
    row.refresh_from_db()
    assert row.url == "https://example.org/new"


def test_the_text_of_a_copy_is_text_whatever_it_holds():
    row = make_evidence()
    make_snapshot(row, title="<b>x</b>", text="<script>alert(1)</script>\n\n第二段")
    make_link_check(row)
    page = desk(people.analyst()).get(change_url(row, "copies")).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page and "<b>x</b>" not in page
    assert "第二段" in page


def test_a_file_takes_the_place_of_an_address():
    make_publisher()
    anna = desk(people.analyst())
    add = list_url(Evidence) + "add/"
    given = {"publisher": make_publisher().pk, "kind": "official", "summary_zh": "报告全文。", "countries": "[]"}
    assert anna.post(add, posted(anna, add, **given)).status_code == 200
    assert Evidence.objects.count() == 0
    answer = anna.post(add, posted(anna, add, **given, upload=upload(pdf())))
    assert answer.status_code == 302
    row = Evidence.objects.get()
    assert (row.url, row.file_name, row.file_type) == ("", "报告.pdf", "application/pdf")
    download = anna.get(change_url(row, "file"))
    assert b"".join(download.streaming_content) == pdf()
    assert download["Content-Disposition"].startswith("attachment")
    assert desk(people.visitor()).get(change_url(row, "file")).status_code == 302


def test_a_wrong_file_is_said_at_its_field_and_nothing_is_written():
    row = make_evidence(publication="draft")
    anna = desk(people.analyst())
    answer = anna.post(change_url(row), posted(anna, change_url(row), upload=upload(b"MZ")))
    assert answer.status_code == 200
    assert "PDF" in str(answer.context["adminform"].form.errors["upload"])
    row.refresh_from_db()
    assert row.file == ""
