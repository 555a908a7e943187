"""Checks: who looked where and when, in one click where nothing changed."""

from datetime import date, datetime

import pytest
import time_machine
from django.utils.translation import override

from commitments.actions.checks import check_unchanged
from commitments.actions.versions import Conflict
from commitments.models import Assessment, Check
from commitments.today import ZONE
from tests import people
from tests.factories import make_commitment, make_link
from tests.models.written import refuses, writes_one_entry

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 7, 10, 0, 5, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False), override("en"):
        yield


def test_no_change_is_one_check_and_no_assessment():
    commitment, anna = make_commitment(), people.analyst()
    with writes_one_entry(Check, anna, "checked, no change"):
        check_unchanged(commitment, by=anna, searched_zh="各方官网")
    check = Check.objects.get()
    assert (check.checked_on, check.by, check.searched_zh) == (date(2024, 7, 10), anna, "各方官网")
    assert not Assessment.objects.exists()


def test_nothing_new_is_said_where_something_is_known_and_nothing_elsewhere():
    anna, parent, bare = people.analyst(), make_commitment(code="4"), make_commitment()
    make_link(make_commitment(document=parent.document, parent=parent, code="4.1"))
    for commitment in (parent, bare):
        check_unchanged(commitment, by=anna, searched_zh="各方官网")
    assert parent.checks.get().outcome == "nothing_new"
    assert bare.checks.get().outcome == "nothing"


def test_the_same_click_twice_is_one_check():
    commitment, anna = make_commitment(), people.analyst()
    first = check_unchanged(commitment, by=anna, searched_zh="各方官网", expected_version=1)
    assert check_unchanged(commitment, by=anna, searched_zh="各方官网", expected_version=1) == first
    check_unchanged(commitment, by=people.one_for_all(), searched_zh="各方官网")
    assert Check.objects.count() == 2


def test_a_check_says_where():
    commitment, anna = make_commitment(), people.analyst()
    with refuses("A check says where we looked", "searched_zh"):
        check_unchanged(commitment, by=anna, searched_zh=" ")


def test_no_change_is_not_said_of_what_someone_else_has_changed():
    commitment, anna = make_commitment(version=3), people.analyst()
    with refuses("Someone else changed", "version", kind=Conflict):
        check_unchanged(commitment, by=anna, searched_zh="各方官网", expected_version=2)


def test_only_analysts_check():
    commitment, petra = make_commitment(), people.publisher()
    with refuses("needs the role: analyst"):
        check_unchanged(commitment, by=petra, searched_zh="各方官网")
