"""What changed, as a page: two lists, the period they are of, and their words."""

from datetime import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.catalogue.kept import forget
from commitments.choices import Status
from tests.factories import make_commitment, make_document, make_evidence, make_judged, withdraw_assessment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-06-30T04:00:00Z", tick=False):
        yield


def on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T04:00:00+00:00")


def parts(client, address: str) -> tuple[str, str]:
    """What happened, and what was entered."""
    page = client.get(address).content.decode().partition("<main")[2]
    happened, _, rest = page.partition('id="happened"')[2].partition('id="entered"')
    return happened, rest


def test_both_lists_stand_apart(client):
    row = make_commitment(title_zh="建设D线")
    make_judged(row, Status.INITIATED, on("2025-02-01"), as_of="2024-08-01", rationale_zh="开工消息。")
    withdraw_assessment(make_judged(row, as_of="2024-09-01", at=on("2025-02-02")), on("2025-03-01"), "来源撤稿。")
    happened, entered = parts(client, "/changes/")
    assert "建设D线" in happened
    assert "开工消息。" in happened
    assert "2024-08-01" in happened
    assert "来源撤稿。" not in happened
    assert "2025-02-01" not in happened
    assert "来源撤稿。" in entered
    assert entered.count("<li") == 3


def test_a_step_shows_from_and_to_and_the_evidence(client):
    row = make_commitment()
    make_judged(row, Status.INITIATED, on("2025-02-01"), as_of="2024-07-01")
    later = make_judged(row, Status.UNDERWAY, on("2025-02-01"), as_of="2024-08-01")
    happened, _ = parts(client, "/changes/?from=2024-08-01")
    assert 'aria-label="已启动（有文件或安排）"' in happened
    assert "实施中" in happened
    for evidence in later.evidence.all():
        assert f"/evidence/{evidence.code}/" in happened


def test_the_seed_is_one_entry_with_its_numbers(client):
    document = make_document(short_zh="西安峰会")
    for n in range(21):
        make_judged(make_commitment(document=document), at=on("2025-02-01"), as_of="2024-03-01", seed_key=f"k{n}")
    _, entered = parts(client, "/en/changes/")
    assert "First review" in entered
    assert "<b>21</b> judgements on 21 commitments, about 2024-03-01 to 2024-03-01" in entered
    assert entered.count('<p class="day">') == 1


def test_before_anything_was_published_it_says_since_when(client):
    make_judged(make_commitment(), at=on("2025-02-01"), as_of="2024-03-01")
    page = client.get("/en/changes/?known_on=2025-01-01").content.decode()
    assert "This site publishes assessments since 2025-02-01" in page
    assert parts(client, "/en/changes/?known_on=2025-01-01")[0].count("<li") == 0


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("from=yesterday", "from"),
        ("to=2999-01-01", "to"),
        ("from=2025-01-01&to=2024-01-01", "from"),
        ("document=nowhere", "document"),
        ("colour=red", "colour"),
        ("cursor=x", "cursor"),
        ("entered_cursor=x", "entered_cursor"),
        ("entered_cursor=WyJlbnRlcmVkX2N1cnNvciIsMCw5MDAwMDAwMDAwMDAwMDAwMDAwLDUsMV0", "entered_cursor"),
        ("as_of=2999-01-01", "as_of"),
        ("from=2024-01-01&from=2024-01-02", "from"),
    ],
)
def test_a_wrong_parameter_is_named_and_lists_nothing(client, query, named):
    make_judged(make_commitment(title_zh="建设D线"), at=on("2025-02-01"), as_of="2025-01-01")
    answer = client.get(f"/changes/?{query}")
    assert answer.status_code == 200
    assert f"<code>{named}</code>" in answer.content.decode()
    assert "建设D线" not in answer.content.decode()


def test_links_keep_the_readers_clock(client):
    make_judged(make_commitment(code="4.2"), at=on("2025-02-01"), as_of="2025-01-01")
    happened, _ = parts(client, "/changes/?known_on=2025-06-01")
    assert "/4.2/?known_on=2025-06-01" in happened


def test_a_page_of_one_list_leaves_the_other_where_it_was(client):
    for n in range(4):
        make_judged(make_commitment(), at=on(f"2025-02-0{n + 1}"), as_of=f"2025-01-0{n + 1}")
    page = client.get("/changes/?page_size=2").content.decode()
    address = (
        page.partition('id="happened"')[2].partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    )
    happened, entered = parts(client, address)
    assert "2025-01-02" in happened and "2025-01-04" not in happened
    assert "2025-02-04" in entered


def test_the_number_of_queries_does_not_grow(client):
    def fill(number):
        for _ in range(number):
            row = make_commitment()
            wrong = make_judged(row, Status.INITIATED, on("2025-02-01"), as_of="2025-01-01")
            make_judged(row, Status.UNDERWAY, on("2025-02-02"), as_of="2025-01-01", corrects=wrong)
            make_evidence(publication="withdrawn", withdrawn_at=on("2025-02-03"))

    fill(2)
    client.get("/changes/")
    forget()  # what is kept for each state of the register is asked for once more
    with CaptureQueriesContext(connection) as few:
        client.get("/changes/?page_size=100")
    fill(12)
    forget()
    with CaptureQueriesContext(connection) as many:
        client.get("/changes/?page_size=100")
    assert len(few) == len(many)
    assert len(many) <= 12
