"""A document comes to the import desk whole or not at all, once, and is public only when a publisher says so."""

from pathlib import Path
from unittest import mock

import pytest
from django.db import IntegrityError
from django.utils.translation import override

from commitments.actions import draft_registers
from commitments.actions.candidates import accept, undo
from commitments.actions.commitments import save_commitment
from commitments.actions.draft_registers import publish_register, start_register, unfinished_registers
from commitments.actions.publication import publish, withdraw
from commitments.actions.versions import Conflict
from commitments.models import Candidate, Commitment, DraftRegister, SourceDocument
from commitments.rules.refusal import Refused
from tests import people
from tests.factories import make_candidate, make_commitment, make_draft_register, make_party, make_passage, make_theme
from tests.models.written import everything, refuses

pytestmark = pytest.mark.django_db
FILE = Path(__file__).resolve().parents[1] / "data" / "imports" / "linhu-2026.txt"
SHORT = "一、加强合作。建立对话机制，培训教师100名。\n二、改善医疗。改造医院3家。\n三、支持就业。办好托育中心5个。\n"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def facts(**over) -> SourceDocument:
    fields = {
        "slug": "linhu-2026",
        "kind": "plan",
        "title_zh": "行动方案",
        "short_zh": "方案",
        "issued_on": "2026-03-01",
    }
    return SourceDocument(**{**fields, **over})


def start(given: str | bytes = SHORT, **over) -> DraftRegister:
    return start_register(facts(), by=people.analyst(), given=given, **over)


def test_a_file_becomes_a_draft_with_open_candidates_and_one_history_entry_each():
    register = start(FILE.read_bytes(), file_name="方案.txt")
    assert (register.document.publication, register.file_name) == ("draft", "方案.txt")
    rows = list(register.candidates.all())
    assert [row.code for row in rows][:6] == ["1", "1.1", "1.2", "1.3", "1.4", "2"]
    assert {row.decision for row in rows} == {"open"} and not Commitment.objects.exists()
    assert all(register.document.text[row.start : row.end] == row.quote for row in rows)
    assert Candidate.history.count() == len(rows) == 13
    assert set(Candidate.history.values_list("history_user__username", flat=True)) == {"anna"}
    assert (DraftRegister.history.count(), SourceDocument.history.count()) == (1, 1)


def test_names_of_themes_and_parties_that_the_register_knows_are_taken_over():
    make_theme(name_zh="教育与人才")
    make_party("UZ", name_zh="乌兹别克斯坦")
    register = start(SHORT.replace("建立对话机制", "同乌兹别克斯坦共建学校2所"))
    row = register.candidates.get(code="1.1")
    assert [theme.name_zh for theme in row.themes.all()] == ["教育与人才"]
    assert [party.code for party in row.parties.all()] == ["UZ"]


def test_what_was_registered_before_is_offered():
    row = make_commitment(title_zh="建立对话机制")
    make_passage(row)
    register = start()
    assert register.candidates.get(code="1.1").hints["like"][0][0] == row.pk


def test_an_english_text_keeps_its_titles_in_english():
    text = "1. We will build two schools by 2027.\n2. We will train 100 teachers.\n3. We will mend five roads.\n"
    register = start(text)
    assert register.document.language == "en"
    row = register.candidates.filter(kind="measure").first()
    assert row.title_en and not row.title_zh


@pytest.mark.parametrize(
    ("given", "name", "part", "field"),
    [
        ("", "", "no text", "pasted"),
        (" \n\t", "", "no text", "pasted"),
        ("字" * 200_001, "", "200000", "pasted"),
        ("字" * 400_001, "", "400001", "pasted"),
        (b"%PDF-1.4 broken", "a.pdf", "", "file"),
        (b"abc", "a.exe", "a.exe", "file"),
        (b"", "a.txt", "no text", "file"),
    ],
    ids=["empty", "blank", "too long", "far too long", "damaged", "unknown kind", "empty file"],
)
def test_what_cannot_be_read_is_refused_with_its_field(given: str | bytes, name: str, part: str, field: str):
    people.analyst()
    with refuses(part):
        start(given, file_name=name)
    with pytest.raises(Refused) as caught:
        start(given, file_name=name)
    assert caught.value.field in (field, "")


def test_too_many_candidates_are_refused(monkeypatch):
    monkeypatch.setattr(draft_registers, "MOST_CANDIDATES", 3)
    people.analyst()
    with refuses("3"):
        start()


def test_the_same_text_comes_once():
    start()
    with refuses("already"):
        start_register(facts(slug="other"), by=people.analyst(), given=SHORT)


@pytest.mark.parametrize("who", [people.reviewer, people.publisher, people.visitor])
def test_only_an_analyst_brings_a_document(who):
    who()
    with refuses("analyst"):
        start_register(facts(), by=who(), given=SHORT)


def test_killed_half_way_nothing_is_kept():
    people.analyst()
    before = everything()
    broken = mock.patch.object(draft_registers, "_tag", side_effect=IntegrityError("killed"))
    with broken, pytest.raises(IntegrityError):
        start()
    assert everything() == before


def test_hostile_text_is_kept_as_text():
    register = start(SHORT.replace("改造", "改造<script>alert(1)</script>\x00\x07"))
    assert "\x00" not in register.document.text and "<script>" in register.document.text


def test_the_text_stays_while_candidates_point_into_it():
    document = start().document
    document.text += "又及。"
    with refuses("corrected text", "text"):
        draft_registers.save_document(document, by=people.analyst())


# --- Resuming and publishing


def test_a_register_is_unfinished_while_something_in_it_is_open():
    register = make_draft_register()
    make_candidate(register)
    make_candidate(decision="refused")
    found = unfinished_registers(9)
    assert [(row.pk, row.open_in_it, row.candidates_in_it) for row in found] == [(register.pk, 1, 1)]


def shown(register: DraftRegister) -> dict[int, int]:
    """What the page of the publisher says of the drafts."""
    return dict(draft_registers.drafts_of(register).values_list("pk", "version"))


def test_a_publisher_publishes_the_document_with_what_was_accepted_from_it():
    register = start()
    for row in register.candidates.filter(code__in=["1", "1.1"]).order_by("start", "-end"):
        accept(row, by=people.analyst())
    make_commitment(document=register.document, publication="draft", code="by-hand")
    version = SourceDocument.objects.get().version
    assert (
        publish_register(register, by=people.publisher(), expected_version=version, expected_drafts=shown(register))
        == 2
    )
    assert set(Commitment.objects.published().values_list("code", flat=True)) == {"1", "1.1"}
    again = make_draft_register()
    with pytest.raises(Refused):
        publish_register(again, by=people.analyst(), expected_version=1, expected_drafts={})


def test_what_was_accepted_after_the_page_was_seen_stops_the_publication():
    register = start()
    accept(register.candidates.get(code="1"), by=people.analyst())
    version, publisher = SourceDocument.objects.get().version, people.publisher()
    register = DraftRegister.objects.get()
    for seen, drafts in ((version, {}), (version + 1, shown(register))):
        with refuses("", kind=Conflict):
            publish_register(register, by=publisher, expected_version=seen, expected_drafts=drafts)


def test_so_does_a_draft_that_was_changed_or_exchanged_for_another():
    register, anna = start(), people.analyst()
    version, publisher = SourceDocument.objects.get().version, people.publisher()
    one, other = register.candidates.get(code="1"), register.candidates.get(code="2")
    accept(one, by=anna)
    exchanged = shown(register)
    undo(one, by=anna)
    row = accept(other, by=anna)
    changed = shown(register)
    row.title_zh = "后来写的"
    save_commitment(row, by=anna)
    for seen in (exchanged, changed):
        with refuses("look at them again", kind=Conflict):
            publish_register(register, by=publisher, expected_version=version, expected_drafts=seen)
    assert not SourceDocument.objects.published().exists()
    assert publish_register(register, by=publisher, expected_version=version, expected_drafts=shown(register)) == 1


def test_of_a_source_that_was_withdrawn_nothing_is_published_any_more():
    register, publisher = start(), people.publisher()
    accept(register.candidates.get(code="1"), by=people.analyst())
    publish(register.document, by=publisher)
    withdraw(register.document, by=publisher, reason_zh="重复录入")
    version = SourceDocument.objects.get().version
    with refuses("cannot become"):
        publish_register(register, by=publisher, expected_version=version, expected_drafts=shown(register))
    assert not Commitment.objects.published().exists()
