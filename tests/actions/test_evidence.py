"""Evidence: codes that run on and never change, and how each piece bears."""

import pytest
from django.utils.translation import override

from commitments.actions.commitments import remove_part
from commitments.actions.evidence import known_page, link_evidence, next_code, publisher_of_host, save_evidence
from commitments.choices import Bearing, EvidenceKind, Publication
from commitments.models import Evidence, EvidenceLink
from tests import people
from tests.factories import (
    make_assessment,
    make_commitment,
    make_evidence,
    make_judged,
    make_link,
    make_publisher,
    publish_assessment,
)
from tests.models.written import refuses, writes_one_entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def new(**over) -> Evidence:
    number = Evidence.objects.count()
    fields = {"url": f"https://example.org/new-{number}", "kind": EvidenceKind.MEDIA, "summary_zh": "一段摘要。"}
    return Evidence(**{**fields, "publisher": over.pop("publisher", None) or make_publisher(), **over})


def saved(**over) -> str:
    evidence = new(**over)
    save_evidence(evidence, by=people.analyst())
    return evidence.code


def test_codes_run_on_from_e001():
    assert [saved(), saved(), saved()] == ["E001", "E002", "E003"]


def test_a_given_code_is_kept_and_the_series_goes_on_after_it():
    assert [saved(code="E041"), saved(), saved(code="WB-2024.1"), saved()] == ["E041", "E042", "WB-2024.1", "E043"]


@pytest.mark.parametrize(
    ("codes", "after"),
    [
        *(((), "E001"), (("E999",), "E1000"), (("E9", "E10"), "E011"), (("X7", "e8", "E9a"), "E001")),
        (("E007", "E" + "9" * 31), "E008"),
    ],
)
def test_the_next_code_is_one_more_than_the_highest(codes, after):

    for code in codes:
        make_evidence(code=code)
    assert next_code() == after


def test_the_code_of_a_deleted_draft_is_not_used_again():
    assert saved() == "E001"
    Evidence.objects.get().delete()
    assert saved() == "E002"


def test_new_evidence_is_a_draft_with_one_entry():
    evidence, anna = new(), people.analyst()
    with writes_one_entry(Evidence, anna, "found today"):
        save_evidence(evidence, by=anna, why="found today")
    assert Evidence.objects.get().publication == Publication.DRAFT


def test_a_change_writes_one_entry_and_counts_the_version():
    evidence, anna = make_evidence(), people.analyst()
    evidence.summary_zh = "另一段摘要。"
    with writes_one_entry(evidence, anna, "clearer"):
        save_evidence(evidence, by=anna, why="clearer", expected_version=1)
    assert Evidence.objects.values_list("version", "summary_zh").get() == (2, "另一段摘要。")


@pytest.mark.parametrize(
    ("over", "part", "field"),
    [
        ({"code": "E 1"}, "“E 1” is not a code", "code"),
        ({"url": "javascript:alert(1)"}, "“javascript:alert(1)” is no address", "url"),
        ({"url": ""}, "(url is empty)", "url"),
        ({"kind": "rumour"}, "(kind='rumour')", "kind"),
        ({"summary_zh": ""}, "(summary_zh='')", "summary_zh"),
        ({"confidence": "total"}, "(confidence='total')", "confidence"),
        ({"supports": "everything"}, "(supports='everything')", "supports"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_field(over, part, field):
    evidence, anna = new(**over), people.analyst()
    with refuses(part, field):
        save_evidence(evidence, by=anna)


SPELLINGS = [
    "https://example.org/page?id=7",
    "HTTPS://EXAMPLE.ORG:443/page?id=7",
    "https://example.org/page?id=7#part-2",
    "https://example.org./page?utm_source=mail&id=7&spm=a.b",
]


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_page_has_one_row_however_its_address_is_spelled(typed):
    first, anna = make_evidence(url="https://example.org/page?id=7#top"), people.analyst()
    assert known_page(typed) == first
    again = new(url=typed)
    with refuses(f"This page is known already (url={typed})", "url"):
        save_evidence(again, by=anna)


def test_another_page_of_the_same_site_is_another_row():
    make_evidence(url="https://example.org/page?id=7")
    assert known_page("https://example.org/page?id=8") is None


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_new_address_is_kept_in_its_one_spelling(typed):
    code = saved(url=typed)
    assert Evidence.objects.get(code=code).url == "https://example.org/page?id=7"


def test_an_address_that_was_saved_before_stays_as_it_is_while_the_row_changes():
    row, anna = make_evidence(url="https://example.org/page#part"), people.analyst()
    row.title = "另一标题"
    save_evidence(row, by=anna)
    assert Evidence.objects.get().url == "https://example.org/page#part"


def test_the_host_tells_the_publisher_where_one_alone_publishes_there():
    one, two = make_publisher(), make_publisher()
    make_evidence(url="https://one.example/a", publisher=one)
    make_evidence(url="https://both.example/a", publisher=one)
    make_evidence(url="https://both.example/b", publisher=two)
    assert publisher_of_host("https://ONE.example/new#x") == one
    assert publisher_of_host("https://both.example/new") is None
    assert publisher_of_host("https://one.example.org/new") is None
    assert publisher_of_host("no address") is None


def test_a_code_stays_as_it_was_first_saved():
    evidence, anna = make_evidence(code="E007", publication=Publication.DRAFT), people.analyst()
    evidence.code = "E008"
    with refuses("does not change once it is saved (it is “E007”)", "code"):
        save_evidence(evidence, by=anna)


def test_how_evidence_bears_is_said_and_said_anew_with_one_entry_each():
    evidence, commitment, anna = make_evidence(), make_commitment(), people.analyst()
    with writes_one_entry(EvidenceLink, anna):
        link_evidence(evidence, commitment, Bearing.PROGRESS, by=anna)
    with writes_one_entry(EvidenceLink, anna, "read again"):
        link = link_evidence(evidence, commitment, Bearing.STALL, by=anna, why="read again")
    assert EvidenceLink.objects.get() == link and link.bears == "stall"


def test_saying_the_same_again_writes_nothing():
    evidence, commitment, anna = make_evidence(), make_commitment(), people.analyst()
    first = link_evidence(evidence, commitment, Bearing.PROGRESS, by=anna)
    entries = EvidenceLink.history.count()
    assert link_evidence(evidence, commitment, Bearing.PROGRESS, by=anna) == first
    assert EvidenceLink.history.count() == entries


def test_a_bearing_that_is_none_is_refused():
    evidence, commitment, anna = make_evidence(), make_commitment(), people.analyst()
    with refuses("(bears='proof')", "bears"):
        link_evidence(evidence, commitment, "proof", by=anna)


@pytest.mark.parametrize("name", ["reviewer", "publisher", "visitor"])
def test_only_an_analyst_writes_evidence(name):
    person, evidence, commitment = getattr(people, name)(), make_evidence(), make_commitment()
    with refuses("This needs the role: analyst."):
        save_evidence(evidence, by=person)
    with refuses("This needs the role: analyst."):
        link_evidence(evidence, commitment, Bearing.PROGRESS, by=person)


# --- What a published status rests on ---


def test_the_evidence_of_a_published_status_keeps_bearing():
    row, anna = make_judged(make_commitment()), people.analyst()
    one, two = row.commitment.evidence_links.all()
    link_evidence(one.evidence, row.commitment, "context", by=anna)
    with refuses("rests on this", "bears"):
        link_evidence(two.evidence, row.commitment, "context", by=anna)
    with refuses("rests on this", "bears"):
        remove_part(two, by=anna)


def test_it_is_free_again_once_the_status_is_corrected_or_withdrawn():
    row, anna = make_judged(make_commitment()), people.analyst()
    make_judged(row.commitment, "not_assessed", corrects=row)
    for link in row.commitment.evidence_links.all():
        remove_part(link, by=anna)


def test_the_evidence_of_a_part_carries_the_whole_too():
    whole = make_commitment()
    part, anna = make_commitment(document=whole.document, parent=whole, kind="component"), people.analyst()
    link = make_link(part, bears=Bearing.PROGRESS)
    publish_assessment(make_assessment(whole, [link.evidence], status="underway"))
    with refuses("rests on this", "bears"):
        remove_part(link, by=anna)
