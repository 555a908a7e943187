"""Notes and checks: signed by who wrote them, dated by when we knew."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils.translation import override

from commitments.actions.checks import record_check
from commitments.actions.notes import save_note
from commitments.choices import CheckOutcome
from commitments.models import Check, Note
from commitments.today import ZONE
from tests import people
from tests.factories import make_check, make_commitment, make_note
from tests.models.written import refuses, writes_one_entry

pytestmark = pytest.mark.django_db
TODAY = date(2024, 7, 10)
NOW = datetime(2024, 7, 10, 0, 5, tzinfo=ZONE)  # still the 9th in Greenwich


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False), override("en"):
        yield


def a_note(**over) -> Note:
    return Note(**{"commitment": make_commitment(), "dated": TODAY, "text_zh": "一条备注。", **over})


def a_check(**over) -> Check:
    return Check(**{"commitment": make_commitment(), "checked_on": TODAY, "outcome": CheckOutcome.NOTHING, **over})


def test_a_new_note_is_internal_and_its_writer_s_with_one_entry():
    note, anna = a_note(), people.analyst()
    with writes_one_entry(Note, anna, "from a call"):
        save_note(note, by=anna, why="from a call")
    stored = Note.objects.get()
    assert (stored.author, stored.visibility, stored.created_at) == (anna, "internal", NOW)


def test_a_mended_note_keeps_its_author_and_both_wordings():
    note, anna = make_note(make_commitment()), people.analyst()
    first_author, note.text_zh = note.author, "改写的备注。"
    with writes_one_entry(note, anna):
        save_note(note, by=anna)
    assert Note.objects.get().author == first_author != anna
    assert list(note.history.values_list("text_zh", flat=True)) == ["改写的备注。", "一条备注。"]


@pytest.mark.parametrize(
    ("over", "field"),
    [({"text_zh": ""}, "text_zh"), ({"dated": None}, "dated"), ({"visibility": "friends"}, "visibility")],
)
def test_a_note_that_is_none_is_refused(over, field):
    note, anna = a_note(**over), people.analyst()
    with refuses(f"({field}=", field):
        save_note(note, by=anna)


def test_a_new_check_is_signed_and_known_from_now_on():
    check, anna = a_check(), people.analyst()
    with writes_one_entry(Check, anna, "weekly round"):
        record_check(check, by=anna, why="weekly round")
    stored = Check.objects.get()
    assert (stored.by, stored.recorded_at, stored.checked_on) == (anna, NOW, TODAY)


def test_a_mended_check_stays_known_since_it_was_entered():
    check, anna = make_check(make_commitment()), people.analyst()
    before = (check.by, check.recorded_at)
    check.outcome = CheckOutcome.SOMETHING
    with writes_one_entry(check, anna):
        record_check(check, by=anna)
    stored = Check.objects.get()
    assert (stored.by, stored.recorded_at) == before and stored.outcome == "something"


def test_a_check_in_the_future_is_refused_with_the_latest_day_allowed():
    check, anna = a_check(checked_on=TODAY + timedelta(days=1)), people.analyst()
    with refuses("“2024-07-11” lies in the future; the latest day allowed is 2024-07-10.", "checked_on"):
        record_check(check, by=anna)


@pytest.mark.parametrize(
    ("over", "field"),
    [({"checked_on": None}, "checked_on"), ({"outcome": "maybe"}, "outcome"), ({"outcome": ""}, "outcome")],
)
def test_a_check_that_is_none_is_refused(over, field):
    check, anna = a_check(**over), people.analyst()
    with refuses(f"({field}=", field):
        record_check(check, by=anna)


@pytest.mark.parametrize("name", ["reviewer", "publisher", "visitor"])
def test_only_an_analyst_writes_notes_and_checks(name):
    person, note, check = getattr(people, name)(), a_note(), a_check()
    with refuses("This needs the role: analyst."):
        save_note(note, by=person)
    with refuses("This needs the role: analyst."):
        record_check(check, by=person)
