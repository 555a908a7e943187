"""Each query parameter by hand, at the edges where a rule is easily missed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.http import QueryDict
from django.test import Client

from commitments.catalogue.listing import Listing
from commitments.choices import Bearing, CheckOutcome, Kind, Momentum, PassageRole, Status
from commitments.models import Citation, Commitment, CommitmentTheme, Passage
from tests.factories import (
    make_assessment,
    make_check,
    make_commitment,
    make_document,
    make_evidence,
    make_judged,
    make_link,
    make_note,
    make_party,
    make_party_link,
    make_passage,
    make_theme,
    publish_assessment,
    withdraw_assessment,
)

pytestmark = pytest.mark.django_db
EARLY = datetime(2024, 1, 1, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(datetime(2025, 6, 15, 8, 0, tzinfo=UTC), tick=False):
        yield


def codes(query: str) -> list[str]:
    listing = Listing(QueryDict(query))
    assert listing.errors == {}, query
    return [row.code for row in listing]


def errors(query: str) -> dict[str, list[str]]:
    listing = Listing(QueryDict(query))
    assert list(listing.rows) == [] and listing.count == 0
    assert listing.next_query is None and listing.previous_query is None
    return listing.errors


# q


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("100%25", ["percent"]),
        ("0%25", []),
        ("%25", []),
        ("a_b", ["underscore"]),
        ("_", []),
        ("%5C", []),
        ("c%5Cd", ["backslash"]),
        ("'", []),
        ('"', []),
        ("O'B \"x", ["quote"]),
        ("PERCENT", ["percent"]),
        ("+", ["percent", "underscore", "backslash", "quote"]),
        ("%E3%80%80", ["percent", "underscore", "backslash", "quote"]),
        ("%2A", []),
    ],
)
def test_signs_among_search_words_are_passed_over_and_mean_nothing_else(q: str, found: list[str]) -> None:
    document = make_document()
    titles = [("percent", "增长100%"), ("underscore", "a_b"), ("backslash", "c\\d"), ("quote", 'O\'B "x"')]
    for code, title in titles:
        make_commitment(document=document, code=code, title_zh=title)
    assert codes(f"order=code&q={q}") == found


def test_every_word_must_occur_somewhere_in_the_commitment() -> None:
    row = make_commitment(code="whole", title_zh="铁路", criterion_zh="开工建设。")
    make_passage(row, "举办主题活动")
    make_note(row, text_zh="公开备注", text_en="in the open")
    make_note(row, text_zh="内部备注", visibility="internal")
    make_judged(row, rationale_zh="旧的依据", as_of=date(2024, 1, 1))
    make_judged(row, rationale_zh="新的依据", as_of=date(2024, 2, 1))
    for q in ("铁路 开工", "主题 open", "新的依据 whole", "公开"):
        assert codes(f"q={q}") == ["whole"], q
    for q in ('"铁路" "公路"', "内部", '"旧的依据"'):
        assert codes(f"q={q}") == [], q
    assert codes("q=新的依据&as_of=2024-01-15") == ["whole"], "words are looked for as they stand today"


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_a_passage_in_a_document_that_is_not_public_is_neither_searched_nor_shown(client: Client, state: str) -> None:
    hidden = make_document(publication=state, text="密件中的一句话。\n")
    row = make_commitment(code="1")
    make_passage(row, "密件中的", document=hidden, role=PassageRole.RESTATED)
    assert codes("q=密件") == []
    Passage.objects.update(role=PassageRole.PRIMARY)
    assert client.get("/commitments.json").json()["results"][0]["quote"] is None


def test_the_nearest_comes_first_and_ties_stand_in_tree_order() -> None:
    document = make_document()
    rows = {"2": "别的", "铁路": "标题有铁路", "1.1": "又一条铁路", "3": "别的"}
    for code, title in zip(["a", "b", "c", "x1"], rows.values(), strict=True):
        make_commitment(document=document, code=code, title_zh=title, criterion_zh="与铁路和x1有关。")
    assert codes("q=铁路") == ["b", "c", "a", "x1"]
    assert codes("q=铁路&order=-relevance") == ["a", "x1", "b", "c"]
    assert codes("q=X1") == ["x1", "a", "b", "c"]
    assert codes("q=铁路&order=code") == ["a", "b", "c", "x1"]


# document, kind, ancestor


def test_the_default_order_is_document_then_tree() -> None:
    first, second = make_document(), make_document()
    later = make_commitment(document=second, code="z", position=1)
    top = make_commitment(document=first, code="2", position=2)
    make_commitment(document=first, code="1", position=1)
    make_commitment(parent=top, code="2.1", position=9)
    make_commitment(parent=top, code="2.0", position=10)
    make_commitment(document=first, code="3", position=3)
    assert codes("") == ["1", "2", "2.1", "2.0", "3", later.code]
    assert codes("order=-code") == ["z", "3", "2.0", "2.1", "2", "1"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ancestor=one/4", ["4.1", "4.1.1"]),
        ("ancestor=4", ["4.1", "4.1.1", "4.9"]),
        ("ancestor=two/4&ancestor=one/4.1", ["4.1.1", "4.9"]),
        ("ancestor=4&ancestor=one/4", ["4.1", "4.1.1", "4.9"]),
        ("ancestor=4.1.1", []),
        ("ancestor=4&document=two", ["4.9"]),
        ("ancestor=4&kind=component", ["4.1.1"]),
        ("ancestor=", ["4", "4.1", "4.1.1", "44", "4", "4.9"]),
    ],
)
def test_ancestor_means_everything_below_it(query: str, found: list[str]) -> None:
    one, two = make_document(slug="one"), make_document(slug="two")
    four = make_commitment(document=one, code="4", kind=Kind.PROPOSAL, position=4)
    part = make_commitment(parent=four, code="4.1")
    make_commitment(parent=part, code="4.1.1", kind=Kind.COMPONENT)
    make_commitment(document=one, code="44", position=44)
    make_commitment(parent=make_commitment(document=two, code="4", position=4), code="4.9")
    assert codes(query) == found


def test_what_is_below_a_hidden_row_is_still_below_the_one_above_it() -> None:
    top = make_commitment(code="1")
    make_commitment(parent=make_commitment(parent=top, code="hidden", publication="draft"), code="1.1")
    assert codes("ancestor=1") == ["1.1"]
    assert "ancestor" in errors("ancestor=hidden")


@pytest.mark.parametrize("name", ["ancestor", "document", "party", "theme"])
def test_what_only_hidden_rows_have_answers_like_what_does_not_exist(name: str) -> None:
    hidden = make_commitment(document=make_document(slug="secret", publication="draft"), code="secret")
    make_party(code="secret")
    make_party_link(hidden, "secret")
    CommitmentTheme.objects.create(commitment=hidden, theme=make_theme("secret"))
    known, unknown = (errors(f"{name}={value}") for value in ("secret", "nothing"))
    assert str(known).replace("secret", "nothing") == str(unknown)
    assert list(known) == [name]


# status, band, momentum at a clock


@pytest.mark.parametrize("status", Status)
def test_a_status_is_found_by_its_word_and_by_its_band(status: Status) -> None:
    row = make_commitment(code="it")
    row.target = "continuing" if status == Status.SUSTAINED else row.target
    row.successor = make_commitment(code="next") if status == Status.SUPERSEDED else None
    row.save()
    make_judged(row, status)
    listing = Listing(QueryDict("q=it&order=code"))
    band = listing.rows[0].standing.band  # type: ignore[attr-defined]
    for other in Status:
        assert ("it" in codes(f"status={other}")) == (other == status)
    assert "it" in codes(f"band={band}")


def test_a_withdrawn_or_corrected_judgement_no_longer_gives_the_status() -> None:
    row = make_commitment(code="it")
    make_judged(row, Status.INITIATED, as_of=date(2024, 1, 1))
    wrong = make_judged(row, Status.UNDERWAY, as_of=date(2024, 3, 1))
    withdraw_assessment(wrong, datetime(2024, 5, 1, tzinfo=UTC))
    assert codes("status=initiated") == ["it"]
    assert codes("status=underway&known_on=2024-04-30") == ["it"]
    assert codes("status=underway&known_on=2024-05-01") == []
    make_judged(row, Status.NOT_STARTED, as_of=date(2024, 1, 1), corrects=row.assessments.get(status="initiated"))
    assert codes("status=not_started") == ["it"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("as_of=2024-04-01", Momentum.ADVANCING),
        ("as_of=2024-12-01", Momentum.ADVANCING),  # nine months to the day after the newest evidence
        ("as_of=2024-12-02", Momentum.UNCHECKED),
        ("as_of=2025-01-10", Momentum.QUIET),  # looked on this day, found nothing newer
        ("as_of=2025-05-01", Momentum.QUIET),
        ("as_of=2025-05-02", Momentum.OVERDUE),
        ("known_on=2024-12-31&as_of=2025-01-10", Momentum.UNCHECKED),  # the check was not yet entered
    ],
)
def test_momentum_matches_the_word_that_is_shown_that_day(query: str, shown: Momentum) -> None:
    row = make_commitment(code="it", due_on=date(2025, 5, 1))
    make_judged(row, Status.UNDERWAY, momentum="advancing")
    make_check(
        row,
        checked_on=date(2025, 1, 10),
        outcome=CheckOutcome.NOTHING_NEW,
        recorded_at=datetime(2025, 1, 11, tzinfo=UTC),
    )
    assert {word for word in Momentum if codes(f"momentum={word}&{query}")} == {shown}


def test_a_status_without_recent_movement_is_found_by_no_momentum() -> None:
    make_judged(make_commitment(due_on=date(2024, 6, 1)), Status.COMPLETED, momentum="advancing")
    assert codes("&".join(f"momentum={word}" for word in Momentum)) == []


# evidence


def test_evidence_counts_through_a_link_a_citation_in_force_or_the_link_of_a_part() -> None:
    document = make_document()
    linked, cited, above, below, none = (make_commitment(document=document, code=f"c{n}") for n in range(5))
    make_link(linked)
    source = make_evidence()
    make_link(make_commitment(document=document, code="of", publication="draft"), source)
    judged = make_assessment(cited, as_of=date(2024, 2, 1))
    Citation.objects.create(assessment=judged, evidence=source)
    make_link(cited, source)
    publish_assessment(judged)
    cited.evidence_links.all().delete()
    below.parent = above
    below.save()
    make_link(make_commitment(parent=below, code="deep", kind=Kind.COMPONENT))
    assert codes("evidence=any") == ["c0", "c1", "c2", "c3", "deep"]
    assert codes("evidence=none") == ["c4"] == [none.code]
    assert codes("evidence=none&as_of=2024-01-31") == ["c1", "c4"]


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_evidence_that_is_not_public_does_not_count(state: str) -> None:
    make_link(make_commitment(code="c"), make_evidence(publication=state))
    assert (codes("evidence=any"), codes("evidence=none")) == ([], ["c"])


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_evidence_of_a_part_that_is_not_public_does_not_count(state: str) -> None:
    row = make_commitment(code="c")
    make_link(make_commitment(parent=row, publication=state), bears=Bearing.CONTEXT)
    assert (codes("evidence=any"), codes("evidence=none")) == ([], ["c"])


# dates


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("due_after=2024-06-30", ["30", "31"]),
        ("due_before=2024-06-30", ["29", "30"]),
        ("due_after=2024-06-30&due_before=2024-06-30", ["30"]),
        ("due_after=2024-07-02", []),
        ("due_after=1900-01-01&due_before=2199-12-31", ["29", "30", "31"]),
    ],
)
def test_due_dates_include_the_day_named_and_leave_out_rows_without_one(query: str, found: list[str]) -> None:
    document = make_document()
    for day in (29, 30):
        make_commitment(document=document, code=str(day), due_on=date(2024, 6, day))
    make_commitment(document=document, code="31", due_on=date(2024, 7, 1))
    make_commitment(document=document, code="none")
    assert codes(query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("assessed_after=2024-02-01", ["b"]),
        ("assessed_before=2024-02-01", ["a", "b"]),
        ("assessed_before=2024-01-31", ["a"]),
        ("assessed_after=2024-01-01&as_of=2024-01-31", ["a", "b"]),
        ("assessed_after=2024-01-11&as_of=2024-01-31", []),
    ],
)
def test_assessed_dates_are_those_of_the_status_shown(query: str, found: list[str]) -> None:
    document = make_document()
    first, second = make_commitment(document=document, code="a"), make_commitment(document=document, code="b")
    make_commitment(document=document, code="never")
    make_judged(first, as_of=date(2024, 1, 10))
    make_judged(second, as_of=date(2024, 1, 10))
    make_judged(second, as_of=date(2024, 2, 1))
    assert codes(query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("checked_before=2024-03-01", ["never"]),
        ("checked_before=2024-03-02", ["never", "once"]),
        ("checked_before=2024-03-02&as_of=2024-02-29", ["never", "once"]),
        ("checked_before=2024-03-01&as_of=2024-02-29", ["never", "once"]),
        ("checked_before=2024-03-01&known_on=2023-12-31&as_of=2024-03-01", ["never", "once"]),
    ],
)
def test_not_checked_since_includes_what_was_never_checked(query: str, found: list[str]) -> None:
    document = make_document()
    make_commitment(document=document, code="never")
    make_check(make_commitment(document=document, code="once"), checked_on=date(2024, 3, 1), recorded_at=EARLY)
    assert codes(query) == found


# the clocks


def test_the_clocks_default_to_today_and_as_of_to_known_on() -> None:
    today = date(2025, 6, 15)
    wanted = {
        "": (today, today),
        "known_on=2024-05-01": (date(2024, 5, 1), date(2024, 5, 1)),
        "as_of=2024-05-01": (date(2024, 5, 1), today),
        "as_of=2025-06-15&known_on=2024-05-01": (today, date(2024, 5, 1)),
        "as_of=&known_on=": (today, today),
    }
    for query, (as_of, known_on) in wanted.items():
        clock = Listing(QueryDict(query)).clock
        assert (clock.as_of, clock.known_on) == (as_of, known_on), query


def test_a_day_of_this_site_ends_at_midnight_in_shanghai() -> None:
    row = make_commitment(code="it")
    make_check(row, recorded_at=datetime(2024, 5, 1, 16, 0, tzinfo=UTC))
    make_judged(row, Status.INITIATED, as_of=date(2024, 3, 1), at=datetime(2024, 5, 1, 15, 59, 59, tzinfo=UTC))
    make_judged(row, Status.UNDERWAY, as_of=date(2024, 3, 1), at=datetime(2024, 5, 1, 16, 0, tzinfo=UTC))
    for known_on, status in [("2024-04-30", "not_assessed"), ("2024-05-01", "initiated")]:
        assert codes(f"status={status}&known_on={known_on}") == ["it"]
        assert codes(f"checked_before=2024-03-01&known_on={known_on}") == ["it"]
    assert codes("status=underway&known_on=2024-05-02") == ["it"]
    assert codes("checked_before=2024-03-01&known_on=2024-05-02") == []


@pytest.mark.parametrize("name", ["as_of", "known_on"])
def test_the_future_is_named_as_an_error_from_midnight_in_shanghai(name: str) -> None:
    with time_machine.travel(datetime(2025, 6, 15, 15, 59, tzinfo=UTC), tick=False):
        assert codes(f"{name}=2025-06-15") == []
        (sentence,) = errors(f"{name}=2025-06-16")[name]
        assert "2025-06-16" in sentence and "2025-06-15" in sentence
    with time_machine.travel(datetime(2025, 6, 15, 16, 0, tzinfo=UTC), tick=False):
        assert codes(f"{name}=2025-06-16") == []


def test_only_public_rows_are_ever_listed() -> None:
    make_commitment(code="shown")
    make_commitment(code="draft", publication="draft")
    make_commitment(code="withdrawn", publication="withdrawn")
    for state in ("draft", "withdrawn"):
        make_commitment(document=make_document(publication=state), code="inside")
    assert codes("") == ["shown"]
    assert Commitment.objects.count() == 5
