"""Editions on the desk: a publisher freezes one, everybody reads it, nobody changes it."""

import pytest
from django.urls import reverse

from commitments.actions.editions import freeze_edition
from commitments.models import Edition
from tests import people
from tests.admin.pages import change_url, desk, list_url
from tests.factories import make_commitment, make_judged

pytestmark = pytest.mark.django_db
ADD = "/admin/commitments/edition/add/"


def test_a_publisher_freezes_one_and_sees_it(client):
    make_judged(make_commitment())
    petra = desk(people.publisher())
    assert petra.get(ADD).status_code == 200
    answer = petra.post(ADD, {"is_provisional": "on", "notes_zh": "首版。", "notes_en": ""}, follow=True)
    row = Edition.objects.get()
    assert (row.number, row.is_provisional, row.notes_zh, row.frozen_by) == (1, True, "首版。", people.publisher())
    assert answer.redirect_chain[-1][0] == list_url(Edition)
    assert reverse("web:edition-detail", args=[1]) in answer.content.decode()
    assert row.history.count() == 1


def test_a_refusal_stands_on_the_form_and_nothing_is_frozen():
    answer = desk(people.publisher()).post(f"/en{ADD}", {"notes_zh": "首版。"})
    assert "there is nothing to freeze" in answer.content.decode() and "首版。" in answer.content.decode()
    assert not Edition.objects.exists()


@pytest.mark.parametrize("person", [people.analyst, people.reviewer])
def test_others_read_and_do_not_freeze(person):
    make_judged(make_commitment())
    row = freeze_edition(by=people.publisher())
    reader = desk(person())
    assert reader.get(list_url(Edition)).status_code == 200
    assert row.sha256 in reader.get(change_url(row)).content.decode()
    assert reader.get(ADD).status_code == 403
    assert reader.post(ADD, {"notes_zh": "x"}).status_code == 403
    assert Edition.objects.count() == 1


def test_nobody_changes_or_removes_one():
    make_judged(make_commitment())
    row = freeze_edition(by=people.publisher())
    olga = desk(people.one_for_all())
    assert olga.post(change_url(row), {"notes_zh": "另。"}).status_code == 403
    assert olga.post(change_url(row, "delete"), {"post": "yes"}).status_code == 403
    row.refresh_from_db()
    assert row.notes_zh == ""
