"""Tables in through the desk: down, up, looked at, applied; kept for later, stale, twice, forged and hostile."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from commitments.models import Assessment, Commitment, Evidence
from commitments.reports.import_columns import SHEETS
from commitments.tables.reader import Limits
from tests import people
from tests.actions.tables_in import csv_of, new_commitment, new_evidence, xlsx_of
from tests.admin.pages import desk, list_url
from tests.factories import make_assessment, make_commitment, make_document, make_evidence, make_publisher
from tests.models.written import everything
from tests.tables import forged

pytestmark = pytest.mark.django_db


def address(name: str = "tables_in") -> str:
    return reverse(f"admin:{name}")


def upload(client: Client, content: bytes, name: str = "表.csv", /, **more):
    return client.post(address(), {"file": SimpleUploadedFile(name, content), **more})


def press(client: Client, shown, **more):
    return client.post(address(), {"token": shown.context["token"], **more})


def retitled(row: Commitment, title: str = "表里的题目") -> bytes:
    return csv_of({"id": row.natural_id, "title_zh": title})


# Down


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_template_explains_its_columns_and_words_in_both_languages(sheet, language):
    with translation.override(language):
        url = address("tables_in_template")
    response = desk(people.analyst()).get(url, {"table": sheet.name, "format": "xlsx"})
    assert re.search(rf'filename="{sheet.name}-\d{{4}}-\d\d-\d\d.xlsx"', response["Content-Disposition"])
    book = openpyxl.load_workbook(io.BytesIO(response.getvalue()))
    heading = [cell.value for cell in book.worksheets[0][1]]
    assert heading == [column.labels[language[:2]] for column in sheet.offered]
    told = {cell.value for row in book.worksheets[1].iter_rows() for cell in row}
    for column in sheet.offered:
        assert {column.name, *column.labels.values()} <= told
        assert {text for word in column.words for text in (word.value, *word.labels.values())} <= told


def test_a_csv_template_has_a_mark_of_its_encoding_and_a_line_that_explains():
    response = desk(people.analyst()).get(address("tables_in_template"), {"table": "commitments", "format": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8")
    assert text.startswith('\ufeff"id","document","code","kind"')
    assert "measure 举措 Measure" in text.splitlines()[1]


def test_the_rows_that_stand_go_down_to_be_edited_and_come_back():
    row = make_commitment(version=3)
    make_evidence(), make_assessment(row)
    client = desk(people.analyst())
    response = client.get(address("tables_in_template"), {"table": "commitments", "format": "xlsx", "rows": "current"})
    book = openpyxl.load_workbook(io.BytesIO(response.getvalue()))
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, names.index("行版本") + 1).value == 3
    sheet.cell(2, names.index("标题") + 1).value = "在表里改的"
    assert press(client, upload(client, forged.saved(book), "a.xlsx")).status_code == 302
    assert Commitment.objects.get().title_zh == "在表里改的"


@pytest.mark.parametrize("query", [{}, {"table": "notes", "format": "csv"}, {"table": "evidence", "format": "xls"}])
def test_what_is_no_table_is_told(query):
    response = desk(people.analyst()).get(address("tables_in_template"), query)
    assert (response.status_code, response["Location"]) == (302, address())


def test_a_table_longer_than_a_sheet_is_told(monkeypatch):
    monkeypatch.setattr("commitments.admin.tables_in.LIMITS", Limits(rows=1))
    make_evidence(), make_evidence()
    query = {"table": "evidence", "format": "csv", "rows": "current"}
    assert desk(people.analyst()).get(address("tables_in_template"), query).status_code == 302


def test_the_page_is_linked_for_analysts_alone():
    for model in (Commitment, Evidence, Assessment):
        assert address() in desk(people.analyst()).get(list_url(model)).content.decode()
        assert address() not in desk(people.reviewer()).get(list_url(model)).content.decode()
    assert address() in desk(people.analyst()).get(reverse("admin:index")).content.decode()


# Up


def test_a_table_goes_up_is_looked_at_and_applied():
    row, client = make_commitment(title_zh="原题"), desk(people.analyst())
    shown = upload(client, retitled(row))
    page = shown.content.decode()
    assert "原题" in page and "表里的题目" in page and row.natural_id in page
    assert Commitment.objects.get().title_zh == "原题"
    answer = press(client, shown)
    assert (answer.status_code, answer["Location"]) == (302, address())
    assert Commitment.objects.get().title_zh == "表里的题目"


def test_a_dry_run_that_can_be_applied_is_found_again():
    row, client = make_commitment(), desk(people.analyst())
    upload(client, retitled(row))
    assert client.get(address()).context["waits"]
    again = client.post(address(), {"look": "1"})
    assert "表里的题目" in again.content.decode()
    press(client, again)
    assert Commitment.objects.get().title_zh == "表里的题目"
    assert not client.get(address()).context["waits"]


def test_a_dry_run_can_be_forgotten():
    row, client = make_commitment(title_zh="原题"), desk(people.analyst())
    upload(client, retitled(row))
    client.post(address(), {"forget": "1"})
    assert not client.get(address()).context["waits"]
    assert client.post(address(), {"look": "1"}).context["problem"]
    assert Commitment.objects.get().title_zh == "原题"


def test_pressing_twice_writes_once_and_says_so():
    row, client = make_commitment(), desk(people.analyst())
    shown = upload(client, retitled(row))
    press(client, shown)
    before = everything()
    again = press(client, shown)
    assert again.status_code == 200 and "anna" in again.content.decode()
    assert everything() == before


def test_a_wrong_row_is_shown_with_its_number_and_keeps_all_out():
    document, client = make_document(), desk(people.analyst())
    rows = [new_commitment(document), new_commitment(document, id=f"{document.slug}/2", kind="承诺")]
    before = everything()
    shown = upload(client, csv_of(*rows))
    assert shown.context["token"] == ""
    page = shown.content.decode()
    assert "<td>3</td>" in page and "承诺" in page and "举措" in page
    assert everything() == before


def test_several_tables_in_one_workbook():
    document, client = make_document(), desk(people.analyst())
    content = xlsx_of(
        evidence=[new_evidence(make_publisher(), commitments=f"{document.slug}/9.1 progress")],
        commitments=[new_commitment(document)],
    )
    press(client, upload(client, content, "a.xlsx"))
    assert Evidence.objects.get().links.get().commitment.code == "9.1"


def test_the_table_can_be_chosen():
    client, row = desk(people.analyst()), make_publisher()
    content = csv_of({"id": row.slug})
    assert upload(client, content).context["problem"]
    assert upload(client, content, table="publishers").context["result"].tables == ["publishers"]
    assert upload(client, content, table="notes").context["form"].errors["table"]


# Forged


@pytest.mark.parametrize(
    "heading", ["review_state", "publication", "author", "seed_key", "path", "created_at", "pk", "_why", "url_key"]
)
def test_an_extra_column_is_refused_by_name(heading):
    row, client = make_commitment(), desk(people.analyst())
    before = everything()
    response = upload(client, csv_of({"id": row.natural_id, "title_zh": "改", heading: "published"}))
    assert heading in response.context["problem"]
    assert everything() == before


@pytest.mark.parametrize("table", ["assessments", "commitments", "evidence"])
def test_columns_of_the_register_s_own_are_never_written(table):
    draft = make_assessment(make_commitment(publication="draft"), author=people.reviewer())
    page, client = make_evidence(publication="draft"), desk(people.analyst())
    rows = {
        "assessments": {
            **{"id": f"{draft.commitment.natural_id}/draft-{draft.pk}", "rationale_zh": "改"},
            **{"published_at": "2020-01-01T00:00:00Z", "rule_met": "official_source", "codebook_version": "9"},
            **{"withdrawn_at": "2020-01-01T00:00:00Z", "withdrawn_reason_zh": "伪造", "in_force": "True"},
        },
        "commitments": {"id": draft.commitment.natural_id, "title_zh": "改", "status": "completed", "url": "/x/"},
        "evidence": {"code": page.code, "title": "改", "origin": "伪造", "voice": "research"},
    }
    press(client, upload(client, csv_of(rows[table])), review_state="published", author=people.analyst().pk)
    draft.refresh_from_db()
    kept = (draft.review_state, draft.published_at, draft.rule_met, draft.codebook_version, draft.author.username)
    assert kept == ("draft", None, "", None, "rui")
    assert not Commitment.objects.published().exists() and not Evidence.objects.published().exists()
    assert page.publisher.origin != "伪造"


def test_a_post_without_the_page_s_token_is_refused():
    row = make_commitment()
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.analyst())
    assert upload(client, retitled(row)).status_code == 403
    assert client.post(address(), {"token": "x"}).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(address()).content.decode())
    assert token and upload(client, retitled(row), csrfmiddlewaretoken=token[1]).status_code == 200


def test_a_dry_run_of_someone_else_is_not_applied():
    row = make_commitment(title_zh="原题")
    shown = upload(desk(people.one_for_all()), retitled(row))
    assert press(desk(people.analyst()), shown).context["problem"]
    assert Commitment.objects.get().title_zh == "原题"


def test_a_role_that_was_lost_in_between_ends_it():
    row, anna = make_commitment(title_zh="原题"), people.analyst()
    client = desk(anna)
    shown = upload(client, retitled(row))
    anna.groups.clear()
    assert press(client, shown).status_code == 403
    assert Commitment.objects.get().title_zh == "原题"


# Hostile


@pytest.mark.parametrize("make", [forged.macros, forged.external_entity, forged.overlapping_entries, forged.cut_off])
def test_a_hostile_file_is_refused_by_name_and_nothing_is_kept(make, settings):
    response = upload(desk(people.analyst()), make(), "a.xlsx")
    assert response.status_code == 200
    assert len(response.context["problem"]) > 8
    assert not settings.STORAGES["files"]["OPTIONS"]["location"].exists()


def test_a_file_too_big_is_refused_before_it_is_read(monkeypatch):
    client = desk(people.analyst())

    def never(*_given):
        raise AssertionError("the form was read")

    monkeypatch.setattr("django.http.request.HttpRequest.parse_file_upload", never)
    response = upload(client, b"a" * 10_200_000)
    assert response.status_code == 413
    assert "10" in response.context["problem"]


def test_what_is_shown_is_escaped():
    client = desk(people.analyst())
    page = upload(
        client, csv_of({"id": "x/1", "title_zh": "<script>alert(1)</script>", "kind": "<b>"})
    ).content.decode()
    assert "<script>alert" not in page and "<b>”" not in page


def test_a_post_without_a_file_is_told():
    assert desk(people.analyst()).post(address(), {}).context["form"].errors["file"]
