"""Phrases against LIKE: whatever two characters stand in a text, the commitments found are those whose texts have them.

The oracle reads the texts as they are stored, but for traditional characters, which stand for the simplified ones; it
knows neither keys, tokens nor the index.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from commitments.models import Commitment, Evidence, Stale
from commitments.search.find import Found
from commitments.search.texts import FIELDS, texts_of
from commitments.text.folding import fold
from commitments.text.segment import words
from tests.actions.seeded import first_run, seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
TEXTS = Path(__file__).parent.parent / "data" / "extraction" / "texts"
HAN_PAIR = re.compile("(?=([\u4e00-\u9fff]{2}))")


def pairs(texts: Iterable[str]) -> list[str]:
    """Every two Han characters that stand together, and every word of two that jieba sees."""
    found: set[str] = set()
    for text in map(fold, texts):
        found.update(HAN_PAIR.findall(text))
        found.update(word for word in words(text) if re.fullmatch("[\u4e00-\u9fff]{2}", word))
    return sorted(found)


def of_the_register() -> list[str]:
    rows = [*Commitment.objects.values_list("pk", flat=True)]
    texts = [text for one in texts_of(rows).values() for name in FIELDS for text in one.of[name]]
    return texts + [text for row in Evidence.objects.all() for text in (row.title, row.summary_zh)]


def compared(asked: Iterable[str]) -> tuple[int, int, int]:
    """Over all words: found and right, found, right."""
    rows = texts_of([*Commitment.objects.values_list("pk", flat=True)])
    said = {pk: [fold(text) for name in FIELDS for text in one.of[name]] for pk, one in rows.items()}
    both = found = right = 0
    for word in asked:
        hits = set(Commitment.objects.published().filter(Found(word).condition).values_list("pk", flat=True))
        truth = {pk for pk, texts in said.items() if any(word in text for text in texts)}
        both, found, right = both + len(hits & truth), found + len(hits), right + len(truth)
    return both, found, right


def check(asked: list[str]) -> None:
    both, found, right = compared(asked)
    assert right > len(asked) / 4
    assert both / right >= 0.999, "recall"
    assert both / found >= 0.999, "precision"


def test_words_of_two_characters_are_found_as_like_finds_them():
    check(pairs(of_the_register())[::29])


def test_so_they_are_before_the_index_knows_of_a_write():
    Stale.objects.bulk_create(Stale(commitment_id=pk) for pk in Commitment.objects.values_list("pk", flat=True))
    check(pairs(of_the_register())[5::900])


@pytest.mark.slow
def test_every_word_of_the_register_its_evidence_and_other_documents_is_found_as_like_finds_it():
    other = [file.read_text(encoding="utf-8") for file in sorted(TEXTS.glob("*.txt"))]
    asked = pairs([*of_the_register(), *other])
    assert len(asked) > 10_000
    check(asked)
