"""Publishing and withdrawing commitments, evidence and documents."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from commitments.actions.commitments import save_commitment
from commitments.actions.publication import publish, withdraw
from commitments.choices import Publication
from commitments.models import Commitment
from tests import people
from tests.factories import PUBLISHED_AT, make_commitment, make_document, make_evidence
from tests.models.written import refuses, writes_one_entry

pytestmark = pytest.mark.django_db
MAKE = {"commitment": make_commitment, "evidence": make_evidence, "document": make_document}
nouns = pytest.mark.parametrize("noun", MAKE)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def stored(row):
    return type(row)._base_manager.get(pk=row.pk)


@nouns
def test_publishing_sets_the_date_and_writes_one_entry(noun):
    row, petra = MAKE[noun](publication=Publication.DRAFT), people.publisher()
    with writes_one_entry(row, petra, "draft → published"):
        publish(row, by=petra)
    assert row.is_published and stored(row).published_at
    assert row in type(row).objects.published()


def test_publishing_keeps_a_given_reason_and_moment():
    row, petra = make_evidence(publication=Publication.DRAFT), people.publisher()
    with writes_one_entry(row, petra, "first edition"):
        publish(row, by=petra, why="first edition", at=PUBLISHED_AT)
    assert stored(row).published_at == PUBLISHED_AT == datetime(2024, 1, 1, 4, tzinfo=UTC)


@nouns
def test_withdrawing_keeps_the_reason_and_closes_the_door(noun):
    row, petra = MAKE[noun](), people.publisher()
    with writes_one_entry(row, petra, "published → withdrawn: 登记有误。"):
        withdraw(row, by=petra, reason_zh=" 登记有误。\n", reason_en="Entered by mistake.")
    after = stored(row)
    assert (after.withdrawn_reason_zh, after.withdrawn_reason_en) == ("登记有误。", "Entered by mistake.")
    assert after.withdrawn_at and after.published_at == PUBLISHED_AT
    assert row not in type(row).objects.published()


@nouns
@pytest.mark.parametrize("reason", ["", " \n\u3000"])
def test_withdrawing_needs_a_reason(noun, reason):
    row, petra = MAKE[noun](), people.publisher()
    with refuses("A withdrawal needs a reason", "reason_zh"):
        withdraw(row, by=petra, reason_zh=reason)


@nouns
@pytest.mark.parametrize("state", [Publication.PUBLISHED, Publication.WITHDRAWN])
def test_only_a_draft_is_published(noun, state):
    row, petra = MAKE[noun](publication=state), people.publisher()
    with refuses(f"is “{state.label}” and cannot become “Published”", "publication"):
        publish(row, by=petra)


@nouns
@pytest.mark.parametrize("state", [Publication.DRAFT, Publication.WITHDRAWN])
def test_only_what_is_published_is_withdrawn(noun, state):
    row, petra = MAKE[noun](publication=state), people.publisher()
    with refuses(f"is “{state.label}” and cannot become “Withdrawn”", "publication"):
        withdraw(row, by=petra, reason_zh="登记有误。")


@nouns
def test_the_stored_state_decides_and_not_the_copy_in_hand(noun):
    row, petra = MAKE[noun](publication=Publication.DRAFT), people.publisher()
    stale = stored(row)
    publish(row, by=petra)
    with refuses("cannot become “Published”", "publication"):
        publish(stale, by=petra)


@nouns
@pytest.mark.parametrize("name", ["analyst", "reviewer", "visitor"])
def test_only_a_publisher_publishes_and_withdraws(noun, name):
    person = getattr(people, name)()
    draft, published = MAKE[noun](publication=Publication.DRAFT), MAKE[noun]()
    with refuses("This needs the role: publisher."):
        publish(draft, by=person)
    with refuses("This needs the role: publisher."):
        withdraw(published, by=person, reason_zh="登记有误。")


def test_what_was_typed_beside_a_publication_is_not_saved_with_it():
    commitment = make_commitment(publication=Publication.DRAFT)
    commitment.title_zh = "顺手改写的标题"
    publish(commitment, by=people.publisher())
    assert Commitment.objects.get().title_zh != "顺手改写的标题"


def test_a_copy_from_before_a_publication_cannot_take_it_back():
    commitment = make_commitment(publication=Publication.DRAFT)
    stale, anna = Commitment.objects.get(), people.analyst()
    publish(commitment, by=people.publisher())
    with refuses("the date of publication never changes"):
        save_commitment(stale, by=anna)
