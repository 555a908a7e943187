"""What every action refuses alike, whichever form or file a row came from."""

import pytest
from django.utils.translation import override

from commitments.actions.candidates import refuse
from commitments.actions.commitments import save_commitment
from commitments.actions.notes import save_note
from commitments.models import Candidate, Commitment, Note
from commitments.today import today
from tests import people
from tests.factories import make_candidate, make_commitment
from tests.models.written import refuses

pytestmark = pytest.mark.django_db
SIGNS = {"\x00": "U+0000", "\x0b": "U+000B", "\x9b": "U+009B", "\u202e": "U+202E", "\ufffe": "U+FFFE"}


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.mark.parametrize("sign", SIGNS)
def test_signs_that_break_or_turn_a_page_are_refused_at_their_field(sign: str):
    row, person = make_commitment(title_zh="题目"), people.analyst()
    row.title_zh = f"题{sign}目"
    with refuses(SIGNS[sign], "title_zh"):
        save_commitment(row, by=person)
    assert Commitment.objects.get().title_zh == "题目"
    note = Note(commitment=row, text_zh=f"一\n二{sign}", author=person)
    with refuses(SIGNS[sign], "text_zh"):
        save_note(note, by=person)
    candidate = make_candidate()
    with refuses(SIGNS[sign], "reason"):
        refuse(candidate, by=person, reason=f"只是{sign}背景")
    assert Candidate.objects.get().is_open


def test_lines_tabs_and_letters_of_any_script_are_text():
    row, person = make_commitment(), people.analyst()
    text = "一\r\n二\t三 \u200dқ é e\u0301 \U00020000"
    save_note(Note(commitment=row, text_zh=text, author=person, dated=today()), by=person)
    assert Note.objects.get().text_zh == text, "kept as it was typed"
