"""The index follows every write, and can be made anew."""

import pytest
from django.core.management import call_command

from commitments.actions.derived import refresh
from commitments.actions.notes import save_note
from commitments.actions.publication import publish, withdraw
from commitments.models import Commitment, Note, SearchIndex, SearchRow, Stale
from commitments.search import index
from commitments.search.engine import engine
from commitments.text.bigrams import Phrase
from tests import people
from tests.factories import make_commitment, make_link, make_note

pytestmark = pytest.mark.django_db


def found(text: str) -> list[int]:
    """By the index alone."""
    return engine().ids([Phrase.of(text)], limit=100)


def test_a_write_through_an_action_is_in_the_index_when_it_ends():
    row = make_commitment(title_zh="旧的标题")
    make_commitment(title_zh="别的")
    refresh()
    note = Note(commitment=row, dated=row.published_at.date(), text_zh="港口扩建", visibility="public")
    note.author = people.analyst()
    save_note(note, by=people.analyst())
    assert found("港口扩建") == [row.pk] and not Stale.objects.exists()


def test_changed_words_go_and_new_ones_come():
    row = make_commitment(title_zh="旧的标题，铁路")
    refresh()
    Commitment.objects.filter(pk=row.pk).update(title_zh="新的标题，公路")
    refresh()
    assert found("旧的") == found("铁路") == [] and found("新的") == found("公路") == found("题") == [row.pk]


def test_what_is_withdrawn_leaves_the_index_and_what_is_published_enters():
    draft = make_commitment(title_zh="一条铁路", publication="draft")
    shown = make_commitment(title_zh="二条铁路")
    refresh()
    assert found("条铁路") == [shown.pk]
    withdraw(shown, by=people.publisher(), reason_zh="登记有误。")
    publish(draft, by=people.publisher())
    assert found("条铁路") == [draft.pk] and SearchRow.objects.count() == 1


def test_a_row_that_says_the_same_is_left_alone():
    row = make_commitment(title_zh="铁路")
    refresh()
    index.refresh([row.pk])
    index.refresh([row.pk])
    assert found("铁路") == [row.pk]


def test_made_anew_it_says_the_same(django_assert_max_num_queries):
    rows = [make_commitment(title_zh=f"铁路{n}") for n in range(5)]
    make_link(rows[1])
    refresh()
    before = list(SearchRow.objects.order_by("pk").values_list("pk", "head", "body"))
    told = []
    assert index.rebuild(tell=lambda *said: told.append(said)) == 5
    assert list(SearchRow.objects.order_by("pk").values_list("pk", "head", "body")) == before
    assert found("铁路") == [row.pk for row in rows] and told == [(5, 5, "")]
    assert index.version() == index.VERSION


def test_what_was_flushed_leaves_nothing_behind():
    make_commitment(title_zh="铁路")
    refresh()
    SearchRow.objects.all().delete()  # as flush does, which knows no virtual table
    row = make_commitment(title_zh="公路")
    index.refresh([row.pk])
    assert found("铁路") == [] and found("公路") == [row.pk]


def test_the_command_makes_it_anew_and_prints_json_alone(capsys):
    make_commitment(title_zh="铁路")
    call_command("rebuild_search_index", json=True)
    assert capsys.readouterr().out.strip() == f'{{"commitments": 1, "version": {index.VERSION}}}'
    assert len(found("铁路")) == 1


def test_an_index_of_other_code_is_told_by_a_check(capsys):
    make_note(make_commitment())
    refresh()
    assert not index.is_behind()
    SearchIndex.objects.update(version=index.VERSION + 1)
    call_command("check", databases=["default"])
    assert "commitments.W003" in capsys.readouterr().err
