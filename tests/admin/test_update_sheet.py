"""The update sheet through the desk: down from a filtered list, up, looked at, applied; by role, and forged."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from commitments.models import Assessment, Check, Commitment
from tests import people
from tests.actions.sheets import STATED, bytes_of, downloaded, fill
from tests.admin.pages import desk, list_url
from tests.factories import make_commitment, make_document, make_judged, make_link, make_user
from tests.models.written import everything
from tests.tables import forged

pytestmark = pytest.mark.django_db
DOWNLOAD, UPLOAD = "admin:commitments_commitment_update_download", "admin:commitments_commitment_update_sheet"


def sheet_of(client: Client, query: str = "") -> openpyxl.Workbook:
    response = client.get(reverse(DOWNLOAD) + query)
    assert response.status_code == 200
    assert re.search(r'filename="update-sheet-\d{4}-\d\d-\d\d.xlsx"', response["Content-Disposition"])
    return book_of(response)


def book_of(response) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(response.getvalue()))


def ids(book: openpyxl.Workbook) -> list[str]:
    return [cell.value for cell in book.worksheets[0]["A"][1:]]


def upload(client: Client, content: bytes, name: str = "周报.xlsx", /, **more):
    return client.post(reverse(UPLOAD), {"file": SimpleUploadedFile(name, content), "then": "draft", **more})


def apply(client: Client, shown, **more):
    return client.post(reverse(UPLOAD), {"token": shown.context["token"], **more})


def test_the_sheet_holds_the_rows_of_the_filtered_list():
    here, elsewhere = make_document(), make_document()
    wanted, judged = make_commitment(document=here), make_commitment(document=here)
    make_commitment(document=elsewhere)
    make_judged(judged)
    client = desk(people.analyst())
    assert ids(sheet_of(client, f"?document__id__exact={here.pk}")) == [wanted.natural_id, judged.natural_id]
    assert ids(sheet_of(client, "?status=underway")) == [judged.natural_id]
    assert ids(sheet_of(client, f"?q={wanted.code}")) == [wanted.natural_id]
    assert ids(sheet_of(client, f"?id__in={wanted.pk}")) == [wanted.natural_id]
    assert len(ids(sheet_of(client))) == 3


def test_a_section_of_the_work_queue_is_downloaded_as_it_is_narrowed():
    document, other = make_document(), make_document()
    rows = [make_commitment(document=document), make_commitment(document=document)]
    make_commitment(document=other)
    client = desk(people.analyst())
    page = client.get(reverse("admin:index"), {"section": "never", "document": document.slug})
    query = page.context["query"]
    assert f"{reverse(DOWNLOAD)}?{query.replace('&', '&amp;')}" in page.content.decode()
    assert sorted(ids(sheet_of(client, f"?{query}"))) == sorted(row.natural_id for row in rows)
    assert ids(sheet_of(client, "?section=nonsense")) == []


def test_the_list_offers_the_sheet_under_its_own_filter():
    document = make_commitment().document
    page = desk(people.analyst()).get(list_url(Commitment), {"document__id__exact": document.pk}).content.decode()
    assert f"{reverse(DOWNLOAD)}?document__id__exact={document.pk}" in page
    assert reverse(UPLOAD) in page
    assert reverse(UPLOAD) not in desk(people.reviewer()).get(list_url(Commitment)).content.decode()


def test_selected_rows_are_downloaded_by_an_action():
    rows = [make_commitment() for _ in range(3)]
    data = {"action": "download_selected", "_selected_action": [rows[0].pk, rows[2].pk]}
    response = desk(people.analyst()).post(list_url(Commitment), data)
    assert ids(book_of(response)) == [rows[0].natural_id, rows[2].natural_id]


def test_an_unknown_filter_is_told_and_gives_no_sheet():
    make_commitment()
    response = desk(people.analyst()).get(reverse(DOWNLOAD) + "?nonsense=1")
    assert (response.status_code, response["Location"]) == (302, list_url(Commitment))


def test_a_computed_status_is_marked_and_comes_back_untouched():
    proposal = make_commitment(kind="proposal")
    make_judged(make_commitment(parent=proposal))
    client = desk(people.analyst())
    book = sheet_of(client)
    assert str(book.worksheets[0]["C2"].value).startswith("实施中")
    assert not upload(client, bytes_of(book)).context["result"].touched


def test_a_sheet_goes_up_is_looked_at_and_applied():
    row = make_commitment()
    link = make_link(row)
    client = desk(people.analyst())
    book = sheet_of(client)
    fill(book, 2, **STATED, evidence=link.evidence.code)
    shown = upload(client, bytes_of(book))
    assert "公开材料显示已有交付。" in shown.content.decode()
    assert not Assessment.objects.exists()
    assert apply(client, shown).status_code == 302
    assert Assessment.objects.get().review_state == "draft"
    assert "update sheet" in Assessment.objects.get().history.get().history_change_reason


def test_one_who_holds_all_roles_may_publish():
    row = make_commitment()
    link = make_link(row)
    client = desk(people.one_for_all())
    book = sheet_of(client)
    fill(book, 2, **STATED, evidence=link.evidence.code)
    apply(client, upload(client, bytes_of(book), then="published"))
    assert Assessment.objects.get().review_state == "published"


@pytest.mark.parametrize(
    ("cast", "offered"),
    [("analyst", ["draft", "in_review"]), ("one_for_all", ["draft", "in_review", "published"])],
)
def test_the_page_offers_what_the_role_may(cast, offered):
    form = desk(getattr(people, cast)()).get(reverse(UPLOAD)).context["form"]
    assert [value for value, _label in form.fields["then"].choices] == offered


def test_where_two_people_are_needed_publishing_is_not_offered(settings):
    settings.TRACKER_TWO_PERSON_RULE = True
    form = desk(people.one_for_all()).get(reverse(UPLOAD)).context["form"]
    assert [value for value, _label in form.fields["then"].choices] == ["draft", "in_review"]


def test_a_conflict_is_shown_with_both_texts():
    row = make_commitment()
    client = desk(people.analyst())
    book = sheet_of(client)
    fill(book, 2, **STATED)
    make_judged(row, rationale_zh="对方先写的依据。")
    Commitment.objects.update(version=2)
    page = upload(client, bytes_of(book)).content.decode()
    assert STATED["rationale_zh"] in page and "对方先写的依据。" in page


def test_pressing_apply_twice_writes_once_and_says_so():
    client = desk(people.analyst())
    book = downloaded([make_commitment()])
    fill(book, 2, checked="是", looked="外交部网站")
    shown = upload(client, bytes_of(book))
    apply(client, shown)
    again = apply(client, shown)
    assert again.status_code == 200
    assert "anna" in again.content.decode()
    assert Check.objects.count() == 1


def test_what_is_wrong_is_said_in_the_reader_s_language():
    client = desk(people.analyst())
    book = downloaded([make_commitment()])
    fill(book, 2, new_status="?")
    with translation.override("en"):
        page = upload(client, bytes_of(book)).content.decode()
        assert "New status: “?” is not allowed; allowed: Not yet assessed" in page


# Roles
@pytest.mark.parametrize(
    ("cast", "expected"),
    [("analyst", 200), ("one_for_all", 200), ("reviewer", 403), ("publisher", 403), ("visitor", 302)],
)
@pytest.mark.parametrize("name", [DOWNLOAD, UPLOAD])
def test_who_may_open_either_address(name, cast, expected):
    make_commitment()
    client = desk(getattr(people, cast)())
    got = client.get(reverse(name))
    assert got.status_code == expected
    got.getvalue()  # read to its end, which closes the file
    posted = {200: 405 if name == DOWNLOAD else 200}.get(expected, expected)
    assert client.post(reverse(name)).status_code == posted


@pytest.mark.parametrize("name", [DOWNLOAD, UPLOAD])
def test_others_are_kept_out(name):
    assert Client().get(reverse(name)).status_code == 302
    root = make_user("root", is_superuser=True)
    root.is_staff = True
    root.save()
    assert desk(root).get(reverse(name)).status_code == 403
    gone = people.analyst()
    client = desk(gone)
    gone.groups.clear()
    assert client.get(reverse(name)).status_code == 403


def test_an_action_by_someone_else_gives_no_sheet():
    row = make_commitment()
    data = {"action": "download_selected", "_selected_action": [row.pk]}
    assert "Content-Disposition" not in desk(people.reviewer()).post(list_url(Commitment), data)


# Forged
def test_a_post_without_the_page_s_token_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.analyst())
    book = downloaded([make_commitment()])
    fill(book, 2, checked="是", looked="外交部网站")
    assert upload(client, bytes_of(book)).status_code == 403
    assert client.post(reverse(UPLOAD), {"token": "x"}).status_code == 403
    page = client.get(reverse(UPLOAD)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token and upload(client, bytes_of(book), csrfmiddlewaretoken=token[1]).status_code == 200


@pytest.mark.parametrize("then", ["published", "approved", "withdrawn", "x", ""])
def test_an_analyst_cannot_ask_for_more_than_the_page_offers(then):
    client = desk(people.analyst())
    book = downloaded([make_commitment()])
    fill(book, 2, checked="是", looked="外交部网站")
    assert upload(client, bytes_of(book), then=then).context["form"].errors["then"]


def test_hidden_and_extra_fields_change_nothing():
    row, rui = make_commitment(), people.reviewer()
    client = desk(people.analyst())
    book = downloaded([row])
    fill(book, 2, **STATED)
    more = {"review_state": "published", "published_at": "2020-01-01", "author": rui.pk, "version": "99"}
    shown = upload(client, bytes_of(book), **more)
    apply(client, shown, then="published", file="x", place="/etc/passwd", **more)
    step = Assessment.objects.get()
    assert (step.review_state, step.author.username, step.published_at) == ("draft", "anna", None)


@pytest.mark.parametrize("heading", ["review_state", "published_at", "author", "rule_met", "publication"])
def test_an_extra_column_is_refused_by_name(heading):
    book = downloaded([make_commitment()])
    fill(book, 2, **STATED)
    book.worksheets[0].cell(1, 16).value, book.worksheets[0].cell(2, 16).value = heading, "published"
    before = everything()
    response = upload(desk(people.analyst()), bytes_of(book))
    assert heading in response.context["problem"]
    assert everything() == before


def test_a_version_that_was_never_seen_is_a_conflict():
    client = desk(people.analyst())
    book = downloaded([make_commitment(version=3)])
    fill(book, 2, **STATED, version=99)
    shown = upload(client, bytes_of(book))
    assert shown.context["token"] == ""
    assert client.post(reverse(UPLOAD), {"token": "made up"}).context["problem"]
    assert not Assessment.objects.exists()


# Hostile
@pytest.mark.parametrize("make", [forged.macros, forged.external_entity, forged.overlapping_entries, forged.cut_off])
def test_a_hostile_sheet_is_refused_by_name_and_nothing_is_kept(make, settings):
    response = upload(desk(people.analyst()), make())
    assert response.status_code == 200
    assert len(response.context["problem"]) > 8
    assert not settings.STORAGES["files"]["OPTIONS"]["location"].exists()


def test_a_file_too_big_is_refused_before_it_is_read(monkeypatch):
    client = desk(people.analyst())

    def never(*_given):
        raise AssertionError("the form was read")

    monkeypatch.setattr("django.http.request.HttpRequest.parse_file_upload", never)
    response = upload(client, b"a" * 5_200_000)
    assert response.status_code == 413
    assert "5" in response.context["problem"]


def test_a_file_a_little_too_big_is_refused_at_its_field():
    response = upload(desk(people.analyst()), b"a" * 5_050_000)
    assert response.context["form"].errors["file"]


def test_a_post_without_a_file_is_told():
    response = desk(people.analyst()).post(reverse(UPLOAD), {"then": "draft"})
    assert response.context["form"].errors["file"]
