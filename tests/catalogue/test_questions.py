"""The same question gives the same rows on page, JSON and CSV, and they are those that a plain computation finds."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.actions.seeded import NOW as SEEDED_ON
from tests.actions.seeded import first_run, seeded
from tests.catalogue.asking import as_record, by_csv, by_json, by_page, questions
from tests.catalogue.generated import NOW, TODAY, written
from tests.catalogue.oracle import Oracle, Params

__all__ = ["first_run", "seeded"]

WORDS = [
    "铁路",
    "能源 合作",
    "铁路 交付",
    "Railway",
    "RAILWAY",
    "100%",
    "a_b",
    "axb",
    "\\",
    "机制",
    "1.2",
    "O1",
    "依据",
    "备注",
    "无此词",
]
SEED_WORDS = [
    "铁路",
    "教育",
    "能源 合作",
    "中欧班列",
    "railway",
    "4.2",
    "J8",
    "summit",
    "机制 会晤",
    "%",
    "_",
    "贸易 unlikely",
]
QUICK, MANY = 60, 400


@pytest.fixture(scope="module")
def generated(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with written(django_db_blocker):
        yield


@pytest.fixture
def here(generated: None, db: None) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def compare(client: Client, oracle: Oracle, asked: list[Params], every: int) -> list[int]:
    """The page is asked `every` so many questions only: it costs most. Returns how many rows each answer had."""
    sizes = []
    for n, params in enumerate(asked):
        prefix = "/en" if n % 2 else ""
        wanted = oracle.answer(params)
        ids = [item.id for item, _shown in wanted]
        records = by_json(client, params, prefix=prefix, page_size=[100, 100, 100, 13][n % 4])
        assert [row["id"] for row in records] == ids, params
        for record, (_item, shown) in zip(records, wanted, strict=True):
            expected = as_record(shown)
            assert {name: record[name] for name in expected} == expected, (params, record["id"])
        assert [row["id"] for row in by_csv(client, params, prefix=prefix)] == ids, params
        if n % every == 0:
            assert by_page(client, params, prefix=prefix) == ids[:100], params
        sizes.append(len(ids))
    return sizes


@pytest.mark.parametrize("number", [QUICK, pytest.param(MANY, marks=pytest.mark.slow)])
def test_generated_rows_are_found_by_random_questions_as_a_plain_computation_finds_them(
    client: Client, here: None, number: int
) -> None:
    oracle = Oracle(TODAY)
    sizes = compare(client, oracle, questions(oracle, WORDS, number, seed=number), every=4)
    assert sum(size > 0 for size in sizes) > number / 2, "too many empty answers to prove anything"
    assert len(set(sizes)) > 15, "answers too much alike to prove anything"


@pytest.mark.parametrize("number", [30, pytest.param(200, marks=pytest.mark.slow)])
def test_the_shipped_register_answers_random_questions_as_a_plain_computation_does(
    client: Client, seeded: Any, number: int
) -> None:
    oracle = Oracle(SEEDED_ON.date())
    sizes = compare(client, oracle, questions(oracle, SEED_WORDS, number, seed=number), every=6)
    assert sum(size > 0 for size in sizes) > number / 3
