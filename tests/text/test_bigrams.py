"""Tokens and phrases: a phrase is found by its tokens exactly where its pattern stands in the key."""

from hypothesis import given
from hypothesis import strategies as st

from commitments.text.bigrams import Phrase, singles, tokens
from commitments.text.folding import key


def test_every_character_begins_a_token():
    assert tokens(key("中欧班列，D线")) == ["中欧", "欧班", "班列", "列", "d", "线"]
    assert singles(key("中欧中")) == ["·中", "·欧"]


def test_a_phrase_ends_anywhere_in_a_run_of_han_and_only_with_whole_other_words():
    text = f" {key('2024年签署的Railway agreements')} "
    for phrase in ("2024年", "年签", "的railways", "签署的", "2024"):
        assert Phrase.of(phrase).is_in(text), phrase
    for phrase in ("024年", "年署", "rail", "的agree"):
        assert not Phrase.of(phrase).is_in(text), phrase


ALPHABET = st.text(alphabet="中亚国 a5，", min_size=1, max_size=12)


@given(ALPHABET, ALPHABET)
def test_tokens_in_a_row_and_the_pattern_say_the_same(text, words):
    phrase = Phrase.of(words)
    if not phrase:
        return
    there, wanted = tokens(key(text)), phrase.tokens
    if phrase.is_single:
        found = wanted[0] in singles(key(text))
    else:
        heads = [there[at : at + len(wanted)] for at in range(len(there))]
        last = wanted[-1]
        found = any(
            len(row) == len(wanted)
            and row[:-1] == wanted[:-1]
            and (row[-1].startswith(last) if phrase.is_open else row[-1] == last)
            for row in heads
        )
    assert found == phrase.is_in(f" {key(text)} ")
