"""Hostile and mutated texts: no exception, and processor time that grows with length only.

How many seconds that is says tests/benchmarks/extraction.py.
"""

import gc
import random
import time

import pytest

from commitments.extraction.extract import extract
from tests.extraction.labelled import NAMES, text_of

LENGTH = 60_000
REPEATED = [
    *(
        "（",
        "）",
        "（）",
        "“",
        "“”",
        "《",
        "[",
        "中",
        "a",
        " ",
        "　",
        "\n",
        "，",
        "。",
        "、",
        "的",
        "和",
        "将",
        "9",
        "*",
        "#",
        "—",
    ),
    *(
        "一是",
        "一是。",
        "第一，",
        "推进建设和加强",
        "建设中心、",
        "中国将",
        "——\n",
        "• \n",
        "# a\n",
        "9.",
        "2025年",
        "①",
        "\r\n",
    ),
    *(
        "We will ",
        "to ",
        "and build a road ",
        "we, ",
        "A. ",
        "**a** ",
        " – a –",
        "（一）建设中心。\n",
        "一、主要目标\n",
        "建设平台\n",
    ),
    *("加强建设\n推动发展。\n", "\u200d", "\ud800", "附件：1.表\n", "支持企业，", "1.1 ", "(a) x; "),
    *("we, a, will ", "The Bank of the ", ", and will ", "agreed to ", ", to make, ", " said, and "),
]
SIGNS = "一二三、（）(1)①。，；：“”《》—*#-•\n\r\t 　将愿要应已了在为对和与的中国我们We will to and 2025年10%"


def seconds(text: str) -> float:
    """Without the garbage collector, whose rounds grow with all that the suite holds."""
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        extract(text)
        return time.process_time() - started
    finally:
        gc.enable()


@pytest.mark.slow
@pytest.mark.parametrize("piece", REPEATED, ids=ascii)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    extract(text_of(NAMES[0]))
    text = piece * (LENGTH // len(piece))
    half = min(seconds(text[: len(text) // 2]) for _ in range(3))
    whole = min(seconds(text) for _ in range(3))
    assert whole < 3 * max(half, 0.08)


@pytest.mark.slow
@pytest.mark.parametrize("line", ["{}.建设第{}个服务平台，完善管理制度。\n", "{}、主要目标。建设三个平台。\n"])
def test_numbered_lines_without_end_stay_linear(line: str) -> None:
    text = "".join(line.format(number % 99 + 1, number) for number in range(4000))
    assert seconds(text) < 3 * max(seconds(text[: len(text) // 2]), 0.08)


def mutated(chance: random.Random) -> str:
    if chance.random() < 0.2:
        return "".join(chance.choice(SIGNS) for _ in range(chance.randrange(4000)))
    text = text_of(chance.choice(NAMES))
    for _ in range(chance.randrange(1, 25)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.randrange(80))
        put = chance.choice(
            ["", chance.choice(SIGNS) * chance.randrange(20), text[start:end] * 2, chr(chance.randrange(0x110000))]
        )
        text = text[:start] + put + text[end:]
    return text


@pytest.mark.parametrize("seed", range(10))
def test_mutated_texts_give_sound_candidates(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        text = mutated(chance)
        found = extract(text)
        last = 0
        for proposal in found.proposals:
            assert last <= proposal.start < proposal.end <= len(text)
            place, last = proposal.start, proposal.end
            for measure in proposal.measures:
                assert place <= measure.start < measure.end <= proposal.end
                assert text[measure.start : measure.end] == measure.quote
                place = measure.end
        assert all(text[span.start : span.end] == span.quote for span in found.principles)


def test_an_empty_text_has_nothing() -> None:
    for text in ("", " \n\n　", "\ufeff"):
        assert extract(text).proposals == ()
