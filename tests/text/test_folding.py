"""Keys: one spelling of a text, with the places where its units stand."""

import pytest

from commitments.text.folding import key, places


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("中亚5國，Railways", "中亚 5 国 railway"),
        ("ＡＢＣ１２", "abc12"),
        ("Café 鐵路", "cafe 铁路"),
        ("鹽鹼地 乾隆", "盐碱地 干隆"),
        ("“文化丝路”计划", "文化丝路 计划"),
        ("China–Central Asia", "china central asia"),
        ("⼀带⼀路", "一带一路"),
        ("Ёлка ТУРКМЕНИСТАН", "елка туркменистан"),
        ("Cooperation, cooperating", "cooper cooper"),
        ("a_b\\c%", "a b c"),
        ("，。！", ""),
    ],
)
def test_spellings_of_the_same_word_share_a_key(text, found):
    assert key(text) == found


def test_long_words_are_cut_alike_everywhere():
    assert key("x" * 500) == "x" * 40


@pytest.mark.parametrize("text", ["“聚合中亞雲品”，Railways 5G", "㈱ﬁne ½", "é\u0301x 中", ""])
def test_the_places_of_a_text_are_those_of_its_key(text):
    found = places(text)
    assert " ".join(place.unit for place in found) == key(text)
    for place in found:
        assert 0 <= place.starts[0] < place.end <= len(text)
        assert len(place.starts) in (1, len(place.unit))
