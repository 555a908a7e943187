"""Renaming a source document: who may, what is kept of the former name, and whose it stays. Its address."""

import pytest
from django.utils.translation import override

from commitments.actions.documents import rename_document, save_document
from commitments.actions.publication import withdraw
from commitments.actions.versions import Conflict
from commitments.models import FormerSlug, SourceDocument
from commitments.rules.refusal import Refused
from tests import people
from tests.factories import make_document
from tests.models.written import refuses, writes_one_entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def kept(document: SourceDocument) -> list[str]:
    return [former.slug for former in document.former_slugs.all()]


def test_the_former_name_is_kept_with_who_replaced_it_and_why():
    document, petra = make_document(slug="summit"), people.publisher()
    with writes_one_entry(document, petra, "summit → xian-2023: The year was missing."):
        rename_document(document, slug=" xian-2023 ", by=petra, why="The year was missing.")
    assert SourceDocument.objects.get(pk=document.pk).slug == "xian-2023"
    assert kept(document) == ["summit"]
    assert document.former_slugs.get().by == petra


def test_a_name_may_come_back_to_the_document_that_had_it():
    document, petra = make_document(slug="a"), people.publisher()
    for slug in ("b", "a", "c"):
        rename_document(document, slug=slug, by=petra)
    assert document.slug == "c" and kept(document) == ["a", "b"]


@pytest.mark.parametrize("who", [people.analyst, people.reviewer, people.visitor])
def test_only_a_publisher_renames(who):
    document, person = make_document(slug="summit"), who()
    with refuses("This needs the role: publisher."):
        rename_document(document, slug="other", by=person)
    assert not FormerSlug.objects.exists()


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("", "slug=''"),
        ("summit", "“summit” is its short name already."),
        ("two words", "slug='two words'"),
        ("峰会", "slug='峰会'"),
        ("a" * 65, "slug='aaa"),
        ("taken", "slug='taken'"),
        ("once", "“once” was the short name of another source"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_is_written(slug, words):
    document, petra = make_document(slug="summit"), people.publisher()
    make_document(slug="taken")
    rename_document(make_document(slug="once"), slug="now", by=petra)
    with refuses(words, "slug"):
        rename_document(document, slug=slug, by=petra)
    assert kept(document) == []


def test_whoever_saw_an_older_state_renames_nothing():
    document, petra = make_document(slug="summit"), people.publisher()
    rename_document(document, slug="xian", by=petra, expected_version=1)
    with pytest.raises(Conflict):
        rename_document(document, slug="other", by=petra, expected_version=1)
    assert SourceDocument.objects.get(pk=document.pk).slug == "xian" and kept(document) == ["summit"]


def test_a_former_name_is_never_given_to_a_new_document():
    rename_document(make_document(slug="summit"), slug="xian", by=people.publisher())
    copy = make_document(slug="copy")
    again = SourceDocument(
        slug="summit", kind=copy.kind, title_zh="题", short_zh="短", issued_on=copy.issued_on, text="文"
    )
    with pytest.raises(Refused, match="“summit” was the short name of another source"):
        save_document(again, by=people.analyst())


def test_saving_a_document_does_not_rename_it():
    document, anna = make_document(slug="summit"), people.analyst()
    document.slug = "other"
    with refuses("slug does not change once it is saved", "slug"):
        save_document(document, by=anna)


def test_a_withdrawn_document_may_be_renamed():
    document, petra = make_document(slug="summit"), people.publisher()
    withdraw(document, by=petra, reason_zh="文本有误。")
    rename_document(document, slug="xian", by=petra)
    assert kept(document) == ["summit"]


@pytest.mark.parametrize(
    "url", ["https://name:secret@example.org/x", "https://name@example.org/", "ftp://example.org/x"]
)
def test_an_address_that_readers_cannot_or_should_not_follow_is_refused(url: str):
    document = make_document(url="")
    document.url = url
    with refuses("address of a public page", "url"):
        save_document(document, by=people.analyst())
    document.url = "https://example.org/x?a=1#p2"
    save_document(document, by=people.analyst())
    assert SourceDocument.objects.get().url == "https://example.org/x?a=1#p2", "as it was given"
