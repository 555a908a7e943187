"""The dictionary in a block of bytes says what jieba's own dict says."""

from itertools import product

import jieba
import pytest

from commitments.text import segment
from commitments.text.frequencies import Frequencies

TEXTS = ("共建中欧班列集结中心，支持双方企业在人工智能领域开展联合研究。", "OK，2026年 A股 T恤 3D打印", "𠀀𠮷野家 é ‖")


@pytest.fixture(scope="module")
def ours() -> Frequencies:
    return segment._jieba().dt.FREQ


@pytest.fixture(scope="module")
def theirs() -> jieba.Tokenizer:
    """As jieba would load it."""
    found = jieba.Tokenizer()
    found.FREQ, found.total = found.gen_pfdict(found.get_dict_file())
    found.initialized = True
    return found


def test_every_word_and_every_beginning_has_the_same_number(ours: Frequencies, theirs: jieba.Tokenizer) -> None:
    assert ours.total == theirs.total
    assert [word for word, number in theirs.FREQ.items() if ours.get(word) != number or word not in ours] == []


def test_what_is_no_word_is_not_in_it(ours: Frequencies, theirs: jieba.Tokenizer) -> None:
    characters = sorted({character for text in TEXTS for character in text} | {"", "\ud800", "龘"})
    for text in map("".join, product(characters, repeat=2)):
        assert (text in ours) == (text in theirs.FREQ), text
        assert ours.get(text, -1) == theirs.FREQ.get(text, -1), text
    with pytest.raises(KeyError):
        ours["不是一个词的词"]


@pytest.mark.parametrize("text", TEXTS)
def test_sentences_are_cut_the_same(theirs: jieba.Tokenizer, text: str) -> None:
    assert segment.words(text) == theirs.lcut(text)
    assert segment.search_words(text) == theirs.lcut_for_search(text)
