"""Words are marked in the text as it is shown, wherever folding has moved them."""

import pytest

from commitments.search.snippets import Piece, cut, marked
from commitments.text.bigrams import Phrase


def hits(text, *words):
    return [piece.text for piece in marked(text, [Phrase.of(word) for word in words]) if piece.hit]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("聚合中亞雲品主題活動", ["中亚云品"], ["中亞雲品"]),
        ("Ｌｉｎｅ Ｄ of the pipelines", ["line d", "pipeline"], ["Ｌｉｎｅ Ｄ", "pipelines"]),
        ("中亚五国，中亚", ["中亚"], ["中亚", "中亚"]),
        ("文化丝路”计划", ["丝路计划"], []),
        ("文化丝路”计划", ["“丝路”计划"], ["丝路”计划"]),
        ("鲁班工坊", ["鲁班", "班工"], ["鲁班工"]),
        ("2024年5月", ["2024年"], ["2024年"]),
        ("CAFÉ", ["cafe"], ["CAFÉ"]),
        ("", ["中"], []),
    ],
)
def test_words_are_marked_as_they_are_written(text, words, found):
    assert hits(text, *words) == found
    assert "".join(piece.text for piece in marked(text, [Phrase.of(word) for word in words])) == text


def test_a_snippet_stands_around_the_first_hit():
    text = "前" * 300 + "铁路" + "后" * 300
    pieces = cut(text, [Phrase.of("铁路")])
    assert Piece("铁路", True) in pieces and pieces[0] == pieces[-1] == Piece("…", False)
    assert sum(len(piece.text) for piece in pieces) < 130
    assert cut(text, [Phrase.of("公路")]) == []
