"""Questions about the shipped register: the right commitment is among the first three.

`questions_tuned` was written before the search and looked at while it was made; `questions_held_back` was written with
it and asked once before anything was tuned; `questions_free` came later, in readers' own words. `questions_strangers`
were written by readers who knew the register's texts but not the search; it was mended after they had been asked, and
`questions_strangers_held_back`, of another reader, were asked once after that.
"""

import pytest

from tests.actions.seeded import first_run, seeded  # noqa: F401
from tests.search.asking import SYNONYM, questions, rates

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


@pytest.mark.parametrize(
    ("name", "of_synonyms"),
    [
        ("questions_tuned", 0.8),
        ("questions_held_back", 0.8),
        ("questions_free", 0.8),
        ("questions_strangers", 0.75),
        ("questions_strangers_held_back", 0.65),
    ],
)
def test_the_right_commitment_is_among_the_first_three(name, of_synonyms):
    found, missed = rates(questions(name))
    assert found["all"] >= 0.98, missed
    assert found.get(SYNONYM, 1.0) >= of_synonyms, missed


def test_there_are_enough_questions_of_every_class():
    asked = [question for name in ("questions_tuned", "questions_held_back") for question in questions(name)]
    assert len(asked) >= 200
    classes = {question["class"] for question in asked}
    assert classes == {"sentence", "keyword", "fragment", "traditional", "english", "code", SYNONYM}
