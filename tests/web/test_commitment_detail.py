"""One commitment's page: what it says, at which date, and what it keeps to itself."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.choices import Bearing, Kind, Status, Target, Verifiability, Voice
from tests.factories import (
    make_assessment,
    make_check,
    make_commitment,
    make_document,
    make_evidence,
    make_judged,
    make_link,
    make_note,
    make_party_link,
    make_passage,
    make_publisher,
    publish_assessment,
    withdraw_assessment,
)

pytestmark = pytest.mark.django_db


def page(client, row, query: str = "", language: str = "") -> str:
    answer = client.get(f"{language}/commitments/{row.document.slug}/{row.code}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_the_quote_in_its_paragraph(client):
    row = make_commitment()
    make_passage(row, "建立对话机制")
    text = page(client, row)
    assert '<span class="context">一是加强机制建设。双方将</span><mark>建立对话机制</mark>' in text


def test_the_paragraph_stays_hidden_where_the_full_text_is_not_public(client):
    row = make_commitment(document=make_document(full_text_public=False))
    make_passage(row, "建立对话机制")
    text = page(client, row)
    assert "<mark>建立对话机制</mark>" in text
    assert "一是加强机制建设" not in text


def test_the_status_of_an_earlier_day_is_shown_for_that_day(client):
    row = make_commitment()
    make_judged(row, Status.INITIATED, as_of=date(2023, 9, 1))
    make_judged(row, Status.UNDERWAY, as_of=date(2024, 2, 1))
    assert 'class="status initiated">已启动' in page(client, row, "?as_of=2023-12-31")
    assert 'class="status underway">实施中' in page(client, row)
    assert "实施中</strong>" not in page(client, row, "?as_of=2023-12-31")


def test_what_this_site_did_not_know_yet_is_not_shown(client):
    row = make_commitment()
    make_judged(
        row, Status.UNDERWAY, as_of=date(2024, 2, 1), at=datetime(2025, 3, 1, tzinfo=UTC), rationale_zh="后来才知道。"
    )
    text = page(client, row, "?known_on=2025-01-01")
    assert "后来才知道" not in text
    assert "2025-03-01" in text


def test_a_withdrawn_step_stays_readable_with_its_reason(client):
    row = make_commitment()
    step = make_judged(row, Status.UNDERWAY, rationale_zh="曾经的依据。")
    withdraw_assessment(step, datetime(2024, 5, 1, tzinfo=UTC), "来源有误。")
    text = page(client, row)
    assert "曾经的依据。" in text
    assert "来源有误。" in text
    assert "尚未评估" in text


def test_a_principle_reads_not_assessable(client):
    row = make_commitment(kind=Kind.PRINCIPLE, target=Target.CONTINUING, verifiability=Verifiability.NOT_VERIFIABLE)
    make_judged(row, Status.NOT_ASSESSED)
    assert "不作评估" in page(client, row)


def test_sources_of_the_promising_side_alone_are_named_as_such(client):
    row = make_commitment()
    evidence = make_evidence(publisher=make_publisher(voice=Voice.PROMISING_SIDE))
    make_link(row, evidence)
    publish_assessment(make_assessment(row, [evidence]))
    assert "Stated by the promising side only" in page(client, row, language="/en")


def test_nothing_found_says_that_it_does_not_mean_nothing_done(client):
    row = make_commitment()
    make_judged(row, Status.NO_EVIDENCE)
    make_link(row, make_evidence(), Bearing.CONTEXT)
    text = page(client, row, language="/en")
    assert "Not found does not mean not done." in text
    assert "Related, not sufficient" in text


def test_an_unsafe_address_is_never_a_link(client):
    row = make_commitment()
    evidence = make_evidence()
    type(evidence).objects.filter(pk=evidence.pk).update(url="javascript:alert(1)")
    make_link(row, evidence)
    assert 'href="javascript' not in page(client, row)


def test_a_proposal_shows_the_computed_status_beside_its_own(client):
    proposal = make_commitment(kind=Kind.PROPOSAL)
    for _ in range(2):
        make_judged(make_commitment(parent=proposal), Status.SUBSTANTIAL)
    assert 'class="status substantial">主体完成' in page(client, proposal)
    make_judged(proposal, Status.INITIATED)
    text = page(client, proposal, language="/en")
    assert 'class="status initiated">Formal steps taken' in text
    assert "add up to another level: Largely delivered" in text


def test_it_takes_no_more_than_twelve_queries_however_much_there_is(client):
    proposal = make_commitment(kind=Kind.PROPOSAL)
    row = make_commitment(parent=proposal, document=proposal.document)
    make_passage(row)
    make_party_link(row)
    for _ in range(4):
        child = make_commitment(parent=row, kind=Kind.COMPONENT)
        make_judged(child)
        make_judged(row, as_of=date(2024, 3, 1))
        make_note(row)
        make_check(row)
        make_link(row)
    with CaptureQueriesContext(connection) as queries:
        page(client, row)
    assert len(queries) <= 13, [query["sql"][:90] for query in queries]
