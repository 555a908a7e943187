"""Public pages are kept until the register changes, and readers who have them are told so."""

import pytest

from commitments.actions.publication import withdraw
from tests import people
from tests.factories import make_commitment, make_judged, make_note

pytestmark = pytest.mark.django_db


def test_a_reader_who_has_the_page_gets_304(client):
    make_commitment()
    first = client.get("/commitments/")
    again = client.get("/commitments/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert "max-age=60" in again["Cache-Control"]


def test_a_second_visit_costs_one_query(client, django_assert_num_queries):
    make_commitment()
    client.get("/commitments/")
    with django_assert_num_queries(1):
        client.get("/commitments/")


@pytest.mark.parametrize("write", [make_judged, make_note, lambda row: make_commitment(document=row.document)])
def test_every_write_makes_a_new_page(client, write):
    row = make_commitment()
    address = f"/commitments/{row.document.slug}/{row.code}/"
    first = client.get(address)["ETag"]
    write(row)
    assert client.get(address)["ETag"] != first


def test_a_withdrawal_is_seen_at_once(client):
    row = make_commitment(title_zh="将要撤回")
    assert "将要撤回" in client.get("/commitments/").content.decode()
    withdraw(row, by=people.publisher(), reason_zh="重复登记。")
    assert "将要撤回" not in client.get("/commitments/").content.decode()


def test_languages_never_share_a_page(client):
    make_commitment()
    assert client.get("/commitments/")["ETag"] != client.get("/en/commitments/")["ETag"]


def test_errors_are_not_kept_by_anyone(client):
    assert "no-store" in client.get("/commitments.json?colour=red")["Cache-Control"]
    assert "no-store" in client.get("/commitments/none/such/")["Cache-Control"]
