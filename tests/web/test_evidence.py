"""Evidence as pages: the list, one piece of it, and what is shown of those that were withdrawn."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.catalogue.kept import forget
from commitments.choices import Status, Voice
from tests.factories import (
    make_assessment,
    make_commitment,
    make_evidence,
    make_judged,
    make_link,
    make_party_link,
    make_publisher,
    publish_assessment,
    withdraw_assessment,
)

pytestmark = pytest.mark.django_db


def text(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_list_shows_what_a_page_says_who_says_it_and_what_it_bears_on(client):
    publisher = make_publisher(name="新华社", voice=Voice.PROMISING_SIDE)
    row = make_evidence(code="E007", title="Line D", language="en", publisher=publisher, summary_zh="D线谈判。")
    make_link(make_commitment(code="4.2"), row, "stall")
    page = text(client, "/evidence/")
    for word in (
        "D线谈判。",
        '<span lang="en">Line D</span>',
        "新华社",
        "承诺方",
        "/evidence/E007/",
        "4.2",
        "显示停滞",
    ):
        assert word in page


def test_a_wrong_parameter_is_named_on_the_page(client):
    make_evidence(summary_zh="一条摘要")
    page = text(client, "/evidence/?colour=red")
    assert "<code>colour</code>" in page
    assert "一条摘要" not in page


def test_the_page_shows_everything_that_is_known_of_it(client):
    publisher = make_publisher(name="Xinhua", origin="State media", voice=Voice.PROMISING_SIDE, note="Agency.")
    row = make_evidence(
        code="E007",
        publisher=publisher,
        publisher_as_given="新华网",
        language="zh",
        countries=["CN", "TM"],
        published_on=None,
    )
    commitment = make_commitment(title_zh="建设D线")
    make_party_link(commitment, "CN")
    make_link(commitment, row, "progress")
    publish_assessment(make_assessment(commitment, [row], status=Status.UNDERWAY))
    page = text(client, "/evidence/E007/")
    for word in ("Xinhua", "新华网", "State media", "Agency.", "简体中文", "CN国", "TM", "建设D线", "显示进展"):
        assert word in page
    assert "example.org</h1>" in page  # no title of its own
    assert 'rel="noopener noreferrer"' in page
    english = text(client, "/en/evidence/E007/")
    assert "Stated by the promising side" in english
    assert "undated" in english


def test_a_title_keeps_its_own_language(client):
    make_evidence(code="E007", title="Новости", language="ru")
    assert '<span lang="ru">Новости</span></h1>' in text(client, "/evidence/E007/")


def test_judgements_that_were_withdrawn_or_corrected_say_so(client):
    row, commitment = make_evidence(code="E007"), make_commitment()
    make_link(commitment, row)
    wrong = publish_assessment(make_assessment(commitment, [row], as_of="2024-03-01"))
    publish_assessment(make_assessment(commitment, [row], as_of="2024-04-01", corrects=wrong))
    gone = publish_assessment(make_assessment(commitment, [row], as_of="2024-05-01"))
    withdraw_assessment(gone, datetime.fromisoformat("2024-06-01T00:00:00+00:00"))
    make_assessment(commitment, [row], as_of="2024-06-01")
    page = text(client, "/en/evidence/E007/")
    assert page.count("Corrected later") == 1
    assert page.count("<b>Withdrawn</b>") == 1
    assert 'datetime="2024-06-01"' not in page


def test_hidden_commitments_are_not_named(client):
    row = make_evidence(code="E007")
    hidden = make_commitment(publication="draft", title_zh="未公开事项")
    make_link(hidden, row)
    publish_assessment(make_assessment(hidden, [row]))
    assert "未公开事项" not in text(client, "/evidence/E007/") + text(client, "/evidence/")


def test_an_address_that_is_no_web_address_is_no_link(client):
    row = make_evidence(code="E007", title="")
    for url in ("javascript:alert(1)", "http://[broken", "//example.org/x"):
        type(row).objects.filter(pk=row.pk).update(url=url)
        for address in (f"/evidence/?q=E007&page_size={len(url)}", f"/evidence/E007/?as_of=2024-01-{len(url)}"):
            assert 'rel="noopener' not in text(client, address)


def test_unknown_and_draft_are_404_and_withdrawn_is_410_with_the_reason(client):
    make_evidence(code="E1", publication="draft")
    make_evidence(code="E2", publication="withdrawn", summary_zh="撤回的摘要", withdrawn_reason_zh="误收。")
    assert client.get("/evidence/nothing/").status_code == client.get("/evidence/E1/").status_code == 404
    answer = client.get("/evidence/E2/")
    assert answer.status_code == 410
    assert "误收。" in answer.content.decode()
    assert "撤回的摘要" not in answer.content.decode()


def test_the_status_beside_it_is_that_of_the_readers_day(client):
    row, commitment = make_evidence(code="E007"), make_commitment()
    make_link(commitment, row)
    make_judged(commitment, Status.INITIATED, as_of="2024-03-01")
    make_judged(commitment, Status.UNDERWAY, as_of="2024-09-01")
    assert "status-underway" in text(client, "/evidence/E007/").partition("<main")[2]
    assert "status-underway" not in text(client, "/evidence/E007/?as_of=2024-05-01").partition("<main")[2]


@pytest.mark.parametrize("address", ["/evidence/?page_size=100", "/evidence/E007/"])
def test_the_number_of_queries_does_not_grow(client, address):
    def fill(number):
        for _ in range(number):
            commitment = make_commitment()
            make_link(commitment, row)
            make_link(commitment)
            publish_assessment(make_assessment(commitment, [row], status=Status.UNDERWAY))

    row = make_evidence(code="E007", countries=["CN"])
    fill(2)
    client.get(address)
    forget()  # what is kept for each state of the register is asked for once more
    with CaptureQueriesContext(connection) as few:
        client.get(address + "?as_of=2024-12-30" if "?" not in address else address + "&as_of=2024-12-30")
    fill(12)
    forget()
    with CaptureQueriesContext(connection) as many:
        client.get(address + "?as_of=2024-12-30" if "?" not in address else address + "&as_of=2024-12-30")
    assert len(few) == len(many)
    assert len(many) <= 12
