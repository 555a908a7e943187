"""Text -> the key by which it is found: one spelling for full-width, traditional, accented, upper-case and inflected.

A key is units with one blank between: runs of Han characters as they stand, and words of other scripts, English ones
by their stem. `東盟10國，Railways` -> `东盟 10 国 railway`. It is looked for, never shown.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, NamedTuple

HAN = "\u3005\u3007\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
UNIT = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
IS_HAN = re.compile(f"[{HAN}]")
LONGEST = 40  # characters of a word that is not Han
SHORTEST_STEM = 4  # words below stand as they are


@cache
def _simplified() -> Any:
    import opencc  # noqa: PLC0415 — its tables are loaded when the first character is folded

    return opencc.OpenCC("t2s")


@cache
def _english() -> Any:
    import snowballstemmer  # noqa: PLC0415 — as above

    return snowballstemmer.stemmer("english")


class _Characters(dict[int, str]):
    """One character at a time, so that a fragment folds as it does within its sentence and offsets can be told."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", chr(code)).casefold())
        plain = unicodedata.normalize("NFC", "".join(c for c in parts if unicodedata.category(c) != "Mn"))
        found = _simplified().convert(plain) if IS_HAN.search(plain) else plain
        self[code] = found
        return found


_CHARACTERS = _Characters()


def fold(text: str) -> str:
    return text.translate(_CHARACTERS)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Of a folded word that is not Han: inflected forms of English share one."""
    if len(word) < SHORTEST_STEM or not word.isascii() or not word.isalpha():
        return word[:LONGEST]
    return _english().stemWord(word)[:LONGEST]


def is_han(unit: str) -> bool:
    return bool(IS_HAN.match(unit))


def units(text: str) -> list[str]:
    return [unit if is_han(unit) else stem(unit) for unit in UNIT.findall(fold(text))]


def key(text: str) -> str:
    return " ".join(units(text))


class Place(NamedTuple):
    """A unit of the key, and for each of its characters (of a word: for the whole) where it stands in the text."""

    unit: str
    starts: tuple[int, ...]
    end: int


def places(text: str) -> list[Place]:
    """The units of `key(text)` with their offsets in the text."""
    folded, origin = [], []
    for at, character in enumerate(text):
        part = fold(character)
        folded.append(part)
        origin += [at] * len(part)
    found = []
    for match in UNIT.finditer("".join(folded)):
        unit, where = match.group(), origin[match.start() : match.end()]
        if is_han(unit):
            found.append(Place(unit, tuple(where), where[-1] + 1))
        else:
            found.append(Place(stem(unit), (where[0],), where[-1] + 1))
    return found
