"""Texts of commitments -> keywords, terms of the register's own, and which commitments are alike, by TF-IDF.

Weights come from these texts alone: a word that half of the register has tells nothing about one of its commitments.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

from commitments.search.stopwords import GENERIC, STOPWORDS
from commitments.text import segment
from commitments.text.folding import IS_HAN, key

KEYWORDS, ALIKE, COMPARED = 8, 10, 24  # kept of each commitment; words of each that are compared
LEAST = 0.08  # of likeness, from 0 to 1
QUOTED = re.compile("[“《「]([^”》」，。；]{3,16})[”》」]")
OFTEN, TOGETHER, LONGEST_TERM = 3, 0.6, 16


@dataclass(frozen=True)
class Likeness:
    """By id of the commitment: its words by weight, the greatest first, and those like it, the nearest first."""

    keywords: dict[int, list[str]]
    others: dict[int, list[int]]
    terms: dict[str, int]  # term -> commitments that have it


def likeness(texts: Mapping[int, str], step: Callable[[], None] = lambda: None) -> Likeness:
    words: dict[int, list[str]] = {}
    for pk, text in texts.items():
        words[pk] = segment.words(text)
        step()
    terms = own_terms(texts, words)
    weights = _weights({pk: [*_telling(words[pk]), *(t for t in terms if t in texts[pk])] for pk in texts})
    keywords = {pk: _heaviest(found, KEYWORDS) for pk, found in weights.items()}
    return Likeness(keywords, _others(weights), terms)


def _telling(words: list[str]) -> list[str]:
    return [word for word in words if len(word) > 1 and IS_HAN.match(word) and key(word) not in STOPWORDS | GENERIC]


def own_terms(texts: Mapping[int, str], words: Mapping[int, list[str]]) -> dict[str, int]:
    """What is put in quotation marks, and neighbours that seldom stand apart: 鲁班 工坊, 中欧 班列."""
    found = {term for text in texts.values() for term in QUOTED.findall(text) if IS_HAN.match(term)}
    pairs, singly = Counter[tuple[str, str]](), Counter[str]()
    for row in words.values():
        singly.update(row)
        pairs.update(pair for pair in pairwise(row) if len(_telling([*pair])) == 2)
    for (first, second), number in pairs.items():
        if number >= OFTEN and number / min(singly[first], singly[second]) >= TOGETHER:
            found.add(first + second)
    counted = {term: sum(term in text for text in texts.values()) for term in found if len(term) <= LONGEST_TERM}
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _weights(words: Mapping[int, list[str]]) -> dict[int, dict[str, float]]:
    """Each row's vector has the length 1."""
    have = Counter(word for row in words.values() for word in set(row))
    vectors = {}
    for pk, row in words.items():
        vector = {word: (1 + log(n)) * log(len(words) / have[word]) for word, n in Counter(row).items()}
        length = sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors[pk] = {word: weight / length for word, weight in vector.items() if weight > 0}
    return vectors


def _heaviest(vector: Mapping[str, float], number: int) -> list[str]:
    """Without words that a heavier one contains."""
    kept: list[str] = []
    for word in sorted(vector, key=lambda word: (-vector[word], word)):
        if len(kept) < number and not any(word in other or other in word for other in kept):
            kept.append(word)
    return kept


def _others(vectors: Mapping[int, Mapping[str, float]]) -> dict[int, list[int]]:
    """By the heaviest words only, and not by those that very many share: the work must not grow with its square."""
    having: dict[str, list[tuple[int, float]]] = defaultdict(list)
    heaviest = {pk: sorted(vector, key=lambda w: (-vector[w], w))[:COMPARED] for pk, vector in vectors.items()}
    for pk, words in heaviest.items():
        for word in words:
            having[word].append((pk, vectors[pk][word]))
    most = max(50, len(vectors) // 10)
    found = {}
    for pk, words in heaviest.items():
        shared: Counter[int] = Counter()
        for word in words:
            if len(having[word]) <= most:
                for other, weight in having[word]:
                    shared[other] += vectors[pk][word] * weight  # type: ignore[assignment]
        near = sorted((-value, other) for other, value in shared.items() if other != pk and value >= LEAST)
        found[pk] = [other for _value, other in near[:ALIKE]]
    return found
