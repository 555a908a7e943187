"""`manage.py make_synthetic`: so many commitments, the same for the same seed, never beside a register by mistake."""

import io
import json
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils.translation import override

from commitments.actions.verify import PARTS
from commitments.models import Assessment, Commitment, Evidence
from tests.factories import make_commitment

pytestmark = pytest.mark.django_db
NOW = "2026-11-22T04:00:00Z"


def run(**options: Any) -> str:
    out = io.StringIO()
    with override("en"), time_machine.travel(NOW, tick=False):
        call_command("make_synthetic", stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def content() -> list[Any]:
    """What was written, by natural keys."""
    rows = Commitment.objects.in_tree_order().values_list("document__slug", "code", "kind", "title_zh", "due_on")
    judged = Assessment.objects.order_by("commitment__path", "as_of", "id").values_list("commitment__code", "status")
    return [*rows, *judged]


def test_it_writes_exactly_so_many_commitments_and_tells_so_as_json() -> None:
    told = json.loads(run(rows=777, json=True))
    assert told["commitments"] == Commitment.objects.count() == 777
    assert Commitment.objects.filter(kind="component", parent__kind="measure").exists()
    assert Evidence.objects.published().exists()


def test_texts_quotes_and_guards_hold() -> None:
    run(rows=300)
    assert [problem for part in PARTS for problem in part.examine() if problem] == []


def test_rows_may_be_added_after_it() -> None:
    run(rows=3)
    assert make_commitment().pk > 3


def test_the_same_seed_writes_the_same_rows() -> None:
    found = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            run(rows=200, seed=seed)
            found.append(content())
            transaction.set_rollback(True)
    assert found[0] == found[1] != found[2]


def test_a_database_in_use_is_refused_until_one_insists() -> None:
    make_commitment()
    with pytest.raises(CommandError, match="DATABASE_URL"):
        run(rows=10)
    assert Commitment.objects.count() == 1
    run(rows=10, yes=True)
    assert Commitment.objects.count() == 11


@pytest.mark.parametrize("rows", [0, -5, 10**9])
def test_a_number_out_of_range_is_refused_by_name(rows: int) -> None:
    with pytest.raises(CommandError, match=str(rows)):
        run(rows=rows)
