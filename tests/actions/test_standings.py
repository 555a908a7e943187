"""Kept standings after writes: by actions, behind their back, in bulk, and by two writers at the same moment."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, connections, transaction
from django.http import QueryDict

from commitments.actions.derived import refresh, writing
from commitments.actions.standings import examine_kept
from commitments.catalogue import kept
from commitments.catalogue.facets import Facets
from commitments.catalogue.listing import Listing
from commitments.choices import Kind, Publication
from commitments.models import Commitment, CurrentStanding, Stale
from commitments.models.guards import remove_guards
from tests.factories import make_commitment, make_document, make_judged, make_link, make_theme


def problems() -> list[str]:
    return [problem for problem in examine_kept() if problem]


def numbers() -> dict[str, int | None]:
    listing = Listing(QueryDict(""))
    assert listing.is_present
    status = next(facet for facet in Facets(listing) if facet.name == "status")
    return {option.value: option.number for option in status.options if option.number}


@pytest.fixture
def proposal(db: None) -> Commitment:
    with writing():
        found = make_commitment(kind=Kind.PROPOSAL)
        for status in ("underway", "completed", "completed"):
            make_judged(make_commitment(parent=found), status=status)
    return found


def test_facets_are_right_right_after_a_write(proposal: Commitment) -> None:
    assert numbers() == {"completed": 3, "underway": 1}  # the proposal's computed status among them
    with writing():
        make_judged(make_commitment(parent=proposal), status="underway")
        make_judged(make_commitment(parent=proposal), status="underway")
    assert numbers() == {"underway": 4, "completed": 2}
    assert problems() == []


def test_a_row_that_readers_may_not_see_any_more_is_gone_from_rows_numbers_and_postings(proposal: Commitment) -> None:
    row = Commitment.objects.filter(parent=proposal).first()
    assert row is not None
    with writing():
        row.theme_links.create(theme=make_theme("trade"))
    assert Listing(QueryDict("theme=trade")).count == 1
    with writing():
        Commitment.objects.filter(pk=row.pk).update(
            publication=Publication.WITHDRAWN, withdrawn_at=row.published_at, withdrawn_reason_zh="登记有误。"
        )
    kept.forget()
    assert Listing(QueryDict("")).count == 3
    assert problems() == []


def test_a_document_that_is_withdrawn_takes_its_rows_along(proposal: Commitment) -> None:
    document = proposal.document
    with writing():
        type(document).objects.filter(pk=document.pk).update(
            publication=Publication.WITHDRAWN, withdrawn_at=document.published_at, withdrawn_reason_zh="登记有误。"
        )
    assert not CurrentStanding.objects.exists()
    assert problems() == []


def test_evidence_of_a_part_is_evidence_of_what_is_above_it(proposal: Commitment) -> None:
    below = make_commitment(kind=Kind.COMPONENT, parent=Commitment.objects.filter(parent=proposal).first())
    while refresh():
        pass
    with writing():
        make_link(below)
    assert CurrentStanding.objects.get(pk=proposal.pk).has_evidence
    assert problems() == []


def test_rows_written_in_bulk_are_taken_in(db: None) -> None:
    document = make_document()
    rows = [
        Commitment(
            document=document, code=f"b{n}", kind=Kind.OUTCOME, target="one_off", title_zh="批量", position=n,
            path=f"{n:06d}", publication="published", published_at=document.published_at,
        )
        for n in range(2500)
    ]  # fmt: skip
    Commitment.objects.bulk_create(rows)
    assert not Listing(QueryDict("")).is_present
    while refresh():
        pass
    assert Listing(QueryDict("kind=outcome")).count == 2500
    assert problems() == []


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """Rows stay until the tables are emptied, which guards would refuse; the emptying ends by installing them."""
    yield
    remove_guards()


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_writers_below_one_proposal_leave_the_right_sum(committed: None) -> None:
    """Each judges parts of its own, at the same moments, twenty times; the proposal is rolled up from both."""
    with writing():
        proposal = make_commitment(kind=Kind.PROPOSAL)
        rows = [make_commitment(parent=proposal) for _ in range(40)]
    start = threading.Barrier(2)
    failed: list[BaseException] = []

    def judge(mine: list[Commitment]) -> None:
        try:
            for row in mine:
                start.wait(30)
                with writing():
                    make_judged(row, status="completed")
        except BaseException as error:
            failed.append(error)
            start.abort()
        finally:
            connections.close_all()

    writers = [threading.Thread(target=judge, args=(rows[side::2],)) for side in (0, 1)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    assert CurrentStanding.objects.get(pk=proposal.pk).shown_status == "completed"
    assert not Stale.objects.exists()
    with transaction.atomic():
        assert problems() == []
