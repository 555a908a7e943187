"""What a report may be asked: the list's own parameters, a period, a length; every refusal names its parameter."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils.translation import override

from commitments.catalogue import filters
from commitments.choices import ReportLength, Status
from commitments.reports.question import PARAMETERS
from tests.factories import make_commitment, make_document, make_edition, make_judged
from tests.reports.asking import question

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-06-30T04:00:00Z", tick=False):
        yield


def test_it_takes_whatever_the_list_takes():
    assert set(filters.PARAMETERS) < set(PARAMETERS)
    assert question("order=-as_of&page_size=20&q=%E5%BB%BA&from=2025-01-01").errors == {}


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("from=yesterday", {"from"}),
        ("to=2999-01-01", {"to"}),
        ("from=2025-01-01&to=2024-01-01", {"from"}),
        ("from=2025-13-01&to=2025-02-30", {"from", "to"}),
        ("length=endless", {"length"}),
        ("document=nowhere", {"document"}),
        ("colour=red", {"colour"}),
        ("from=2024-01-01&from=2024-01-02", {"from"}),
        ("status=broken", {"status"}),
        ("known_on=2999-01-01", {"known_on"}),
        ("as_of=2025-01-01&to=2025-02-01", {"as_of"}),
    ],
)
def test_a_refusal_names_its_parameter(query, named):
    asked = question(query)
    assert set(asked.errors) == named
    assert not asked.is_valid


@pytest.mark.parametrize(
    ("query", "named", "said"),
    [
        ("edition=7", "edition", "“7”.* 1 to 2"),
        ("edition=0", "edition", "“0”"),
        ("edition=-1", "edition", "“-1”"),
        ("edition=１", "edition", "“１”"),
        ("edition=1' OR 1", "edition", "OR"),
        ("edition=" + "9" * 30, "edition", "20"),
        ("edition=1&edition=2", "edition", ""),
        ("edition=1&known_on=2025-06-01", "known_on", "2025-03-31"),
        ("edition=1&to=2025-04-01", "to", "2025-03-31"),
        ("edition=1&as_of=2025-04-01", "to", "2025-03-31"),
    ],
)
def test_an_edition_that_cannot_be_asked_for_is_refused_by_name(query, named, said):
    make_edition(number=1, day=date(2025, 3, 31))
    make_edition(number=2, day=date(2025, 5, 31))
    with override("en"):
        errors = question(query).errors
    assert set(errors) == {named}
    assert re.search(said, " ".join(errors[named]))


def test_where_no_edition_is_released_none_can_be_asked_for():
    with override("en"):
        assert "none has been released" in question("edition=1").errors["edition"][0]


def test_of_an_edition_it_tells_what_was_known_on_its_day_and_says_so():
    row = make_commitment(document=make_document(slug="here"))
    make_judged(row, Status.INITIATED, as_of="2024-05-01", at=datetime(2024, 6, 1, 4, tzinfo=UTC))
    make_judged(row, Status.COMPLETED, as_of="2024-05-02", at=datetime(2025, 5, 1, 4, tzinfo=UTC))
    make_edition(number=1, day=date(2025, 3, 31))
    asked = question("document=here&edition=1&from=2024-01-01")
    report = asked.report()
    assert [item.standing.status for item in report.items] == [Status.INITIATED]
    with override("en"):
        assert report.basis == "based on edition 1 of 2025-03-31"
    assert report.period.end.isoformat() == "2025-03-31"
    assert question(asked.canonical).report().basis == report.basis
    assert question(asked.lasting).errors == {} and "edition=1" in asked.lasting
    now = question("document=here&from=2024-01-01&to=2025-03-31").report()
    assert [item.standing.status for item in now.items] == [Status.COMPLETED] and now.basis == ""


def test_the_period_ends_on_the_day_that_the_list_is_read_for_and_is_a_year_long():
    period = question("as_of=2025-03-31").period
    assert (period.start.isoformat(), period.end.isoformat()) == ("2024-04-01", "2025-03-31")


def test_the_rows_are_those_of_the_list_at_the_end_of_the_period_in_the_order_of_the_document():
    document = make_document(slug="here")
    rows = [make_commitment(document=document) for _ in range(3)]
    make_judged(rows[0], Status.INITIATED, as_of="2024-02-01")
    make_judged(rows[2], Status.INITIATED, as_of="2024-02-01")
    make_judged(rows[2], Status.UNDERWAY, as_of="2025-02-01")
    listing = question("document=here&status=initiated&from=2024-01-01&to=2024-12-31&order=-code&page_size=1").listing
    assert [row.pk for row in listing] == [rows[0].pk, rows[2].pk]
    assert listing.clock.as_of.isoformat() == "2024-12-31"


def test_a_report_is_full_unless_said_otherwise():
    assert question("").length == ReportLength.FULL
    assert question("length=brief").length == ReportLength.BRIEF


def test_its_one_spelling_asks_the_same_again():
    make_document(slug="here")
    asked = question("to=2024-12-31&kind=measure&document=here&order=-code&known_on=2025-01-31")
    again = question(asked.canonical)
    assert again.errors == {}
    assert (again.period, again.length, again.canonical) == (asked.period, asked.length, asked.canonical)
    assert "order" not in asked.canonical and "known_on=2025-01-31" in asked.canonical


def test_the_size_is_known_without_reading_the_rows(django_assert_num_queries):
    for _ in range(3):
        make_commitment()
    asked = question("")
    with django_assert_num_queries(2):  # whether today's rows are kept ready is one
        assert asked.is_larger_than(2)
    assert not asked.is_larger_than(3)


def test_filters_are_told_in_words():
    make_document(slug="here", short_zh="西安峰会")
    assert question("document=here").filters == []
    assert ("状态", "实施中") in question("document=here&status=underway").filters
