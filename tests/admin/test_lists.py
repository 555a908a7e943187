"""Every list of the desk: order, search, filters, and a bounded number of queries at any size."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.actions.roles import desk_review_user
from commitments.models import (
    Assessment,
    Check,
    Commitment,
    Evidence,
    EvidenceLink,
    Exclusion,
    Note,
    Party,
    Publisher,
    SourceDocument,
    Theme,
)
from tests import people
from tests.admin.pages import desk, list_url
from tests.factories import (
    make_commitment,
    make_document,
    make_judged,
    make_link,
    make_party,
    make_party_link,
    make_passage,
    make_publisher,
    make_theme,
)

pytestmark = pytest.mark.django_db
MOST = 15
THEN = datetime(2024, 1, 1, 4, tzinfo=UTC)


def codes(response) -> list[str]:
    return [row.code for row in response.context["cl"].result_list]


def many_commitments(count: int) -> SourceDocument:
    """Proposals with nine measures each, in tree order, every one judged."""
    document, author = make_document(), desk_review_user()
    shared = {"document": document, "publication": "published", "published_at": THEN}
    tops = [
        Commitment(code=f"{n}", kind="proposal", title_zh=f"建议{n}", position=n, path=f"{n:06d}", **shared)
        for n in range(1, count // 10 + 1)
    ]
    Commitment.objects.bulk_create(tops, batch_size=1000)
    measures = [
        Commitment(
            code=f"{top.code}.{m}",
            kind="measure",
            target="one_off",
            title_zh=f"举措{top.code}.{m}",
            parent=top,
            position=m,
            path=f"{top.path}{m:06d}",
            verifiability="verifiable",
            **shared,
        )
        for top in tops
        for m in range(1, 10)
    ]
    Commitment.objects.bulk_create(measures, batch_size=1000)
    judged = {"confidence": "medium", "as_of": date(2024, 1, 1), "assessed_on": date(2024, 1, 1), "rationale_zh": "x"}
    judged |= {"author": author, "review_state": "published", "rule_met": "none_needed", "codebook_version": 1}
    Assessment.objects.bulk_create(
        [Assessment(commitment=row, status="underway", published_at=THEN, **judged) for row in measures],
        batch_size=1000,
    )
    return document


@pytest.mark.slow
def test_the_list_of_ten_thousand_takes_at_most_fifteen_queries(django_assert_max_num_queries):
    document = many_commitments(10_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself; PostgreSQL plans blindly inside one transaction
    client = desk(people.one_for_all())
    queries = (
        "",
        "?p=150",
        f"?document__id__exact={document.pk}&status=underway&evidence=none",
        "?q=举措&publication__exact=published",
    )
    for query in queries:
        with django_assert_max_num_queries(MOST):
            response = client.get(list_url(Commitment) + query)
        assert response.status_code == 200
        assert response.context["cl"].result_list
    first = client.get(list_url(Commitment)).context["cl"].result_list[:2]
    assert [(row.code, row.shown_status, row.is_computed) for row in first] == [
        ("1", "underway", True),
        ("1.1", "underway", False),
    ]


def fill(count: int) -> None:
    document = make_document()
    for n in range(count):
        commitment, publisher = make_commitment(document=document), make_publisher()
        make_judged(commitment)
        Evidence.objects.update(publisher=publisher)
        make_theme(f"theme-{Theme.objects.count()}")
        make_party(f"P{Party.objects.count()}")
        Note.objects.create(
            commitment=commitment, dated=date(2024, 1, 1), author=desk_review_user(), text_zh=f"备注{n}"
        )
        Check.objects.create(
            commitment=commitment,
            checked_on=date(2024, 1, 1),
            outcome="nothing",
            by=desk_review_user(),
            recorded_at=THEN,
        )
    Exclusion.objects.create(document=document, start=0, end=count, quote=document.text[:count], reason_zh="不是承诺。")


LISTS = (Assessment, Check, Commitment, Evidence, Exclusion, Note, Party, Publisher, SourceDocument, Theme)


def test_the_number_of_queries_does_not_grow_with_the_rows():
    client = desk(people.one_for_all())
    fill(3)
    few = {model: queries_of(client, model, least=1) for model in LISTS}
    assert max(few.values()) <= MOST
    fill(20)
    assert {model: queries_of(client, model, least=2) for model in LISTS} == few


def queries_of(client, model, *, least: int) -> int:
    with CaptureQueriesContext(connection) as asked:
        response = client.get(list_url(model))
    assert response.context["cl"].result_count >= least
    return len(asked)


def test_rows_stand_in_tree_order():
    document = make_document()
    second = make_commitment(document=document, kind="proposal", code="2", position=2)
    make_commitment(parent=second, code="2.1", position=1)
    first = make_commitment(document=document, kind="proposal", code="1", position=1)
    make_commitment(parent=first, code="1.1", position=1)
    response = desk(people.analyst()).get(list_url(Commitment))
    assert codes(response) == ["1", "1.1", "2", "2.1"]
    assert '<span class="place depth-1">' in response.content.decode()


def test_a_code_comes_first_and_words_are_found_everywhere():
    document = make_document()
    make_commitment(document=document, code="4.2.1", position=1)
    exact = make_commitment(document=document, code="4.2", position=2)
    quoted = make_commitment(document=document, code="7", position=3, title_zh="提到 4.2 的一项")
    make_passage(quoted)
    make_judged(exact, rationale_zh="管道尚未开工。")
    client = desk(people.analyst())
    assert codes(client.get(list_url(Commitment), {"q": "4.2"})) == ["4.2", "4.2.1", "7"]
    assert codes(client.get(list_url(Commitment), {"q": "对话机制"})) == ["7"]
    assert codes(client.get(list_url(Commitment), {"q": "管道 尚未"})) == ["4.2"]


def test_filters_by_shown_status_proposal_party_and_evidence():
    proposal = make_commitment(kind="proposal", code="1", position=1)
    measure = make_commitment(parent=proposal, code="1.1", position=1)
    make_judged(measure, "substantial")
    make_party_link(measure, "KZ")
    other = make_commitment(document=proposal.document, code="2", position=2)
    client = desk(people.analyst())

    def found(**query):
        return codes(client.get(list_url(Commitment), query))

    assert found(status="substantial") == ["1", "1.1"]
    assert found(status="not_assessed") == ["2"]
    assert found(proposal=proposal.pk) == ["1", "1.1"]
    assert found(party="KZ") == ["1.1"]
    assert found(evidence="any") == ["1", "1.1"]
    assert found(evidence="none") == ["2"]
    make_link(other)
    assert found(evidence="none") == []


@pytest.mark.parametrize(
    "query", ["status=x", "proposal=x", "proposal=999999", "party=x", "evidence=x", "kind__exact=x", "p=x", "o=x"]
)
def test_a_wrong_parameter_is_no_server_error(query):
    make_commitment()
    assert desk(people.analyst()).get(f"{list_url(Commitment)}?{query}").status_code in (200, 302)


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize(
    ("cast", "expected"), [("analyst", 200), ("reviewer", 200), ("publisher", 200), ("visitor", 302)]
)
def test_who_may_read_the_lists(model, cast, expected):
    assert desk(getattr(people, cast)()).get(list_url(model)).status_code == expected


def test_no_list_deletes_many_at_once():
    client = desk(people.one_for_all())
    for model in LISTS:
        response = client.get(list_url(model))
        form = response.context["action_form"]
        assert form is None or "delete_selected" not in dict(form.fields["action"].choices)


def test_links_are_counted():
    commitment = make_commitment()
    make_link(commitment)
    make_link(commitment)
    row = desk(people.analyst()).get(list_url(Commitment)).context["cl"].result_list[0]
    assert row.evidence_count == EvidenceLink.objects.count() == 2
