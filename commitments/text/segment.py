"""Chinese words and their parts of speech: the only module that knows jieba, loaded when first asked.

jieba keeps its dictionary in a cache file of a fixed name in the common temporary folder and loads whatever lies
there. So it is given ours instead (frequencies.py), which has the same words, is never written anywhere and takes a
tenth of the memory.
"""

import logging
import re
import warnings
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from commitments.hidden import hidden
from commitments.text.frequencies import Frequencies


@cache
def _library() -> Any:
    with warnings.catch_warnings(), hidden("pkg_resources"):  # which takes 5 MB
        warnings.simplefilter("ignore")  # escapes in its patterns
        import jieba  # noqa: PLC0415 — loads in a second: only when asked

    jieba.setLogLevel(logging.WARNING)
    return jieba


@cache
def _jieba() -> Any:
    jieba = _library()
    jieba.dt.FREQ = Frequencies.of(_dictionary())
    jieba.dt.total, jieba.dt.initialized = jieba.dt.FREQ.total, True
    return jieba


def _dictionary() -> Path:
    return Path(_library().__file__).with_name("dict.txt")


def words(text: str) -> list[str]:
    """In order, punctuation included; joined they are the text."""
    return _jieba().lcut(text)


def words_around(text: str, terms: Iterable[str]) -> list[str]:
    """The same, but each of the terms that stands in the text is one word, the longer before the shorter."""
    known = [re.escape(term) for term in sorted(terms, key=len, reverse=True) if term in text]
    if not known:
        return words(text)
    pieces = re.split(f"({'|'.join(known)})", text)  # what was split at stands at every second place
    return [word for at, piece in enumerate(pieces) if piece for word in ([piece] if at % 2 else words(piece))]


def search_words(text: str) -> list[str]:
    """Words and the shorter words within them."""
    return _jieba().lcut_for_search(text)


@cache
def _tags() -> dict[str, str]:
    """Words of up to four characters -> tag (n, v, vn, a, d, p …): the file that jieba ships, its index not built."""
    with _dictionary().open(encoding="utf-8") as lines:
        rows = (line.split() for line in lines)
        return {row[0]: row[2] for row in rows if len(row) == 3 and len(row[0]) <= 4}


def part_of_speech(word: str) -> str:
    """The tag of a word, "" for one that the dictionary does not have."""
    return _tags().get(word, "")
