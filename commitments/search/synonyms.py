"""Words of near meaning, in any language: synonyms.txt -> the others of a word's groups."""

from collections import defaultdict
from functools import cache
from pathlib import Path

from commitments.text.bigrams import Phrase

FILE = Path(__file__).with_name("synonyms.txt")


@cache
def _read() -> tuple[dict[Phrase, tuple[Phrase, ...]], dict[Phrase, str]]:
    """The others of each word, and how each is written."""
    spelled: dict[Phrase, str] = {}
    found: dict[Phrase, dict[Phrase, None]] = defaultdict(dict)
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            group = {Phrase.of(word): word.strip() for word in line.split(",")}
            spelled.update(group)
            for word in group:
                found[word] |= dict.fromkeys(other for other in group if other != word)
    return {word: tuple(others) for word, others in found.items()}, spelled


def of(word: Phrase) -> tuple[Phrase, ...]:
    return _read()[0].get(word, ())


def written(word: Phrase) -> str:
    """As it stands in the file: a key is never shown."""
    return _read()[1].get(word, str(word))
