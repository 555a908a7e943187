"""What was said before is found again by its words, in other words too; what is new is like nothing."""

import csv
from pathlib import Path

import pytest

from commitments.extraction.likeness import LEAST, Earlier

XIAN = Path(__file__).resolve().parents[2] / "fixtures" / "xian-2023"


def rows(name: str) -> list[dict[str, str]]:
    with (XIAN / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def shipped() -> tuple[Earlier, list[str]]:
    register = [row for row in rows("register.csv") if row["kind"] != "proposal"]
    texts = [(place, f"{row['title_zh']} {row['quote']}") for place, row in enumerate(register)]
    return Earlier(texts), [row["code"] for row in register]


@pytest.mark.parametrize("restated", rows("restatements.csv"), ids=lambda row: row["code"])
def test_each_restatement_of_the_shipped_register_is_among_the_first_two(restated: dict, shipped: tuple):
    earlier, codes = shipped
    assert restated["code"] in [codes[match.key] for match in earlier.best(restated["quote"], most=2)]


@pytest.mark.parametrize(
    "text", ["改造老旧小区供水管网", "发行地方政府专项债券", "build a hospital", "", "，。！", "一"]
)
def test_what_is_new_is_like_nothing(text: str, shipped: tuple):
    assert shipped[0].best(text) == []


def test_the_same_words_are_wholly_alike_and_the_likest_comes_first():
    earlier = Earlier([(7, "新建学校"), (8, "新建学校和医院"), (9, "修路")])
    first, second = earlier.best("新建学校")
    assert (first.key, round(first.score, 2)) == (7, 1.0)
    assert second.key == 8 and 1 > second.score >= LEAST


def test_full_width_letters_and_latin_words_are_compared_too():
    earlier = Earlier([(1, "Build 5G networks in rural areas"), (2, "推进５Ｇ网络建设")])
    assert earlier.best("推进5G网络建设")[0].key == 2
    assert earlier.best("5g NETWORKS in rural areas")[0].key == 1


def test_nothing_to_compare_with_gives_nothing():
    assert Earlier([]).best("新建学校") == []
