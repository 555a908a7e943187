"""Sheets and forms at the same rows, in every order: whoever has not seen the other's change is told, never ignored."""

import random
from collections.abc import Callable, Iterator

import pytest

from commitments.actions.sheets import carrying
from commitments.models import Assessment, Check, Commitment
from tests import people
from tests.actions.sheets import STATED, applied, filled, tried
from tests.admin.pages import change_url, desk, step_data
from tests.factories import make_commitment

pytestmark = pytest.mark.django_db

Turn = Callable[[], bool | None]  # True: saved, False: refused, None: only looked


def by_sheet(row: Commitment, **cells) -> Iterator[Turn]:
    """Downloads, looks at the dry run, applies."""
    kept: dict = {}
    yield lambda: kept.update(filled(row, **cells))
    yield lambda: tried(kept) and None
    yield lambda: applied(kept).is_applied


def by_form(row: Commitment) -> Iterator[Turn]:
    """Opens the one screen, saves it."""
    client, kept = desk(people.analyst()), {}
    yield lambda: kept.update(step_data(row))
    yield lambda: client.post(change_url(row, "assess"), kept).status_code == 302


def by_page(row: Commitment) -> Iterator[Turn]:
    """Opens the page of the commitment, changes its title."""
    client, kept = desk(people.analyst()), {}

    def look() -> None:
        row.refresh_from_db()
        kept.update(version=row.version)

    def save() -> bool:
        fields = ("code", "kind", "target", "criterion_zh", "criterion_en", "verifiability", "position")
        data = {name: getattr(row, name) for name in fields} | {"document": row.document_id, "title_zh": "改过的标题"}
        for prefix in ("passages", "party_links", "theme_links", "evidence_links", "notes", "checks"):
            data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
        return client.post(change_url(row), data | kept).status_code == 302

    yield look
    yield save


def played(seed: int) -> tuple[int, int, int]:
    """One order of turns of four people at one row: (saved, refused, saved without having seen another's save)."""
    chance, row = random.Random(seed), make_commitment()
    people_at_work = [
        list(by_sheet(row, **STATED)),
        list(by_sheet(row, checked="是", looked="外交部网站")),
        list(by_form(row)),
        list(by_page(row)),
    ]
    order = [number for number, turns in enumerate(people_at_work) for _turn in turns]
    chance.shuffle(order)
    saves, seen = 0, {}
    saved = refused = lost = 0
    for number in order:
        answer = people_at_work[number].pop(0)()
        if number not in seen:
            seen[number] = saves
        elif answer:
            lost += seen[number] < saves
            saves, saved = saves + 1, saved + 1
        elif answer is False:
            assert seen[number] < saves, "refused although nobody saved in between"
            refused += 1
    assert saved == Assessment.objects.filter(commitment=row).count() + Check.objects.filter(commitment=row).count() + (
        Commitment.objects.filter(pk=row.pk, title_zh="改过的标题").count()
    )
    return saved, refused, lost


def totals(runs: int) -> list[int]:
    return [sum(each) for each in zip(*(played(seed) for seed in range(runs)), strict=True)]


def test_no_update_is_lost_in_silence():
    saved, refused, lost = totals(8)
    assert lost == 0
    assert saved >= 8 and refused >= 8


@pytest.mark.slow
def test_no_update_is_lost_in_silence_in_two_hundred_orders():
    saved, refused, lost = totals(200)
    assert lost == 0
    assert saved >= 200 and refused >= 200


def test_without_the_version_of_the_row_updates_are_lost(monkeypatch):
    """The control: the same orders, the sheet's comparison switched off."""
    monkeypatch.setattr(carrying, "take_turn", lambda row, _expected: row.refresh_from_db(fields=["version"]))
    *_saved, lost = totals(8)
    assert lost > 0
