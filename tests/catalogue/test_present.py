"""Today's lists, read from what is kept ready: the same rows, places and numbers as from the whole history."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.http import QueryDict
from django.test import Client

from commitments.actions.derived import refresh, turn
from commitments.actions.standings import examine_kept
from commitments.catalogue import kept, present, tallies, walk
from commitments.catalogue.facets import Facets
from commitments.catalogue.listing import Listing
from commitments.models import CurrentStanding, Stale
from tests.catalogue.asking import address, questions
from tests.catalogue.generated import NOW, TODAY, written
from tests.catalogue.oracle import Oracle, Params
from tests.catalogue.test_questions import WORDS, compare

NOT_TODAY = {"as_of", "known_on"}


@pytest.fixture(scope="module")
def generated(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with written(django_db_blocker), time_machine.travel(NOW, tick=False):
        while refresh():
            pass
        yield


@pytest.fixture(params=["gathered", "walked"])
def ready(request: pytest.FixtureRequest, generated: None, db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Few rows are gathered and sorted; as many as a large register has are walked."""
    if request.param == "walked":
        for module in (walk, tallies):
            monkeypatch.setattr(module, "GATHERED", 3)
    with time_machine.travel(NOW, tick=False):
        assert present.is_kept()
        yield


def asked(oracle: Oracle, number: int, seed: int) -> list[Params]:
    """Of today alone."""
    several = questions(oracle, WORDS, number * 2, seed=seed)
    return [{name: values for name, values in one.items() if name not in NOT_TODAY} for one in several][:number]


@pytest.mark.parametrize("number", [50, pytest.param(400, marks=pytest.mark.slow)])
def test_random_questions_are_answered_as_a_plain_computation_answers_them(
    client: Client, ready: None, number: int
) -> None:
    oracle = Oracle(TODAY)
    sizes = compare(client, oracle, asked(oracle, number, seed=number), every=5)
    assert sum(size > 0 for size in sizes) > number / 2, "too many empty answers to prove anything"


def exact(query: str) -> Listing:
    """The same question, put to the whole history."""
    listing = Listing(QueryDict(query))
    listing.__dict__ |= {"is_present": False, "walk": None}
    return listing


@pytest.mark.parametrize(
    "query", ["status=not_assessed&band=results", "band=results&document=alpha&momentum=unchecked"]
)
def test_two_filters_about_one_column_count_together(ready: None, query: str) -> None:
    found = Facets(Listing(QueryDict(query)))
    assert found.listing.walk is not None and list(found) == list(Facets(exact(query)))


@pytest.mark.parametrize("number", [30, pytest.param(300, marks=pytest.mark.slow)])
def test_facets_have_the_same_numbers(ready: None, number: int) -> None:
    for params in asked(Oracle(TODAY), number, seed=number + 1):
        query = address("", params).lstrip("?")
        found, wanted = Facets(Listing(QueryDict(query))), Facets(exact(query))
        assert found.listing.is_present
        assert found.listing.count == wanted.listing.count, query
        assert list(found) == list(wanted), query


def there_and_back(query: str) -> tuple[list[str], list[str]]:
    """Codes forwards in pages of two, then backwards from the end."""
    forwards, backwards, place = [], [], ""
    while True:
        listing = Listing(QueryDict(f"{query}&page_size=2&cursor={place}"))
        forwards += [row.natural_id for row in listing.rows]
        if listing.next_query is None:
            break
        place = QueryDict(listing.next_query)["cursor"]
    backwards = [row.natural_id for row in reversed(listing.rows)]
    while listing.previous_query:
        listing = Listing(QueryDict(listing.previous_query))
        backwards += [row.natural_id for row in reversed(listing.rows)]
    return forwards, backwards


@pytest.mark.parametrize("order", ["code", "-code", "as_of", "-as_of", "last_checked_on", "-due_on", "due_on"])
@pytest.mark.parametrize("asked", ["", "status=completed&status=underway&status=initiated", "theme=trade&theme=energy"])
def test_pages_lead_to_the_end_and_back_in_every_order(ready: None, order: str, asked: str) -> None:
    query = f"{asked}&order={order}"
    forwards, backwards = there_and_back(query)
    assert forwards == [row.natural_id for row in exact(query)]
    assert backwards == forwards[::-1]


def test_verify_finds_a_row_and_a_number_that_are_wrong(ready: None) -> None:
    assert [problem for problem in examine_kept() if problem] == []
    CurrentStanding.objects.filter(pk=CurrentStanding.objects.first().pk).update(momentum="quiet", kind="press")
    assert len([problem for problem in examine_kept() if problem]) == 2


def test_what_is_marked_is_asked_exactly(ready: None) -> None:
    row = CurrentStanding.objects.first()
    CurrentStanding.objects.filter(pk=row.pk).update(shown_status="dropped")
    Stale.objects.create(commitment_id=row.pk)
    kept.forget()
    assert not Listing(QueryDict("")).is_present


def test_days_that_pass_change_what_must_change(ready: None) -> None:
    """On each day on which something turns, until nothing does: what is brought up to date is what is true."""
    turning = CurrentStanding.objects.filter(turns_on__isnull=False).order_by("turns_on")
    days = 0
    while row := turning.first():
        with time_machine.travel(f"{row.turns_on.isoformat()}T04:00:00Z", tick=False):
            assert not present.is_kept()
            while turn():
                pass
            assert present.is_kept()
            assert [problem for problem in examine_kept() if problem] == []
        days += 1
    assert days > 1
