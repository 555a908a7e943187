"""The desk's page for renaming a source document: for publishers, with the version that they saw, and its history."""

import pytest

from tests import people
from tests.admin.pages import change_url, desk
from tests.factories import make_document, make_former_slug

pytestmark = pytest.mark.django_db


def test_a_publisher_renames_and_the_page_tells_the_former_names():
    document, petra = make_document(slug="summit"), desk(people.publisher())
    address = change_url(document, "rename")
    assert address in petra.get(change_url(document)).content.decode()
    answer = petra.post(address, {"slug": "xian-2023", "why": "补上年份", f"version-{document.pk}": 1}, follow=True)
    assert answer.redirect_chain == [(change_url(document), 302)]
    assert "<code>summit</code>" in answer.content.decode()
    document.refresh_from_db()
    assert (document.slug, document.version) == ("xian-2023", 2)
    assert "summit → xian-2023: 补上年份" in petra.get(change_url(document, "history")).content.decode()


@pytest.mark.parametrize("slug", ["", "two words", "taken", "once", "a" * 65, "summit"])
def test_a_refused_name_is_shown_again_with_the_reason_at_its_field(slug):
    make_document(slug="taken")
    make_former_slug(make_document(), "once")
    document = make_document(slug="summit")
    answer = desk(people.publisher()).post(change_url(document, "rename"), {"slug": slug})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["slug"]
    document.refresh_from_db()
    assert (document.slug, document.version) == ("summit", 1)


def test_somebody_elses_change_in_the_meantime_is_told_and_the_second_try_counts():
    document, petra = make_document(slug="summit"), desk(people.publisher())
    sent = {"slug": "xian", f"version-{document.pk}": 7}
    answer = petra.post(change_url(document, "rename"), sent)
    assert answer.context["form"].non_field_errors()
    sent = dict(answer.context["hidden"]) | {"slug": "xian"}
    assert petra.post(change_url(document, "rename"), sent).status_code == 302


def test_an_analyst_has_neither_the_button_nor_the_page():
    document, anna = make_document(), desk(people.analyst())
    assert change_url(document, "rename") not in anna.get(change_url(document)).content.decode()
    assert anna.get(change_url(document, "rename")).status_code == 403
